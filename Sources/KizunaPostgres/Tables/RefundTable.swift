import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

extension Table where Key == RefundID, Row == Refund {
    static let refunds = Table(
        "refunds",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("payment", .uuid) { $0.add($1.payment) },
            Column("uetr", .uuid) { $0.add($1.uetr) },
            Column("acquirer", .int4) { $0.add($1.acquirer) },
            Column("issuer", .int4) { $0.add($1.issuer) },
            Column("part", .int2) { $0.add($1.part) },
            Column("merchant_currency", .int2) { $0.add($1.merchantAmount.currency) },
            Column("payer_currency", .int2) { $0.add($1.payerAmount.currency) },
            Column("merchant_amount", .int8) { $0.add($1.merchantAmount.minorUnits) },
            Column("bridge_currency", .int2) { $0.add($1.bridgeAmount?.currency) },
            Column("bridge_amount", .int8) { $0.add($1.bridgeAmount?.minorUnits) },
            Column("payer_amount", .int8) { $0.add($1.payerAmount.minorUnits) },
            Column("issuer_fee_returned", .int8) { $0.add($1.issuerFeeReturned.minorUnits) },
            Column("reason", .text) { $0.add($1.reason.rawValue) },
            Column("created_at", .int8) { $0.add($1.createdAt) },
        ]
    )

    func writeRefunds(
        _ changes: [RecordTable<RefundID, Refund>.Change],
        to commit: inout CommitCommands
    ) throws(StoreError) {
        for case let refund? in changes.map(\.row) {
            try refund.requireItsCurrencies()
        }
        try write(changes, to: &commit)
    }
}

extension Query where Row == Refund {
    static let refunds = Query(
        """
        id, payment, uetr, acquirer, issuer, part, merchant_currency, payer_currency, merchant_amount, bridge_currency,
            bridge_amount, payer_amount, issuer_fee_returned, reason, created_at
        """,
        from: "refunds"
    ) { columns, names throws(StoreError) in
        let id: RefundID = try columns.id()
        let payment: PaymentID = try columns.id()
        let uetr: UETR = try columns.id()
        let acquirer = try names.institution(columns.int64())
        let issuer = try names.institution(columns.int64())
        let part = columns.int()
        let merchant = try columns.currency()
        let payer = try columns.currency()
        return Refund(
            id: id,
            payment: payment,
            uetr: uetr,
            acquirer: acquirer,
            issuer: issuer,
            part: part,
            merchantAmount: columns.money(merchant),
            bridgeAmount: try columns.optionalMoney(),
            payerAmount: columns.money(payer),
            issuerFeeReturned: columns.money(payer),
            reason: try columns.refundReason(),
            createdAt: columns.timestamp()
        )
    }
}

extension Lookup where Key == RefundID, Row == Refund {
    static let refunds = Lookup(.refunds, by: [Column("id", .uuid) { $0.add($1) }], matching: ["id"]) { $0.id }
}

extension Columns {
    fileprivate mutating func refundReason() throws(StoreError) -> Refund.Reason {
        guard let reason = Refund.Reason(rawValue: try text()) else { throw .unreadable("a refund's reason") }
        return reason
    }
}
