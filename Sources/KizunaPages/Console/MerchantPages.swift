import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// The shops of an acquirer, page by page.
struct MerchantPages: Sendable {
    let engine: Switch
    let door: ConsoleDoor

    private static let limit = 100

    var routes: [PageRoute] {
        [door.page("/console/merchants") { visit throws(PageRefusal) in try list(visit) }]
    }

    private func list(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        let after = visit.visit.query["after"].flatMap { MerchantID($0) }
        let wanted = visit.visit.query["acquirer"].flatMap { ParticipantID($0) }
        let (acquirers, acquirer, merchants) = try engine.reading { reader throws(StoreError) in
            let acquirers = try reader.participants().filter { $0.roles.contains(.acquirer) }
            let acquirer = acquirers.first { $0.id == wanted } ?? acquirers.first
            let merchants = try acquirer.map { acquirer throws(StoreError) in
                try reader.merchants(of: acquirer.id, after: after, limit: MerchantPages.limit + 1)
            }
            return (acquirers, acquirer, merchants ?? [])
        }
        let words = visit.words.merchants
        let tabs = acquirers.map { one -> Markup in
            let mark: Markup? = one.id == acquirer?.id ? " aria-current=\"true\"" : nil
            return "<a href=\"?acquirer=\(one.id.description)\"\(mark)>\(one.name)</a>"
        }
        let shown = Array(merchants.prefix(MerchantPages.limit))
        let more: Markup? =
            merchants.count > shown.count
            ? "<p><a href=\"?acquirer=\(acquirer?.id.description ?? "")&amp;after=\(shown.last?.id.description ?? "")\">\(words.more)</a></p>"
            : nil
        return visit.page(
            .merchants,
            "<nav class=\"tabs\" aria-label=\"\(words.bank)\">\(tabs)</nav>\n\(table(shown, visit))\n\(more)"
        )
    }

    private func table(_ merchants: [Merchant], _ visit: ConsoleVisit) -> Markup {
        let words = visit.words.merchants
        return Part.table(
            caption: visit.words.places.merchants,
            columns: [words.name, words.city, words.category, words.code, words.travellers, visit.site.status.state],
            rows: merchants.map { merchant in
                [
                    "\(merchant.name) <span class=\"soft\">\(merchant.localName ?? "")</span>", .text(merchant.city),
                    .text(merchant.categoryCode), "<code>\(merchant.key.text)</code>",
                    .text(merchant.acceptsForeignPayers ? words.yes : words.no),
                    Part.badge(words.status(merchant.status), merchant.status == .active ? .good : .bad),
                ]
            }
        )
    }
}
