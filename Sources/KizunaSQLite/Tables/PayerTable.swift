import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What payers have paid lately.
final class PayerTable {
    private let select: Statement
    private let upsert: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        select = try connection.prepare("SELECT \(PayerTally.columnList) FROM payers WHERE payer = ?")
        upsert = try connection.prepare(
            "INSERT OR REPLACE INTO payers (\(PayerTally.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
    }

    func tally(_ payer: PayerKey) throws(StoreError) -> PayerTally? {
        try select.first({ $0.add(payer) }) { columns throws(StoreError) in try PayerTally(&columns) }
    }

    func write(_ changes: [RecordTable<PayerKey, PayerTally>.Change]) throws(StoreError) {
        for change in changes {
            guard let tally = change.row else { throw .brokenRule("A payer is not forgotten") }
            let purchases = PurchaseBytes.encode(tally.purchases)
            try upsert.run {
                $0.add(tally.payer)
                $0.add(tally.knownSince)
                $0.add(tally.newPayerYen)
                $0.add(tally.day)
                $0.add(tally.dayYen)
                $0.add(tally.dayPayments)
                $0.add(purchases)
            }
        }
    }
}

extension PayerTally {
    fileprivate static let columnList =
        "payer, known_since, new_payer_yen, day, day_yen, day_payments, purchases"

    fileprivate init(_ columns: inout Columns) throws(StoreError) {
        self.init(
            payer: try columns.id(),
            knownSince: columns.timestamp(),
            newPayerYen: columns.int64(),
            day: columns.int(),
            dayYen: columns.int64(),
            dayPayments: columns.int(),
            purchases: try PurchaseBytes.decode(columns.bytes())
        )
    }
}
