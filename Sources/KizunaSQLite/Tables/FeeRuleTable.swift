import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The tariffs, a row for each line; rows are added and never changed.
final class FeeRuleTable {
    private let institutions: Institutions
    private let select: Statement
    private let insert: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare(
            """
            SELECT \(FeeRule.columnList) FROM fee_rules WHERE payer_country = ? AND merchant_country = ? ORDER BY number
            """
        )
        insert = try connection.prepare(
            """
            INSERT INTO fee_rules (payer_country, merchant_country, number, \(FeeRule.columnList))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
    }

    /// A corridor's tariff; `nil` where it has no line.
    func table(_ corridor: CorridorID) throws(StoreError) -> FeeTable? {
        let rules = try select.all({ $0.add(corridor) }) { columns throws(StoreError) in
            try FeeRule(&columns, institutions)
        }
        return rules.isEmpty ? nil : FeeTable(corridor: corridor, rules: rules)
    }

    func write(_ changes: [RecordTable<CorridorID, FeeTable>.Change]) throws(StoreError) {
        for change in changes {
            guard let table = change.row else { throw .brokenRule("A tariff is added to and never removed") }
            for (number, rule) in try table.gains(over: change.stored) {
                try add(rule, as: number, to: table.corridor)
            }
        }
    }

    private func add(_ rule: FeeRule, as number: Int, to corridor: CorridorID) throws(StoreError) {
        var participant: Int64?
        if let id = rule.scope.participant { participant = try institutions.numberEnrolling(id) }
        try insert.run {
            $0.add(corridor)
            $0.add(number)
            $0.add(rule.scope.kind)
            $0.add(participant)
            $0.add(rule.scope.currency.map { Int64($0.numeric) })
            $0.add(rule.scope.categories.map { Int64($0.lowerBound) })
            $0.add(rule.scope.categories.map { Int64($0.upperBound) })
            $0.add(rule.scope.from.map { Int64($0.currency.numeric) })
            $0.add(rule.scope.from?.minorUnits)
            $0.add(rule.terms?.basisPoints)
            $0.add(rule.terms?.flat?.minorUnits)
            $0.add(rule.effectiveFrom)
            $0.add(rule.recordedAt)
        }
    }
}

extension FeeRule {
    fileprivate static let columnList = """
        kind, participant, currency, first_category, last_category, size_currency, size, basis_points, flat, \
        effective_from, recorded_at
        """

    fileprivate init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        let kind: Kind = try columns.value()
        var participant: ParticipantID?
        if let number = columns.optionalInt64() { participant = try institutions.id(number) }
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

extension Parameters {
    fileprivate mutating func add(_ corridor: CorridorID) {
        add(corridor.payer.rawValue)
        add(corridor.merchant.rawValue)
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
