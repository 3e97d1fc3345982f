import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// The outbox.
final class MessageTable {
    private let institutions: Institutions
    private let select: Statement
    private let insert: BulkInsert
    private let update: Statement
    private let delete: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare("SELECT \(OutboxMessage.columnList) FROM messages WHERE id = ?")
        insert = try BulkInsert(
            connection,
            "INSERT OR FAIL INTO messages (\(OutboxMessage.columnList))",
            columnCount: 13
        )
        update = try connection.prepare("UPDATE messages SET standing = ?, attempts = ?, due_at = ? WHERE id = ?")
        delete = try connection.prepare("DELETE FROM messages WHERE id = ?")
    }

    func message(_ id: UniqueID) throws(StoreError) -> OutboxMessage? {
        try select.first({ $0.add(id) }) { columns throws(StoreError) in try OutboxMessage(&columns, institutions) }
    }

    func write(_ changes: [RecordTable<UniqueID, OutboxMessage>.Change]) throws(StoreError) {
        var added: [OutboxMessage] = []
        for change in changes {
            switch change.row {
            case let message? where change.isNew: added.append(message)
            case let message?: try postpone(message)
            case nil: try delete.run { $0.add(change.key) }
            }
        }
        try insert.run(added) { message, row throws(StoreError) in try add(message, to: &row) }
    }

    private func add(_ message: OutboxMessage, to row: inout Parameters) throws(StoreError) {
        let destination = try institutions.numberEnrolling(message.destination)
        row.add(message.id)
        row.add(message.kind)
        row.add(destination)
        row.add(message.target?.webhook)
        row.add((message.target?.event.rawValue).map { Int64($0) })
        row.add(message.payment)
        row.add(message.refund)
        row.add(message.claim)
        row.add(message.state)
        row.add(message.createdAt)
        row.add(message.standing)
        row.add(message.attempts)
        row.add(message.dueAt)
    }

    /// Writes what an attempt changes.
    private func postpone(_ message: OutboxMessage) throws(StoreError) {
        try update.run {
            $0.add(message.standing)
            $0.add(message.attempts)
            $0.add(message.dueAt)
            $0.add(message.id)
        }
    }
}

extension OutboxMessage {
    static let columnList = """
        id, kind, destination, webhook, event, payment, refund, claim, state, created_at, standing, attempts, due_at
        """

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        self.init(
            id: try columns.uniqueID(),
            kind: try columns.value(),
            destination: try institutions.id(columns.int64()),
            target: try columns.target(),
            payment: try columns.id(),
            refund: try columns.optionalID(),
            claim: try columns.optionalUniqueID(),
            state: try columns.value(),
            createdAt: columns.timestamp(),
            standing: try columns.value(),
            attempts: columns.int(),
            dueAt: columns.optionalTimestamp()
        )
    }
}

extension Columns {
    fileprivate mutating func target() throws(StoreError) -> OutboxMessage.Target? {
        let (webhook, event) = (try optionalUniqueID(), optionalInt64())
        guard let webhook, let event else { return nil }
        guard let event = Webhook.Event(rawValue: Int(clamping: event)) else { throw .unreadable("an event") }
        return OutboxMessage.Target(webhook: webhook, event: event)
    }
}
