import KizunaMoney
import KizunaQR
import KizunaSwitch

/// What a phone shows that has opened a short link: whom the code pays, how much, the code itself as a picture, and a
/// way into a wallet. It needs no script and nothing from elsewhere.
struct DeepLinkPage {
    let link: DeepLink
    let code: KHQR
    let words: DeepLinkWords
    /// The path of the code's picture.
    let picture: String
    /// What opens a wallet.
    let wallet: String

    func response(_ style: DeepLinkStyle) -> HTTPResponse {
        let name = code.payload.localName ?? code.payload.name ?? code.account.description
        let local = code.payload.localName == nil ? "" : fact(words.shop, code.payload.name)
        return DeepLinkPage.response(
            title: name,
            words,
            style,
            content: """
                <h1>\(Page.escape(name))</h1>
                <p class="amount">\(Page.escape(code.amount?.description ?? words.amountIsYours))</p>
                <img src="\(picture)" alt="\(Page.escape(words.picture))" width="296" height="296">
                <p><a class="button" href="\(Page.escape(wallet))">\(Page.escape(words.openWallet))</a></p>
                <p class="soft">\(Page.escape(words.orScan))</p>
                <dl>
                \(local)\(fact(words.account, code.account.description))\(fact(words.city, code.payload.city))\
                \(fact(words.bill, code.payload.additional(.billNumber)))
                </dl>
                <details><summary>\(Page.escape(words.text))</summary><code>\(Page.escape(link.payload))</code></details>
                \(wayBack)
                """
        )
    }

    private func fact(_ name: String, _ value: String?) -> String {
        guard let value else { return "" }
        return "<div><dt>\(Page.escape(name))</dt><dd>\(Page.escape(value))</dd></div>\n"
    }

    /// The app that asked for the link, where its address is one that a page may lead to.
    private var wayBack: String {
        guard let source = link.source, DeepLinkPage.mayLeadTo(source.callback) else { return "" }
        let name = Page.escape("\(words.backTo) \(source.appName)")
        return "<p><a rel=\"noreferrer\" href=\"\(Page.escape(source.callback))\">\(name)</a></p>"
    }

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
        return !["http", "javascript", "data", "vbscript", "file", "blob", "about", "ftp", "ws", "wss"].contains(scheme)
    }

    /// A link that leads nowhere any more, or never has.
    static func missing(_ words: DeepLinkWords, _ style: DeepLinkStyle, status: Int) -> HTTPResponse {
        let sentence = status == 404 ? words.lapsed : words.unavailable
        return response(
            title: words.lapsedTitle,
            words,
            style,
            status: status,
            content: "<h1>\(Page.escape(words.lapsedTitle))</h1>\n<p>\(Page.escape(sentence))</p>"
        )
    }

    private static func response(
        title: String,
        _ words: DeepLinkWords,
        _ style: DeepLinkStyle,
        status: Int = 200,
        content: String
    ) -> HTTPResponse {
        let html = """
            <!doctype html>
            <html lang="\(words.tag)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Page.escape(title))</title>
            <style>\(DeepLinkStyle.sheet)</style>
            </head>
            <body>
            <main>
            \(content)
            </main>
            </body>
            </html>

            """
        return HTTPResponse(
            status: status,
            headers: [
                "Content-Type": "text/html; charset=utf-8", "Content-Language": words.tag,
                "Vary": "Accept-Language", "Content-Security-Policy": style.policy,
            ],
            body: Array(html.utf8)
        )
    }
}

/// How these pages look, and the policy under which a browser shows them: this style, pictures of ours, no script.
struct DeepLinkStyle: Sendable {
    let policy: String

    init(digester: any Digester) {
        let hash = Base64.standard.encode(digester.sha256(Array(DeepLinkStyle.sheet.utf8)))
        policy =
            "default-src 'none'; style-src 'sha256-\(hash)'; img-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'"
    }

    static let sheet = """
        :root{color-scheme:light dark;--ground:#f7f6f2;--card:#fff;--ink:#1d2530;--soft:#5d6775;--accent:#b3261e}
        @media(prefers-color-scheme:dark){:root{--ground:#12161c;--card:#1b2129;--ink:#eceff3;--soft:#a3adba;
        --accent:#c8453c}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);line-height:1.6;
        font-family:system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans Khmer","Khmer OS","Noto Sans CJK JP",
        "Hiragino Sans",sans-serif}
        main{max-width:24rem;margin:0 auto;padding:1.5rem 1.25rem 3rem;text-align:center;overflow-wrap:anywhere}
        h1{font-size:1.4rem;margin:0}
        .amount{font-size:1.9rem;font-weight:600;margin:.25rem 0 1rem;font-variant-numeric:tabular-nums}
        img{width:100%;max-width:18.5rem;height:auto;background:#fff;border-radius:.75rem}
        .button{display:block;min-height:3rem;padding:.75rem;border-radius:.75rem;background:var(--accent);color:#fff;
        font-weight:600;text-decoration:none}
        a{color:inherit}.soft{color:var(--soft)}
        dl{margin:1rem 0;text-align:left}dl div{display:flex;justify-content:space-between;gap:1rem;padding:.35rem 0}
        dt{color:var(--soft)}dd{margin:0;text-align:right}
        code{font-family:ui-monospace,"Noto Sans Mono",monospace;font-size:.8rem}
        details{text-align:left}
        """
}
