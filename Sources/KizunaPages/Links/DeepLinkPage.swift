import KizunaLedger
import KizunaMoney
import KizunaQR
import KizunaSwitch
import KizunaWeb

/// What a phone shows that has opened a short link: whom the code pays, how much, the code itself as a picture, and a
/// way into a wallet.
struct DeepLinkPage {
    let link: DeepLink
    let code: KHQR
    /// What opens a wallet.
    let wallet: String

    func response(to visit: Visit) -> HTTPResponse {
        let (words, payload) = (visit.words.link, code.payload)
        let name = payload.localName ?? payload.name ?? code.account.description
        let facts = [
            payload.localName == nil ? nil : Part.Fact(words.shop, text: payload.name),
            Part.Fact(words.account, .text(code.account.description)), Part.Fact(words.city, text: payload.city),
            Part.Fact(words.bill, text: payload.additional(.billNumber)),
        ]
        return visit.page(
            name,
            options: .init(isNarrow: true),
            """
            <div class="centre">
            <h1>\(name)</h1>
            <p>\(code.amount?.largeMarkup ?? "<span class=\"lead\">\(words.amountIsYours)</span>")</p>
            <img class="code" src="\(visit.request.path)/code.png" alt="\(words.picture)" width="296" height="296">
            <p><a class="button block" href="\(wallet)">\(words.openWallet)</a></p>
            <p class="soft">\(words.orScan)</p>
            </div>
            \(Part.facts(facts.compactMap { $0 }))
            <details><summary>\(words.text)</summary><p><code>\(link.payload)</code></p></details>
            \(wayBack(words))
            """
        )
    }

    /// The app that asked for the link, where its address is one that a page may lead to.
    private func wayBack(_ words: LinkWords) -> Markup? {
        guard let source = link.source, DeepLinkPage.mayLeadTo(source.callback) else { return nil }
        return "<p><a rel=\"noreferrer\" href=\"\(source.callback)\">\(words.backTo(source.appName))</a></p>"
    }

    /// Schemes that browsers run or show by themselves, or that go in the clear.
    private static let keptOut: Set<String> = [
        "http", "javascript", "data", "vbscript", "file", "blob", "about", "ftp", "ws", "wss",
    ]

    /// Over TLS, or into an app by a scheme of its own; never a scheme that browsers run or show by themselves.
    static func mayLeadTo(_ address: String) -> Bool {
        guard let colon = address.firstIndex(of: ":"),
            address.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
        else { return false }
        let scheme = address[..<colon].lowercased()
        guard let first = scheme.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first),
            scheme.utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"),
                    UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }), address[colon...].hasPrefix("://")
        else { return false }
        return !keptOut.contains(scheme)
    }
}

/// A link that leads nowhere any more, or never has.
struct LapsedLinkPage {
    func response(to visit: Visit) -> HTTPResponse {
        let words = visit.words.link
        return visit.page(
            words.lapsedTitle,
            status: 404,
            options: .init(isNarrow: true),
            "<h1>\(words.lapsedTitle)</h1>\n<p>\(words.lapsed)</p>"
        )
    }
}
