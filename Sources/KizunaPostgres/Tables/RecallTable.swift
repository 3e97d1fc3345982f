import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

extension Table where Key == RecallID, Row == Recall {
    static let recalls = Table(
        "recalls",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("payment", .uuid) { $0.add($1.payment) },
            Column("issuer", .int4) { $0.add($1.issuer) },
            Column("acquirer", .int4) { $0.add($1.acquirer) },
            Column("reason", .text) { $0.add($1.reason.rawValue) },
            Column("currency", .int2) { $0.add($1.amount.currency) },
            Column("amount", .int8) { $0.add($1.amount.minorUnits) },
            Column("requested_at", .int8) { $0.add($1.requestedAt) },
            Column("answer_due_at", .int8) { $0.add($1.answerDueAt) },
        ],
        changing: [
            Column("state", .int2) { $0.add($1.state) },
            Column("changed_at", .int8) { $0.add($1.changedAt) },
            Column("refusal", .text) { $0.add($1.refusal?.rawValue) },
            Column("refund", .uuid) { $0.add($1.refund) },
            Column("freeze_due_at", .int8) { $0.add($1.freeze?.dueAt) },
            Column("freeze_state", .int2) { $0.add(($1.freeze?.state.rawValue).map(Int64.init)) },
            Column("frozen_amount", .int8) { $0.add($1.freeze?.amount?.minorUnits) },
            Column("freeze_reported_at", .int8) { $0.add($1.freeze?.reportedAt) },
        ]
    )
}

extension Query where Row == Recall {
    static let recalls = Query(
        """
        id, payment, issuer, acquirer, reason, currency, amount, requested_at, answer_due_at, state, changed_at,
            refusal, refund, freeze_due_at, freeze_state, frozen_amount, freeze_reported_at
        """,
        from: "recalls"
    ) { columns, names throws(StoreError) in
        let id: RecallID = try columns.id()
        let payment: PaymentID = try columns.id()
        let issuer = try names.institution(columns.int64())
        let acquirer = try names.institution(columns.int64())
        let reason = try columns.recallReason()
        let currency = try columns.currency()
        return Recall(
            id: id,
            payment: payment,
            issuer: issuer,
            acquirer: acquirer,
            reason: reason,
            amount: columns.money(currency),
            requestedAt: columns.timestamp(),
            answerDueAt: columns.timestamp(),
            state: try columns.value(),
            changedAt: columns.timestamp(),
            refusal: try columns.reversalRefusal(),
            refund: try columns.optionalID(),
            freeze: try columns.freeze(in: currency)
        )
    }
}

extension Lookup where Key == RecallID, Row == Recall {
    static let recalls = Lookup(.recalls, by: [Column("id", .uuid) { $0.add($1) }], matching: ["id"]) { $0.id }
}

/// What is open about payments, read from the claims themselves.
extension Lookup where Key == PaymentID, Row == Keyed<PaymentID, OpenClaims> {
    static let openClaims = Lookup(
        Query(
            "payments.id, r.id, d.id",
            from: """
                payments LEFT JOIN recalls AS r ON r.payment = payments.id AND r.state <= 2
                    LEFT JOIN disputes AS d ON d.payment = payments.id AND d.state NOT IN (3, 6)
                """
        ) { columns, _ throws(StoreError) in
            Keyed(
                key: try columns.id(),
                value: OpenClaims(recall: try columns.optionalID(), dispute: try columns.optionalID())
            )
        },
        by: [Column("id", .uuid) { $0.add($1) }],
        matching: ["payments.id"]
    ) { $0.key }
}

extension Columns {
    fileprivate mutating func recallReason() throws(StoreError) -> Recall.Reason {
        guard let reason = Recall.Reason(rawValue: try text()) else { throw .unreadable("a recall's reason") }
        return reason
    }

    mutating func reversalRefusal() throws(StoreError) -> ReversalRefusal? {
        guard let text = try optionalText() else { return nil }
        guard let refusal = ReversalRefusal(rawValue: text) else { throw .unreadable("a recall's refusal") }
        return refusal
    }

    /// Reads `freeze_due_at, freeze_state, frozen_amount, freeze_reported_at`.
    fileprivate mutating func freeze(in currency: Currency) throws(StoreError) -> Recall.Freeze? {
        let dueAt = optionalTimestamp()
        let number = optionalInt64()
        let amount = optionalInt64()
        let reportedAt = optionalTimestamp()
        guard let dueAt, let number else { return nil }
        guard let state = Recall.Freeze.State(rawValue: Int(number)) else { throw .unreadable("a freeze") }
        return Recall.Freeze(
            dueAt: dueAt,
            state: state,
            amount: amount.map { Money(minorUnits: $0, currency: currency) },
            reportedAt: reportedAt
        )
    }
}
