import KizunaMoney
import KizunaWeb

/// The first page: what this is, and where to go.
struct FrontPage {
    let kind: PublicPages.Kind

    func response(to visit: Visit) -> HTTPResponse {
        let words = visit.words.publicWords
        return visit.page(
            words.title,
            """
            <h1>\(words.title)</h1>
            <p class="lead">\(words.lead)</p>
            \(kind.notice(visit.words))
            \(figure(visit.words.wallet))
            <ul class="cards broad">
            \(cards(visit.words))
            </ul>
            <h2>\(words.how)</h2>
            \(Part.timeline(words.steps.map { Part.Step(.done, .text($0)) }))
            """
        )
    }

    /// The example of `flows.md` 6.3, A1.
    private func figure(_ words: WalletWords) -> Markup {
        ExchangeFigure(
            left: (words.youPay, Money(minorUnits: 53_642_00, currency: .khr)),
            right: (words.shopReceives, Money(minorUnits: 1_980, currency: .jpy))
        ).markup
    }

    private func cards(_ words: Words) -> [Markup] {
        let own = words.publicWords
        let always = [
            card("/status", words.status.title, own.statusText),
            card("/docs", words.documents.title, words.documents.lead),
        ]
        guard kind == .demo else { return always }
        return [
            card("/wallet", own.walletTitle, own.walletText), card("/merchant", own.shopTitle, own.shopText),
        ] + always
    }

    private func card(_ path: String, _ title: String, _ text: String) -> Markup {
        "<li><a href=\"\(path)\"><h2>\(title)</h2><p class=\"soft\">\(text)</p></a></li>"
    }
}
