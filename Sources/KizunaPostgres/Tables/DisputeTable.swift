import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

extension Table where Key == DisputeID, Row == Dispute {
    static let disputes = Table(
        "disputes",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("payment", .uuid) { $0.add($1.payment) },
            Column("issuer", .int4) { $0.add($1.issuer) },
            Column("acquirer", .int4) { $0.add($1.acquirer) },
            Column("opened_by", .int2) { $0.add($1.openedBy) },
            Column("reason", .text) { $0.add($1.reason.rawValue) },
            Column("currency", .int2) { $0.add($1.amount.currency) },
            Column("amount", .int8) { $0.add($1.amount.minorUnits) },
            Column("opened_at", .int8) { $0.add($1.openedAt) },
            Column("answer_due_at", .int8) { $0.add($1.answerDueAt) },
        ],
        changing: [
            Column("state", .int2) { $0.add($1.state) },
            Column("changed_at", .int8) { $0.add($1.changedAt) },
            Column("due_at", .int8) { $0.add($1.dueAt) },
            Column("refund", .uuid) { $0.add($1.refund) },
            Column("event_count", .int8) { $0.add($1.eventCount) },
            Column("evidence_count", .int8) { $0.add($1.evidenceCount) },
            Column("evidence_requests", .int8) { $0.add($1.evidenceRequests) },
        ] + Column.proposal(\.proposal) + [Column("approver", .text) { $0.add($1.approver?.description) }]
    )
}

extension Query where Row == Dispute {
    static let disputes = Query(
        """
        id, payment, issuer, acquirer, opened_by, reason, currency, amount, opened_at, answer_due_at, state, changed_at,
            due_at, refund, event_count, evidence_count, evidence_requests, proposal, decision, proposer,
            proposed_at, note, approver
        """,
        from: "disputes"
    ) { columns, names throws(StoreError) in
        let id: DisputeID = try columns.id()
        let payment: PaymentID = try columns.id()
        let issuer = try names.institution(columns.int64())
        let acquirer = try names.institution(columns.int64())
        let side: Dispute.Side = try columns.value()
        let reason = try columns.disputeReason()
        let currency = try columns.currency()
        return Dispute(
            id: id,
            payment: payment,
            issuer: issuer,
            acquirer: acquirer,
            openedBy: side,
            reason: reason,
            amount: columns.money(currency),
            openedAt: columns.timestamp(),
            answerDueAt: columns.timestamp(),
            state: try columns.value(),
            changedAt: columns.timestamp(),
            dueAt: columns.optionalTimestamp(),
            refund: try columns.optionalID(),
            eventCount: columns.int(),
            evidenceCount: columns.int(),
            evidenceRequests: columns.int(),
            proposal: try columns.proposal(),
            approver: try columns.optionalOperator()
        )
    }
}

extension Lookup where Key == DisputeID, Row == Dispute {
    static let disputes = Lookup(.disputes, by: [Column("id", .uuid) { $0.add($1) }], matching: ["id"]) { $0.id }
}

extension Columns {
    fileprivate mutating func disputeReason() throws(StoreError) -> Dispute.Reason {
        guard let reason = Dispute.Reason(rawValue: try text()) else { throw .unreadable("a dispute's reason") }
        return reason
    }
}
