import KizunaPayments
import KizunaSwitch

/// Names and texts of payments.
final class PartiesTable {
    private let insert: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        insert = try connection.prepare(
            "INSERT INTO parties (payment, \(PaymentParties.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
    }

    func write(_ changes: [RecordTable<PaymentID, PaymentParties>.Change]) throws(StoreError) {
        for change in changes {
            guard let parties = change.row, change.isNew else { throw .brokenRule("A payment's parties never change") }
            try insert.run {
                $0.add(change.key)
                $0.add(parties.payerName)
                $0.add(parties.payerAccount)
                $0.add(parties.merchantName)
                $0.add(parties.merchantLocalName)
                $0.add(parties.merchantCity)
                $0.add(parties.merchantKey.text)
                $0.add(parties.reference)
            }
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
