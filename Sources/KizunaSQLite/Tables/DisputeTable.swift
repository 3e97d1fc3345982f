import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Disputes, and through them what is open about a payment.
final class DisputeTable {
    private let institutions: Institutions
    private let select: Statement
    private let selectOpen: Statement
    private let insert: Statement
    private let update: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare("SELECT \(Dispute.columnList) FROM disputes WHERE id = ?")
        selectOpen = try connection.prepare("SELECT id FROM disputes WHERE payment = ? AND state NOT IN (3, 6)")
        insert = try connection.prepare(
            """
            INSERT INTO disputes (\(Dispute.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                ?, ?, ?, ?, ?, ?)
            """
        )
        update = try connection.prepare(
            """
            UPDATE disputes SET state = ?, changed_at = ?, due_at = ?, refund = ?, event_count = ?, evidence_count = ?,
                evidence_requests = ?, proposal = ?, decision = ?, proposer = ?, proposed_at = ?, note = ?, approver = ?
            WHERE id = ?
            """
        )
    }

    func dispute(_ id: DisputeID) throws(StoreError) -> Dispute? {
        try select.first({ $0.add(id) }) { columns throws(StoreError) in try Dispute(&columns, institutions) }
    }

    func openDispute(of payment: PaymentID) throws(StoreError) -> DisputeID? {
        try selectOpen.first({ $0.add(payment) }) { columns throws(StoreError) in try columns.id() }
    }

    func write(_ changes: [RecordTable<DisputeID, Dispute>.Change]) throws(StoreError) {
        for change in changes {
            guard let dispute = change.row else { throw .brokenRule("A dispute is never removed") }
            if change.isNew { try add(dispute) } else { try move(dispute) }
        }
    }

    private func add(_ dispute: Dispute) throws(StoreError) {
        let issuer = try institutions.numberEnrolling(dispute.issuer)
        let acquirer = try institutions.numberEnrolling(dispute.acquirer)
        try insert.run {
            $0.add(dispute.id)
            $0.add(dispute.payment)
            $0.add(issuer)
            $0.add(acquirer)
            $0.add(dispute.openedBy)
            $0.add(dispute.reason.rawValue)
            $0.add(dispute.amount.currency)
            $0.add(dispute.amount.minorUnits)
            $0.add(dispute.openedAt)
            $0.add(dispute.answerDueAt)
            $0.addState(of: dispute)
        }
    }

    /// Writes what may change in a dispute's life.
    private func move(_ dispute: Dispute) throws(StoreError) {
        try update.run {
            $0.addState(of: dispute)
            $0.add(dispute.id)
        }
    }
}

extension Parameters {
    fileprivate mutating func addState(of dispute: Dispute) {
        add(dispute.state)
        add(dispute.changedAt)
        add(dispute.dueAt)
        add(dispute.refund)
        add(dispute.eventCount)
        add(dispute.evidenceCount)
        add(dispute.evidenceRequests)
        addProposal(dispute.proposal)
        add(dispute.approver?.description)
    }
}

extension Dispute {
    static let columnList = """
        id, payment, issuer, acquirer, opened_by, reason, currency, amount, opened_at, answer_due_at, state, \
        changed_at, due_at, refund, event_count, evidence_count, evidence_requests, \
        proposal, decision, proposer, proposed_at, note, approver
        """

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        let id: DisputeID = try columns.id()
        let payment: PaymentID = try columns.id()
        let issuer = try institutions.id(columns.int64())
        let acquirer = try institutions.id(columns.int64())
        let side: Dispute.Side = try columns.value()
        let reason = try columns.disputeReason()
        let currency = try columns.currency()
        self.init(
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

extension Columns {
    fileprivate mutating func disputeReason() throws(StoreError) -> Dispute.Reason {
        guard let reason = Dispute.Reason(rawValue: try text()) else { throw .unreadable("a dispute's reason") }
        return reason
    }
}
