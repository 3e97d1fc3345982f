import KizunaLedger
import KizunaMoney
import KizunaWeb

/// Which shop?
struct ShopChooserPage {
    let shops: [Shop]

    func response(to visit: Visit) -> HTTPResponse {
        let words = visit.words
        let cards = shops.map { shop -> Markup in
            """
            <li><a href="/merchant/\(shop.name)">
            <h2 lang="\(shop.tag)">\(shop.localName)</h2>
            <p>\(shop.latinName)</p>
            <p class="soft">\(shop.city), \(words.frame.name(of: shop.country)) · \(shop.bankName)</p>
            </a></li>
            """
        }
        return visit.page(
            words.frame.shop,
            """
            <h1>\(words.shop.chooseTitle)</h1>
            <p class="lead">\(words.shop.chooseLead)</p>
            <ul class="cards broad">
            \(cards)
            </ul>
            <p class="soft small">\(words.frame.invented)</p>
            """
        )
    }
}

/// The shop's first page: ask for an amount, and what was taken today.
struct CounterPage {
    let shop: Shop
    let sales: [Sale]
    let version: Int
    var refusal: BankRefusal?

    private var path: String { "/merchant/\(shop.name)" }

    func response(to visit: Visit) -> HTTPResponse {
        let event = event(visit.words, at: visit.now)
        return visit.page(
            shop.localName,
            status: refusal == nil ? 200 : 422,
            options: .init(isNarrow: true, refreshSeconds: 10),
            """
            <h1 lang="\(shop.tag)">\(shop.localName)</h1>
            <p class="soft">\(shop.latinName) · \(shop.city)</p>
            \(refusal.map { RefusalNotice(refusal: $0).markup(visit.words) })
            \(question(visit))
            \(Part.live("\(path)/events", id: event.id, event.content))
            \(printed(visit.words.shop))
            """
        )
    }

    private func question(_ visit: Visit) -> Markup {
        let words = visit.words.shop
        return """
            <form class="card" method="post" action="\(path)/codes">\(visit.tokenField)
            <label for="amount">\(words.amount(shop.currency.code))</label>
            <input id="amount" class="amount" name="amount" inputmode="decimal" autocomplete="off" required maxlength="15" \
            autofocus>
            <p><button type="submit" class="block">\(words.makeCode)</button></p>
            </form>
            """
    }

    private func printed(_ words: ShopWords) -> Markup {
        """
        <details class="no-print"><summary>\(words.printedCode)</summary>
        <p class="soft">\(words.printedHint)</p>
        <img class="code" src="\(path)/picture" alt="\(words.codeOf(shop.latinName))" width="352" height="352">
        <div class="buttons">
        <a class="button quiet" href="\(path)/stands/\(CounterSheet.card.rawValue)">\(words.standCard)</a>
        <a class="button quiet" href="\(path)/stands/\(CounterSheet.tent.rawValue)">\(words.standTent)</a>
        </div></details>
        """
    }

    /// The day so far, which changes by itself.
    func event(_ words: Words, at now: Timestamp) -> LiveEvent {
        let today = MomentText(now, in: shop.country).isoDate
        let report = DayReport(shop: shop, day: today, sales: sales)
        let latest = sales.first.map { " data-sound=\"sale-\($0.id.description)\"" as Markup }
        return LiveEvent(
            id: String(version),
            content: """
                <section\(latest)>
                <h2>\(words.shop.today)</h2>
                <ul class="cards">
                <li><b>\(report.kept.priced)</b>\(words.shop.taken)</li>
                <li><b>\(sales.count)</b>\(words.shop.sales)</li>
                </ul>
                \(SaleList(shop: shop, sales: sales, words: words).markup)
                <p><a href="\(path)/days/\(today)">\(words.shop.dayReport)</a></p>
                </section>
                """
        )
    }
}

/// Sales under each other, each a way to its page.
struct SaleList {
    let shop: Shop
    let sales: [Sale]
    let words: Words

    var markup: Markup {
        guard !sales.isEmpty else { return "<p class=\"soft\">\(words.shop.noSales)</p>" }
        return "<ul class=\"list\">\n\(sales.map(line))\n</ul>"
    }

    private func line(_ sale: Sale) -> Markup {
        let refunded = words.shop.refundedSum(sale.refunded.priced)
        let back: Markup? = sale.refunds.isEmpty ? nil : "<br><small class=\"warn\">\(refunded)</small>"
        let moment = MomentText(sale.at, in: shop.country)
        return """
            <li><a href="/merchant/\(shop.name)/payments/\(sale.id.description)">\
            <span>\(moment.timeMarkup)<br><small class="soft">\(sale.reference ?? words.shop.printedCode) · \
            \(words.frame.name(of: sale.payerCountry))</small></span>\
            <span class="amounts"><b>\(sale.amount.markup)</b>\(back)</span></a></li>
            """
    }
}

extension Shop {
    /// The language of its own name.
    var tag: String { Language(of: country).rawValue }
}
