import KizunaLedger
import KizunaWeb

/// A code on the counter's screen, until it is paid.
struct CodePage {
    let shop: Shop
    let code: ShopCode
    let sale: Sale?
    let version: Int

    private var path: String { "/merchant/\(shop.name)/codes/\(code.id.description)" }
    private var isPaid: Bool { sale?.standing == .paid }

    func response(to visit: Visit) -> HTTPResponse {
        let words = visit.words.shop
        let event = event(visit.words)
        return visit.page(
            words.codeTitle,
            options: .init(isNarrow: true, refreshSeconds: isPaid ? nil : 2),
            """
            \(Part.live("\(path)/events", id: event.id, event.content))
            <div class="centre">
            \(isPaid ? nil : Part.countdown(words.payableFor, until: code.expiresAt, at: visit.now))
            <p class="soft">\(visit.words.wallet.reference) <b>\(code.reference)</b></p>
            <p><a class="button quiet block" href="/merchant/\(shop.name)">\(words.newSale)</a></p>
            \(Part.copyButton(code.payload, visit.words.frame))
            </div>
            """
        )
    }

    /// What changes by itself: the code, a customer who is paying, and at last "paid".
    func event(_ words: Words) -> LiveEvent {
        let isCustomerPaying = sale?.standing == .asked
        let content = isPaid ? paid(words) : asking(words.shop, isCustomerPaying: isCustomerPaying)
        return LiveEvent(id: String(version), content: content)
    }

    private func asking(_ words: ShopWords, isCustomerPaying: Bool) -> Markup {
        let sentence = isCustomerPaying ? words.customerPaying : words.waiting
        return """
            <div class="centre">
            <p class="soft" lang="\(shop.tag)">\(shop.localName)</p>
            <h1>\(code.amount.largeMarkup)</h1>
            <img class="code" src="\(path)/picture" alt="\(words.codeOf(shop.latinName))" width="352" height="352">
            \(Part.notice(isCustomerPaying ? .warn : .plain, "<p>\(sentence)</p>"))
            </div>
            """
    }

    private func paid(_ words: Words) -> Markup {
        let moment = sale.map { MomentText($0.at, in: shop.country).timeMarkup }
        return """
            <section class="card paid" data-sound="code-\(code.id.description)">
            \(Part.mark(.good, isNew: true))
            <h1>\(words.shop.paid)</h1>
            <p>\(code.amount.largeMarkup)</p>
            <p class="soft">\(moment)</p>
            </section>
            """
    }
}
