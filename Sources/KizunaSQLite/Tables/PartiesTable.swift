import KizunaPayments
import KizunaSwitch

/// Names and texts of payments.
final class PartiesTable {
    private let insert: BulkInsert

    init(_ connection: borrowing Connection) throws(StoreError) {
        insert = try BulkInsert(
            connection,
            "INSERT OR FAIL INTO parties (payment, \(PaymentParties.columnList))",
            columnCount: 8
        )
    }

    func write(_ changes: [RecordTable<PaymentID, PaymentParties>.Change]) throws(StoreError) {
        try insert.run(changes) { change, row throws(StoreError) in
            guard let parties = change.row, change.isNew else { throw .brokenRule("A payment's parties never change") }
            row.add(change.key)
            row.add(parties.payerName)
            row.add(parties.payerAccount)
            row.add(parties.merchantName)
            row.add(parties.merchantLocalName)
            row.add(parties.merchantCity)
            row.add(parties.merchantKey.text)
            row.add(parties.reference)
        }
    }
}

extension PaymentParties {
    static let columnList =
        "payer_name, payer_account, merchant_name, merchant_local_name, merchant_city, merchant_key, reference"

    init(_ columns: inout Columns) throws(StoreError) {
        self.init(
            payerName: try columns.text(),
            payerAccount: try columns.text(),
            merchantName: try columns.text(),
            merchantLocalName: try columns.optionalText(),
            merchantCity: try columns.text(),
            merchantKey: try columns.merchantKey(),
            reference: try columns.optionalText()
        )
    }
}
