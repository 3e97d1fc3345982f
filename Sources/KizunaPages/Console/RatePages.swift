import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// What exchanges and services cost: the providers' rates, and the tariffs with the dates from which they count.
struct RatePages: Sendable {
    let engine: Switch
    let door: ConsoleDoor

    var routes: [PageRoute] {
        [door.page("/console/rates") { visit throws(PageRefusal) in try show(visit) }]
    }

    private func show(_ visit: ConsoleVisit) throws(PageRefusal) -> HTTPResponse {
        let (boards, tables) = try engine.reading { reader throws(StoreError) in
            (try reader.rateBoards(), try reader.feeTables())
        }
        let words = visit.words.rates
        return visit.page(
            .rates,
            """
            <h2>\(words.rates)</h2>
            \(Part.table(
                caption: words.rates,
                columns: [words.exchange, words.provider, words.mid, words.spread, words.published],
                numbers: [3],
                rows: boards.flatMap { board in board.rates.map { row(of: $0, board.pair, visit) } }
            ))
            <h2>\(words.fees)</h2>
            \(fees(tables, visit))
            """
        )
    }

    private func fees(_ tables: [FeeTable], _ visit: ConsoleVisit) -> Markup {
        let words = visit.words.rates
        let rows = tables.flatMap { table in table.rules.map { row(of: $0, table.corridor, visit) } }
        guard !rows.isEmpty else { return "<p class=\"soft\">\(words.noFees)</p>" }
        return Part.table(
            caption: words.fees,
            columns: [words.corridor, words.kind, words.scope, words.share, words.from],
            rows: rows
        )
    }

    private func row(of rate: ProviderRate, _ pair: CurrencyPair, _ visit: ConsoleVisit) -> [Markup] {
        let text = RateText("\(rate.mid)", payer: pair.payer, merchant: pair.merchant)?.text ?? "\(rate.mid)"
        return [
            "<span class=\"number\">\(pair.payer.code) → \(pair.merchant.code)</span>",
            "<span class=\"number\">\(rate.provider.description)</span>", "<span class=\"number\">\(text)</span>",
            .text(percent(rate.spreadBasisPoints)), rate.publishedAt.markup(visit.site),
        ]
    }

    private func row(of rule: FeeRule, _ corridor: CorridorID, _ visit: ConsoleVisit) -> [Markup] {
        let scope = [rule.scope.participant?.description, rule.scope.currency?.code].compactMap(\.self)
        let isStanding = rule.effectiveFrom.milliseconds <= 0
        return [
            "\(visit.site.frame.name(of: corridor.payer)) → \(visit.site.frame.name(of: corridor.merchant))",
            .text(visit.words.rates.kindName(rule.scope.kind)),
            .text(scope.isEmpty ? visit.words.rates.everybody : scope.joined(separator: ", ")),
            .text(terms(rule.terms)),
            isStanding ? "–" : rule.effectiveFrom.markup(visit.site),
        ]
    }

    /// A line without terms ends those before it.
    private func terms(_ terms: FeeTerms?) -> String {
        guard let terms else { return "–" }
        return percent(terms.basisPoints) + (terms.flat.map { " + \($0.priced)" } ?? "")
    }

    /// Basis points as a share of a hundred.
    private func percent(_ basisPoints: Int64) -> String {
        let size = basisPoints.magnitude
        let rest = size % 100 < 10 ? "0\(size % 100)" : "\(size % 100)"
        return "\(basisPoints < 0 ? "−" : "")\(size / 100).\(rest) %"
    }
}
