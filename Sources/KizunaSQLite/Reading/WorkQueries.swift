import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What is to be done, and how much there is.
final class WorkQueries {
    private let institutions: Institutions
    private let selectMessages: Statement
    private let selectTimers: Statement
    private let selectCounts: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        selectMessages = try connection.prepare(
            "SELECT \(OutboxMessage.columnList) FROM messages WHERE standing = 1 AND due_at <= ? ORDER BY due_at, id LIMIT ?"
        )
        selectTimers = try connection.prepare(
            "SELECT kind, payment FROM timers WHERE due_at <= ? ORDER BY due_at, payment, kind LIMIT ?"
        )
        selectCounts = try connection.prepare("SELECT state, payments FROM payment_counts WHERE payments > 0")
    }

    func dueMessages(at now: Timestamp, limit: Int) throws(StoreError) -> [OutboxMessage] {
        try selectMessages.all({
            $0.add(now)
            $0.add(max(0, limit))
        }) { columns throws(StoreError) in try OutboxMessage(&columns, institutions) }
    }

    func dueTimers(at now: Timestamp, limit: Int) throws(StoreError) -> [TimerKey] {
        try selectTimers.all({
            $0.add(now)
            $0.add(max(0, limit))
        }) { columns throws(StoreError) in TimerKey(kind: try columns.value(), payment: try columns.id()) }
    }

    func paymentCounts() throws(StoreError) -> [PaymentState: Int] {
        var counts: [PaymentState: Int] = [:]
        try selectCounts.forEach { columns throws(StoreError) in
            let state: PaymentState = try columns.value()
            counts[state] = columns.int()
        }
        return counts
    }
}
