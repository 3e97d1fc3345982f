import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A line of a tariff, with its place; lines are added and never changed.
struct FeeLine: Sendable, Hashable {
    struct Key: Sendable, Hashable {
        let corridor: CorridorID
        let number: Int
    }

    let key: Key
    let rule: FeeRule
}

extension Table where Key == FeeLine.Key, Row == FeeRule {
    static let feeRules = Table(
        "fee_rules",
        keys: [
            Column("payer_country", .text) { $0.add($1.corridor.payer.rawValue) },
            Column("merchant_country", .text) { $0.add($1.corridor.merchant.rawValue) },
            Column("number", .int4) { $0.add($1.number) },
        ],
        fixed: [
            Column("kind", .int2) { $0.add($1.scope.kind) },
            Column("participant", .int4) { $0.add($1.scope.participant) },
            Column("currency", .int2) { $0.add($1.scope.currency) },
            Column("first_category", .int2) { $0.add(($1.scope.categories?.lowerBound).map(Int64.init)) },
            Column("last_category", .int2) { $0.add(($1.scope.categories?.upperBound).map(Int64.init)) },
            Column("size_currency", .int2) { $0.add($1.scope.from?.currency) },
            Column("size", .int8) { $0.add($1.scope.from?.minorUnits) },
            Column("basis_points", .int8) { $0.add($1.terms?.basisPoints) },
            Column("flat", .int8) { $0.add($1.terms?.flat?.minorUnits) },
            Column("effective_from", .int8) { $0.add($1.effectiveFrom) },
            Column("recorded_at", .int8) { $0.add($1.recordedAt) },
        ]
    )

    /// Adds the lines that tariffs have gained.
    func writeTariffs(_ transaction: Transaction, to commit: inout CommitCommands) throws(StoreError) {
        var rows: [Change] = []
        for change in transaction.feeTables.changes {
            guard let table = change.row else { throw .brokenRule("A tariff is added to and never removed") }
            for (number, rule) in try table.gains(over: change.stored) {
                try check(rule, at: commit.context)
                let key = FeeLine.Key(corridor: table.corridor, number: number)
                rows.append(Change(key: key, row: rule, stored: nil))
            }
        }
        try write(rows, to: &commit)
    }

    /// A name that is not known would come out as nobody's, which is everybody's.
    private func check(_ rule: FeeRule, at context: WritingContext) throws(StoreError) {
        guard rule.scope.participant.map({ context.names.number($0) != nil }) ?? true else {
            throw .brokenRule("A line of a tariff names a participant")
        }
    }
}

extension Query where Row == FeeLine {
    static let feeLines = Query(
        """
        payer_country, merchant_country, number, kind, participant, currency, first_category, last_category,
            size_currency, size, basis_points, flat, effective_from, recorded_at
        """,
        from: "fee_rules"
    ) { columns, names throws(StoreError) in
        let corridor = CorridorID(payer: try columns.country(), merchant: try columns.country())
        let number = columns.int()
        return FeeLine(
            key: FeeLine.Key(corridor: corridor, number: number),
            rule: try FeeRule(&columns, names)
        )
    }
}

extension FeeTable {
    /// Puts tariffs together out of all their lines.
    static func tables(of lines: [FeeLine]) -> [CorridorID: FeeTable] {
        Dictionary(grouping: lines, by: \.key.corridor).reduce(into: [:]) { tables, entry in
            let rules = entry.value.sorted { $0.key.number < $1.key.number }.map(\.rule)
            tables[entry.key] = FeeTable(corridor: entry.key, rules: rules)
        }
    }
}

extension FeeRule {
    fileprivate init(_ columns: inout Columns, _ names: Names) throws(StoreError) {
        let kind: Kind = try columns.value()
        var participant: ParticipantID?
        if let number = columns.optionalInt64() { participant = try names.institution(number) }
        let currency = try columns.optionalCurrency()
        let categories = try columns.optionalCategories()
        let from = try columns.optionalMoney()
        let (basisPoints, flat) = (columns.optionalInt64(), columns.optionalInt64())
        self.init(
            scope: Scope(kind, participant: participant, currency: currency, categories: categories, from: from),
            terms: basisPoints.map { basisPoints in
                FeeTerms(
                    basisPoints: basisPoints,
                    flat: currency.flatMap { currency in flat.map { Money(minorUnits: $0, currency: currency) } }
                )
            },
            effectiveFrom: columns.timestamp(),
            recordedAt: columns.timestamp()
        )
    }
}

extension Columns {
    fileprivate mutating func optionalCategories() throws(StoreError) -> ClosedRange<Int>? {
        let (first, last) = (optionalInt64(), optionalInt64())
        guard let first, let last else { return nil }
        guard first <= last else { throw .unreadable("merchant categories") }
        return Int(clamping: first)...Int(clamping: last)
    }
}
