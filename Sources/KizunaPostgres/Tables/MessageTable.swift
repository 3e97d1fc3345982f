import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// The outbox. A message belongs to the node that wrote it, which carries it; when that node is gone, another takes
/// it over.
extension Table where Key == UniqueID, Row == OutboxMessage {
    static let messages = Table(
        "messages",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("node", .int4) { elements, _ in elements.addNode() },
            Column("kind", .int2) { $0.add($1.kind) },
            Column("destination", .int4) { $0.add($1.destination) },
            Column("payment", .uuid) { $0.add($1.payment) },
            Column("refund", .uuid) { $0.add($1.refund) },
            Column("claim", .uuid) { $0.add($1.claim) },
            Column("webhook", .uuid) { $0.add($1.target?.webhook) },
            Column("event", .int2) { $0.add(($1.target?.event.rawValue).map(Int64.init)) },
            Column("state", .int2) { $0.add($1.state) },
            Column("created_at", .int8) { $0.add($1.createdAt) },
        ],
        changing: [
            Column("standing", .int2) { $0.add($1.standing) },
            Column("attempts", .int8) { $0.add($1.attempts) },
            Column("due_at", .int8) { $0.add($1.dueAt) },
        ],
        isRemovable: true
    )
}

extension Query where Row == OutboxMessage {
    static let messages = Query(
        """
        id, kind, destination, webhook, event, payment, refund, claim, state, created_at, standing, attempts, due_at
        """,
        from: "messages"
    ) { columns, names throws(StoreError) in
        OutboxMessage(
            id: try columns.uniqueID(),
            kind: try columns.value(),
            destination: try names.institution(columns.int64()),
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

extension Lookup where Key == UniqueID, Row == OutboxMessage {
    static let messages = Lookup(.messages, by: [Column("id", .uuid) { $0.add($1) }], matching: ["id"]) { $0.id }
}

extension Columns {
    fileprivate mutating func target() throws(StoreError) -> OutboxMessage.Target? {
        let (webhook, event) = (try optionalUniqueID(), optionalInt64())
        guard let webhook, let event else { return nil }
        guard let event = Webhook.Event(rawValue: Int(clamping: event)) else { throw .unreadable("an event") }
        return OutboxMessage.Target(webhook: webhook, event: event)
    }
}
