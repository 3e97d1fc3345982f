import KizunaPayments
import KizunaSwitch

/// Names and texts of payments.
extension Table where Key == PaymentID, Row == PaymentParties {
    static let parties = Table(
        "parties",
        keys: [Column("payment", .uuid) { $0.add($1) }],
        fixed: [
            Column("payer_name", .text) { $0.add($1.payerName) },
            Column("payer_account", .text) { $0.add($1.payerAccount) },
            Column("merchant_name", .text) { $0.add($1.merchantName) },
            Column("merchant_local_name", .text) { $0.add($1.merchantLocalName) },
            Column("merchant_city", .text) { $0.add($1.merchantCity) },
            Column("merchant_key", .text) { $0.add($1.merchantKey.text) },
            Column("reference", .text) { $0.add($1.reference) },
        ]
    )
}

extension Query where Row == PaymentParties {
    static let parties = Query(
        "payer_name, payer_account, merchant_name, merchant_local_name, merchant_city, merchant_key, reference",
        from: "parties"
    ) { columns, _ throws(StoreError) in
        PaymentParties(
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
