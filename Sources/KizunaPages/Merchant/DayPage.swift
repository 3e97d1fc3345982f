import KizunaWeb

/// What was taken on a day, for the screen, for paper and as a file.
struct DayPage {
    let report: DayReport

    func response(to visit: Visit) -> HTTPResponse {
        let words = visit.words
        let shop = report.shop
        return visit.page(
            words.shop.dayReport,
            """
            <h1>\(words.shop.dayReport)</h1>
            <p class="lead"><span lang="\(shop.tag)">\(shop.localName)</span> · \(report.day)</p>
            <ul class="cards">
            <li><b>\(report.taken.priced)</b>\(words.shop.gross)</li>
            <li><b>\(report.refunded.priced)</b>\(words.shop.refunds)</li>
            <li><b>\(report.kept.priced)</b>\(words.shop.taken)</li>
            </ul>
            \(table(words))
            <div class="buttons">
            <button type="button" data-print hidden>\(words.shop.print)</button>
            <a class="button quiet" href="/merchant/\(shop.name)/days/\(report.day)/csv">\(words.shop.saveCSV)</a>
            <a class="button quiet" href="/merchant/\(shop.name)">\(words.frame.back)</a>
            </div>
            """
        )
    }

    private func table(_ words: Words) -> Markup {
        Part.table(
            caption: words.shop.dayReport,
            columns: [
                words.shop.time, words.wallet.reference, words.shop.payerFrom, words.wallet.amount, words.shop.refunds,
            ],
            numbers: [3, 4],
            rows: report.sales.map { sale in
                [
                    MomentText(sale.at, in: report.shop.country).timeMarkup,
                    "<span class=\"number\">\(sale.reference ?? words.shop.printedCode)</span>",
                    .text(words.frame.name(of: sale.payerCountry)),
                    sale.amount.markup, sale.refunded.markup,
                ]
            }
        )
    }
}
