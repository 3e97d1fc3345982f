import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What payers have paid lately.
final class PayerTable {
    private let select: Statement
    private let upsert: BulkInsert

    init(_ connection: borrowing Connection) throws(StoreError) {
        select = try connection.prepare("SELECT \(PayerTally.columnList) FROM payers WHERE payer = ?")
        upsert = try BulkInsert(
            connection,
            "INSERT OR FAIL INTO payers (\(PayerTally.columnList))",
            columnCount: 7,
            """
            ON CONFLICT (payer) DO UPDATE SET known_since = excluded.known_since, new_payer_yen = excluded.new_payer_yen,
                day = excluded.day, day_yen = excluded.day_yen, day_payments = excluded.day_payments,
                purchases = excluded.purchases
            """
        )
    }

    func tally(_ payer: PayerKey) throws(StoreError) -> PayerTally? {
        try select.first({ $0.add(payer) }) { columns throws(StoreError) in try PayerTally(&columns) }
    }

    func write(_ changes: [RecordTable<PayerKey, PayerTally>.Change]) throws(StoreError) {
        try upsert.run(changes) { change, row throws(StoreError) in
            guard let tally = change.row else { throw .brokenRule("A payer is not forgotten") }
            row.add(tally.payer)
            row.add(tally.knownSince)
            row.add(tally.newPayerYen)
            row.add(tally.day)
            row.add(tally.dayYen)
            row.add(tally.dayPayments)
            row.add(PurchaseBytes.encode(tally.purchases))
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
