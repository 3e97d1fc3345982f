import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Payments: what decides about money.
extension Table where Key == PaymentID, Row == Payment {
    static let payments = Table(
        "payments",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("uetr", .uuid) { $0.add($1.uetr) },
            Column("quote", .uuid) { $0.add($1.quote) },
            Column("issuer", .int4) { $0.add($1.issuer) },
            Column("acquirer", .int4) { $0.add($1.acquirer) },
            Column("provider", .int4) { $0.add($1.provider) },
            Column("merchant", .uuid) { $0.add($1.merchant) },
            Column("link_kind", .int2) { $0.add($1.link) },
            Column("code", .uuid) { $0.add($1.code) },
            Column("is_single_use", .bool) { $0.add($1.isSingleUse) },
            Column("submitted_at", .int8) { $0.add($1.submittedAt) },
            Column("payer", .uuid) { $0.add($1.payer) },
            Column("possible_duplicate", .bool) { $0.add($1.possibleDuplicate) },
        ],
        changing: [
            Column("state", .int2) { $0.add($1.state) },
            Column("reason", .text, isCompared: false) { $0.add($1.reason?.rawValue) },
            Column("changed_at", .int8) { $0.add($1.changedAt) },
            Column("refund_parts", .int2) { $0.add($1.refunded.parts) },
            Column("refunded_by_merchant", .int8, isCompared: false) { $0.add($1.refunded.merchantMinorUnits) },
            Column("refunded_to_payer", .int8, isCompared: false) { $0.add($1.refunded.payerMinorUnits) },
            Column("history", .bytea, isCompared: false) { $0.add($1.history.bytes) },
        ]
    )

    /// Adds payments to a commit, each with the quote that it uses.
    func writePayments(of transaction: Transaction, to commit: inout CommitCommands) throws(StoreError) {
        let changes = transaction.payments.changes
        for change in changes where change.isNew {
            guard let payment = change.row else { throw .brokenRule("A payment is never removed") }
            try payment.requireItsQuote(transaction.quotes[payment.quote])
        }
        try write(changes, to: &commit)
    }
}

extension Query where Row == Payment {
    static let payments = Query(
        """
        payments.id, uetr, quotes.id, payments.issuer, acquirer, payments.provider, merchant, \(Price.columnList),
            link_kind, code, is_single_use, submitted_at, payer, payments.possible_duplicate, state, reason, changed_at,
            refund_parts, refunded_by_merchant, refunded_to_payer, history
        """,
        from: """
            payments JOIN quotes ON quotes.id = payments.quote LEFT JOIN bridges ON bridges.quote = quotes.id
            """
    ) { columns, names throws(StoreError) in
        Payment(
            id: try columns.id(),
            uetr: try columns.id(),
            quote: try columns.id(),
            issuer: try names.institution(columns.int64()),
            acquirer: try names.institution(columns.int64()),
            provider: try names.institution(columns.int64()),
            merchant: try columns.id(),
            price: try Price(&columns, names),
            link: try columns.value(),
            code: try columns.id(),
            isSingleUse: columns.bool(),
            submittedAt: columns.timestamp(),
            payer: try columns.id(),
            possibleDuplicate: columns.bool(),
            state: try columns.value(),
            reason: try columns.refusalCode(),
            changedAt: columns.timestamp(),
            refunded: RefundTally(
                parts: columns.int(),
                merchantMinorUnits: columns.int64(),
                payerMinorUnits: columns.int64()
            ),
            history: PaymentHistory(bytes: columns.bytes())
        )
    }
}

extension Lookup where Key == PaymentID, Row == Payment {
    static let payments = Lookup(
        .payments,
        by: [Column("id", .uuid) { $0.add($1) }],
        matching: ["payments.id"]
    ) { $0.id }
}

extension Columns {
    mutating func refusalCode() throws(StoreError) -> RefusalCode? {
        guard let text = try optionalText() else { return nil }
        guard let code = RefusalCode(rawValue: text) else { throw .unreadable("a reason") }
        return code
    }
}
