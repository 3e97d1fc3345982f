package import KizunaLedger
import KizunaMoney
import KizunaPayments
package import KizunaSwitch
import KizunaWeb

/// Sheets for the counter.
package protocol CounterSheets: Sendable {
    /// - Returns: a PDF file; `nil` when it cannot be printed, for want of letters.
    func pdf(_ sheet: CounterSheet, of payload: String) -> [UInt8]?
}

/// Which sheet, by its name in addresses.
package enum CounterSheet: String, Sendable, CaseIterable {
    case card = "a6"
    case tent
}

/// What a shop's own device shows: codes to be scanned, who has paid, the day, refunds.
///
/// It is for the demonstration: whoever opens it may refund the shops' sales.
package struct ShopPages: PageSection {
    let shops: [Shop]
    let pictures: any CodePictures
    let sheets: any CounterSheets
    let newID: @Sendable () -> UniqueID
    let books: [String: ShopBook]

    package init(
        shops: [Shop],
        pictures: any CodePictures,
        sheets: any CounterSheets,
        clock: any Clock,
        newID: @escaping @Sendable () -> UniqueID
    ) {
        self.shops = shops
        self.pictures = pictures
        self.sheets = sheets
        self.newID = newID
        var books: [String: ShopBook] = [:]
        for shop in shops {
            let book = ShopBook(of: shop, clock: clock)
            books[shop.name] = book
            shop.bank.follow { path, body in book.take(path, body) }
        }
        self.books = books
    }

    package let entry: NavigationEntry? = NavigationEntry(path: "/merchant") { $0.frame.shop }

    package var routes: [PageRoute] { counterRoutes + codeRoutes + saleRoutes }

    private var counterRoutes: [PageRoute] {
        [
            .page("/merchant") { visit throws(PageRefusal) in ShopChooserPage(shops: shops).response(to: visit) },
            .page("/merchant/{shop:name}") { visit throws(PageRefusal) in try counter(visit).response(to: visit) },
            .page("/merchant/{shop:name}/events") { visit throws(PageRefusal) in
                try await event(visit) { () throws(PageRefusal) in try counter(visit).event(visit.words, at: visit.now)
                }
            },
            .page("/merchant/{shop:name}/picture") { visit throws(PageRefusal) in
                try picture(of: try desk(visit).shop.payload)
            },
            .page("/merchant/{shop:name}/stands/{sheet:name}") { visit throws(PageRefusal) in try stand(visit) },
        ]
    }

    private var codeRoutes: [PageRoute] {
        [
            .action("/merchant/{shop:name}/codes") { visit throws(PageRefusal) in try makeCode(visit) },
            .page("/merchant/{shop:name}/codes/{code:id}") { visit throws(PageRefusal) in
                try codePage(visit).response(to: visit)
            },
            .page("/merchant/{shop:name}/codes/{code:id}/events") { visit throws(PageRefusal) in
                try await event(visit) { () throws(PageRefusal) in try codePage(visit).event(visit.words) }
            },
            .page("/merchant/{shop:name}/codes/{code:id}/picture") { visit throws(PageRefusal) in
                try picture(of: try code(visit).payload)
            },
        ]
    }

    private var saleRoutes: [PageRoute] {
        [
            .page("/merchant/{shop:name}/payments/{payment:id}") { visit throws(PageRefusal) in
                SalePage(shop: try desk(visit).shop, sale: try sale(visit)).response(to: visit)
            },
            .action("/merchant/{shop:name}/payments/{payment:id}/refunds") { visit throws(PageRefusal) in
                try await refund(visit)
            },
            .page("/merchant/{shop:name}/days/{day:name}") { visit throws(PageRefusal) in
                DayPage(report: try report(visit)).response(to: visit)
            },
            .page("/merchant/{shop:name}/days/{day:name}/csv") { visit throws(PageRefusal) in
                let report = try report(visit)
                return visit.file(
                    report.csv,
                    type: "text/csv; charset=utf-8",
                    name: "\(report.shop.name)-\(report.day).csv"
                )
            },
        ]
    }

    // MARK: Codes

    private func makeCode(_ visit: Visit) throws(PageRefusal) -> HTTPResponse {
        let desk = try desk(visit)
        guard let amount = visit.form.money("amount", desk.shop.currency),
            let code = desk.makeCode(asking: amount, at: visit.now)
        else {
            var page = try counter(visit)
            page.refusal = BankRefusal(code: "amount_invalid")
            return page.response(to: visit)
        }
        return visit.lead(to: "/merchant/\(desk.shop.name)/codes/\(code.id)")
    }

    private func picture(of payload: String) throws(PageRefusal) -> HTTPResponse {
        guard let picture = pictures.svg(of: payload) else { throw .notFound }
        return HTTPResponse(status: 200, headers: ["Content-Type": "image/svg+xml"], body: picture)
    }

    private func stand(_ visit: Visit) throws(PageRefusal) -> HTTPResponse {
        let shop = try desk(visit).shop
        guard let sheet = CounterSheet(rawValue: visit.parameters.name("sheet")) else { throw .notFound }
        guard let file = sheets.pdf(sheet, of: shop.payload) else { throw .unavailable }
        return visit.file(file, type: "application/pdf", name: "\(shop.name)-\(sheet.rawValue).pdf")
    }

    private func codePage(_ visit: Visit) throws(PageRefusal) -> CodePage {
        let (desk, code) = (try desk(visit), try code(visit))
        return CodePage(shop: desk.shop, code: code, sale: desk.book.sale(on: code), version: desk.book.version)
    }

    // MARK: Refunds

    private func refund(_ visit: Visit) async throws(PageRefusal) -> HTTPResponse {
        let (desk, sale) = (try desk(visit), try sale(visit))
        do throws(BankRefusal) {
            guard let amount = visit.form.money("amount", desk.shop.currency),
                let reason = visit.form["reason"].flatMap({ Refund.Reason(rawValue: $0) })
            else { throw BankRefusal(code: "amount_invalid") }
            try await desk.refund(sale, amount, reason: reason)
            return visit.lead(to: "/merchant/\(desk.shop.name)/payments/\(sale.id)")
        } catch {
            return SalePage(shop: desk.shop, sale: sale, refusal: error).response(to: visit)
        }
    }

    // MARK: News

    private func event(
        _ visit: Visit,
        _ show: () throws(PageRefusal) -> LiveEvent
    ) async throws(PageRefusal) -> HTTPResponse {
        let book = try desk(visit).book
        let seen = visit.lastEvent.flatMap { Int($0) } ?? 0
        return try await visit.live.answer { () throws(PageRefusal) in
            await book.wait(after: seen, atMost: LiveSeats.longestWait)
            return book.version == seen ? nil : try show()
        }
    }

    // MARK: What a path names

    private func counter(_ visit: Visit) throws(PageRefusal) -> CounterPage {
        let desk = try desk(visit)
        let country = desk.shop.country
        let sales = desk.book.sales(on: country.day(at: visit.now), in: country)
        return CounterPage(shop: desk.shop, sales: sales, version: desk.book.version)
    }

    private func report(_ visit: Visit) throws(PageRefusal) -> DayReport {
        let desk = try desk(visit)
        let (shop, day) = (desk.shop, visit.parameters.name("day"))
        // Noon of the day in UTC lies on the same day in both countries.
        guard let noon = Timestamp(rfc3339: "\(day)T12:00:00Z") else { throw .notFound }
        let sales = desk.book.sales(on: shop.country.day(at: noon), in: shop.country)
        return DayReport(shop: shop, day: day, sales: sales)
    }

    private func desk(_ visit: Visit) throws(PageRefusal) -> ShopTeller {
        let name = visit.parameters.name("shop")
        guard let shop = shops.first(where: { $0.name == name }), let book = books[name] else { throw .notFound }
        return ShopTeller(shop: shop, book: book, newID: newID)
    }

    private func code(_ visit: Visit) throws(PageRefusal) -> ShopCode {
        guard let code = try desk(visit).book.code(visit.parameters.id("code")) else { throw .notFound }
        return code
    }

    private func sale(_ visit: Visit) throws(PageRefusal) -> Sale {
        guard let sale = try desk(visit).book.sale(visit.parameters.id("payment")) else { throw .notFound }
        return sale
    }
}
