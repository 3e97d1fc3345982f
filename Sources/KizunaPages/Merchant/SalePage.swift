import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaWeb

/// One sale, with its refunds and a way to make one.
struct SalePage {
    let shop: Shop
    let sale: Sale
    var refusal: BankRefusal?

    func response(to visit: Visit) -> HTTPResponse {
        let words = visit.words
        return visit.page(
            words.shop.saleTitle,
            status: refusal == nil ? 200 : 422,
            options: .init(isNarrow: true),
            """
            <p class="soft">\(words.shop.saleTitle)</p>
            <h1>\(sale.amount.largeMarkup)</h1>
            \(Part.facts(facts(words)))
            \(refusal.map { RefusalNotice(refusal: $0).markup(words) })
            \(refunds(words))
            \(sale.standing == .paid && sale.left.isPositive ? form(visit) : nil)
            <p><a class="button quiet" href="/merchant/\(shop.name)">\(words.frame.back)</a></p>
            """
        )
    }

    private func facts(_ words: Words) -> [Part.Fact] {
        [
            Part.Fact(words.shop.time, MomentText(sale.at, in: shop.country).markup(words)),
            Part.Fact(words.wallet.reference, text: sale.reference),
            Part.Fact(words.shop.payerFrom, text: words.frame.name(of: sale.payerCountry)),
            Part.Fact("UETR", "<code>\(sale.uetr)</code>"),
            sale.refunds.isEmpty ? nil : Part.Fact(words.shop.left, sale.left.markup, isTotal: true),
        ].compactMap { $0 }
    }

    private func refunds(_ words: Words) -> Markup? {
        guard !sale.refunds.isEmpty else { return nil }
        let lines = sale.refunds.values.sorted { $0.at < $1.at }.map { refund -> Markup in
            """
            <li><div class="row"><span>\(MomentText(refund.at, in: shop.country).timeMarkup)</span>\
            <span class="amounts"><b>\(refund.amount.markup)</b><br>\
            <small class="soft">\(words.shop.payerGets) \(refund.payerAmount.markup)</small></span></div></li>
            """
        }
        return "<h2>\(words.shop.refunds)</h2>\n<ul class=\"list\">\n\(lines)\n</ul>"
    }

    private func form(_ visit: Visit) -> Markup {
        let words = visit.words.shop
        let reasons = words.reasons.enumerated().map { choice -> Markup in
            let mark: Markup? = choice.offset == 0 ? " checked" : nil
            let (reason, name) = choice.element
            return "<label><input type=\"radio\" name=\"reason\" value=\"\(reason.rawValue)\"\(mark)>\(name)</label>"
        }
        return """
            <section class="card"><h2>\(words.refund)</h2>
            <form method="post" action="/merchant/\(shop.name)/payments/\(sale.id.description)/refunds">\(visit.tokenField)
            <label for="amount">\(words.amount(shop.currency.code))</label>
            <input id="amount" class="amount" name="amount" inputmode="decimal" autocomplete="off" required \
            value="\(sale.left.majorUnits)">
            <fieldset><legend>\(words.reason)</legend><div class="choice">
            \(reasons)
            </div></fieldset>
            <p><button type="submit">\(words.refund)</button></p>
            </form></section>
            """
    }
}
