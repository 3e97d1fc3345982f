import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Recalls, and through them what is open about a payment.
final class RecallTable {
    private let institutions: Institutions
    private let select: Statement
    private let selectOpen: Statement
    private let insert: Statement
    private let update: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare("SELECT \(Recall.columnList) FROM recalls WHERE id = ?")
        selectOpen = try connection.prepare("SELECT id FROM recalls WHERE payment = ? AND state <= 2")
        insert = try connection.prepare(
            """
            INSERT INTO recalls (\(Recall.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        update = try connection.prepare(
            """
            UPDATE recalls SET state = ?, changed_at = ?, refusal = ?, refund = ?, freeze_due_at = ?, freeze_state = ?,
                frozen_amount = ?, freeze_reported_at = ? WHERE id = ?
            """
        )
    }

    func recall(_ id: RecallID) throws(StoreError) -> Recall? {
        try select.first({ $0.add(id) }) { columns throws(StoreError) in try Recall(&columns, institutions) }
    }

    func openRecall(of payment: PaymentID) throws(StoreError) -> RecallID? {
        try selectOpen.first({ $0.add(payment) }) { columns throws(StoreError) in try columns.id() }
    }

    func write(_ changes: [RecordTable<RecallID, Recall>.Change]) throws(StoreError) {
        for change in changes {
            guard let recall = change.row else { throw .brokenRule("A recall is never removed") }
            if change.isNew { try add(recall) } else { try move(recall) }
        }
    }

    private func add(_ recall: Recall) throws(StoreError) {
        let issuer = try institutions.numberEnrolling(recall.issuer)
        let acquirer = try institutions.numberEnrolling(recall.acquirer)
        try insert.run {
            $0.add(recall.id)
            $0.add(recall.payment)
            $0.add(issuer)
            $0.add(acquirer)
            $0.add(recall.reason.rawValue)
            $0.add(recall.amount.currency)
            $0.add(recall.amount.minorUnits)
            $0.add(recall.requestedAt)
            $0.add(recall.answerDueAt)
            $0.addState(of: recall)
        }
    }

    /// Writes what may change in a recall's life.
    private func move(_ recall: Recall) throws(StoreError) {
        try update.run {
            $0.addState(of: recall)
            $0.add(recall.id)
        }
    }
}

extension Parameters {
    fileprivate mutating func addState(of recall: Recall) {
        add(recall.state)
        add(recall.changedAt)
        add(recall.refusal?.rawValue)
        add(recall.refund)
        add(recall.freeze?.dueAt)
        add((recall.freeze?.state.rawValue).map { Int64($0) })
        add(recall.freeze?.amount?.minorUnits)
        add(recall.freeze?.reportedAt)
    }
}

extension Recall {
    static let columnList = """
        id, payment, issuer, acquirer, reason, currency, amount, requested_at, answer_due_at, state, changed_at, \
        refusal, refund, freeze_due_at, freeze_state, frozen_amount, freeze_reported_at
        """

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        let id: RecallID = try columns.id()
        let payment: PaymentID = try columns.id()
        let issuer = try institutions.id(columns.int64())
        let acquirer = try institutions.id(columns.int64())
        let reason = try columns.recallReason()
        let currency = try columns.currency()
        self.init(
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

extension Columns {
    fileprivate mutating func recallReason() throws(StoreError) -> Recall.Reason {
        guard let reason = Recall.Reason(rawValue: try text()) else { throw .unreadable("a recall's reason") }
        return reason
    }

    fileprivate mutating func reversalRefusal() throws(StoreError) -> ReversalRefusal? {
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
