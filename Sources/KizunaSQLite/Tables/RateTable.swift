import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Boards of rates, a row for each provider. A board without rates leaves no row and reads like none.
final class RateTable {
    private let institutions: Institutions
    private let select: Statement
    private let delete: Statement
    private let insert: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare(
            "SELECT \(ProviderRate.columnList) FROM rates WHERE payer_currency = ? AND merchant_currency = ?"
        )
        delete = try connection.prepare("DELETE FROM rates WHERE payer_currency = ? AND merchant_currency = ?")
        insert = try connection.prepare(
            """
            INSERT INTO rates (payer_currency, merchant_currency, \(ProviderRate.columnList))
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        )
    }

    func board(_ pair: CurrencyPair) throws(StoreError) -> RateBoard? {
        let rates = try select.all({ $0.add(pair) }) { columns throws(StoreError) in
            try ProviderRate(&columns, institutions)
        }
        return rates.isEmpty ? nil : RateBoard(pair: pair, rates: rates)
    }

    func write(_ changes: [RecordTable<CurrencyPair, RateBoard>.Change]) throws(StoreError) {
        for change in changes {
            try delete.run { $0.add(change.key) }
            for rate in change.row?.rates ?? [] { try add(rate, to: change.key) }
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
    }
}

extension ProviderRate {
    static let columnList = "provider, mid_digits, mid_decimals, spread_basis_points, published_at"

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
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
