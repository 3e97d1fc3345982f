import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Boards of rates, a row for each provider, with its tiers and improvements. A board without rates leaves no row and
/// reads like none.
final class RateTable {
    private let institutions: Institutions
    private let select: Statement
    private let selectTiers: Statement
    private let selectImprovements: Statement
    private let deleteAll: Statement
    private let delete: Statement
    private let insert: Statement
    private let insertTier: Statement
    private let insertImprovement: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        let ofPair = "WHERE payer_currency = ? AND merchant_currency = ?"
        select = try connection.prepare("SELECT \(ProviderRate.columnList) FROM rates \(ofPair)")
        selectTiers = try connection.prepare(
            "SELECT provider, from_amount, spread_basis_points FROM rate_tiers \(ofPair)"
        )
        selectImprovements = try connection.prepare(
            "SELECT provider, issuer, basis_points FROM rate_improvements \(ofPair)"
        )
        deleteAll = try connection.prepare("DELETE FROM rates \(ofPair)")
        delete = try connection.prepare("DELETE FROM rates \(ofPair) AND provider = ?")
        insert = try connection.prepare(
            """
            INSERT INTO rates (payer_currency, merchant_currency, \(ProviderRate.columnList))
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        )
        insertTier = try connection.prepare("INSERT INTO rate_tiers VALUES (?, ?, ?, ?, ?)")
        insertImprovement = try connection.prepare("INSERT INTO rate_improvements VALUES (?, ?, ?, ?, ?)")
    }

    func board(_ pair: CurrencyPair) throws(StoreError) -> RateBoard? {
        let rows = try select.all({ $0.add(pair) }) { columns throws(StoreError) in
            try ProviderRate(&columns, institutions)
        }
        guard !rows.isEmpty else { return nil }
        let terms = try terms(of: pair)
        return RateBoard(pair: pair, rates: rows.map { $0.with(terms[$0.provider] ?? RateTerms()) })
    }

    private func terms(of pair: CurrencyPair) throws(StoreError) -> [ParticipantID: RateTerms] {
        var terms: [ParticipantID: RateTerms] = [:]
        try selectTiers.forEach({ $0.add(pair) }) { columns throws(StoreError) in
            let provider = try institutions.id(columns.int64())
            terms[provider, default: RateTerms()].tiers.append(
                ProviderRate.Tier(fromMinorUnits: columns.int64(), spreadBasisPoints: columns.int64())
            )
        }
        try selectImprovements.forEach({ $0.add(pair) }) { columns throws(StoreError) in
            let provider = try institutions.id(columns.int64())
            terms[provider, default: RateTerms()].improvements.append(
                ProviderRate.Improvement(issuer: try institutions.id(columns.int64()), basisPoints: columns.int64())
            )
        }
        return terms
    }

    /// Writes the rates that are other than they were: of a board, one provider's at a time.
    func write(_ changes: [RecordTable<CurrencyPair, RateBoard>.Change]) throws(StoreError) {
        for change in changes {
            let (before, after) = (change.stored?.rates ?? [], change.row?.rates ?? [])
            // What was never read may be there all the same.
            if change.stored == nil { try deleteAll.run { $0.add(change.key) } }
            for rate in before where !after.contains(rate) { try remove(rate.provider, from: change.key) }
            for rate in after where !before.contains(rate) { try add(rate, to: change.key) }
        }
    }

    /// Its tiers and improvements go with it.
    private func remove(_ provider: ParticipantID, from pair: CurrencyPair) throws(StoreError) {
        let provider = try institutions.numberEnrolling(provider)
        try delete.run {
            $0.add(pair)
            $0.add(provider)
        }
    }

    private func add(_ rate: ProviderRate, to pair: CurrencyPair) throws(StoreError) {
        let provider = try institutions.numberEnrolling(rate.provider)
        try insert.run {
            $0.add(pair)
            $0.add(provider)
            $0.add(rate.mid)
            $0.add(rate.spreadBasisPoints)
            $0.add(rate.publishedAt)
        }
        for tier in rate.tiers {
            try insertTier.run {
                $0.add(pair)
                $0.add(provider)
                $0.add(tier.fromMinorUnits)
                $0.add(tier.spreadBasisPoints)
            }
        }
        for improvement in rate.improvements {
            let issuer = try institutions.numberEnrolling(improvement.issuer)
            try insertImprovement.run {
                $0.add(pair)
                $0.add(provider)
                $0.add(issuer)
                $0.add(improvement.basisPoints)
            }
        }
    }
}

/// What a rate has in tables of their own.
private struct RateTerms {
    var tiers: [ProviderRate.Tier] = []
    var improvements: [ProviderRate.Improvement] = []
}

extension ProviderRate {
    fileprivate func with(_ terms: RateTerms) -> ProviderRate {
        ProviderRate(
            provider: provider,
            mid: mid,
            spreadBasisPoints: spreadBasisPoints,
            tiers: terms.tiers,
            improvements: terms.improvements,
            publishedAt: publishedAt
        )
    }

    fileprivate static let columnList = "provider, mid_digits, mid_decimals, spread_basis_points, published_at"

    fileprivate init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        self.init(
            provider: try institutions.id(columns.int64()),
            mid: try columns.rate(),
            spreadBasisPoints: columns.int64(),
            publishedAt: columns.timestamp()
        )
    }
}

extension Parameters {
    fileprivate mutating func add(_ pair: CurrencyPair) {
        add(pair.payer)
        add(pair.merchant)
    }

    mutating func add(_ rate: Rate) {
        add(rate.digits)
        add(rate.decimals)
    }
}

extension Columns {
    mutating func rate() throws(StoreError) -> Rate {
        guard let rate = try? Rate(digits: int64(), decimals: int()) else { throw .unreadable("a rate") }
        return rate
    }
}
