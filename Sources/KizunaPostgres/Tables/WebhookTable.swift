import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Participants' webhooks, a row for each. What became of the last attempt is written without being compared: two nodes
/// may tell a webhook something at once.
enum WebhookTable {
    /// A webhook with whose it is.
    typealias Owned = Keyed<ParticipantID, Webhook>

    private static let webhooks = Table<UniqueID, Owned>(
        "webhooks",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("participant", .int4) { $0.add($1.key) },
            Column("url", .text) { $0.add($1.value.url) },
            Column("events", .int8) { $0.add($1.value.events.reduce(0 as Int64) { $0 | 1 << Int64($1.rawValue) }) },
            Column("merchant", .uuid) { $0.add($1.value.merchant) },
            Column("created_at", .int8) { $0.add($1.value.createdAt) },
        ],
        changing: [
            Column("secret_number", .int8) { $0.add($1.value.secretNumber) },
            Column("previous_secret_until", .int8, isCompared: false) { $0.add($1.value.previousSecretUntil) },
            Column("last_at", .int8, isCompared: false) { $0.add($1.value.lastOutcome?.at) },
            Column("last_status", .int8, isCompared: false) {
                $0.add(($1.value.lastOutcome?.status).map { Int64($0) })
            },
        ],
        isRemovable: true
    )
    private static let deleteAll = Statement("DELETE FROM webhooks WHERE participant = ANY ($1::int4[])")

    static func write(
        _ changes: [RecordTable<ParticipantID, Webhooks>.Change],
        to commit: inout CommitCommands
    ) throws(StoreError) {
        guard !changes.isEmpty else { return }
        // What was never read may be there all the same.
        let unread = changes.filter { $0.stored == nil }.map(\.key)
        if !unread.isEmpty {
            commit.add(deleteAll) { $0.add([Column("participant", .int4) { $0.add($1) }], of: unread) }
        }
        var rows: [RowChange<UniqueID, Owned>] = []
        for change in changes {
            let (before, after) = (change.stored ?? Webhooks(), change.row ?? Webhooks())
            for webhook in before.all where after[webhook.id] == nil {
                rows.append(RowChange(key: webhook.id, row: nil, stored: Owned(key: change.key, value: webhook)))
            }
            for webhook in after.all where before[webhook.id] != webhook {
                let stored = before[webhook.id].map { Owned(key: change.key, value: $0) }
                rows.append(
                    RowChange(key: webhook.id, row: Owned(key: change.key, value: webhook), stored: stored)
                )
            }
        }
        try webhooks.write(rows, to: &commit)
    }
}

extension Query where Row == WebhookTable.Owned {
    static let webhooks = Query(
        """
        participant, id, url, events, merchant, created_at, secret_number, previous_secret_until, last_at, last_status
        """,
        from: "webhooks"
    ) { columns, names throws(StoreError) in
        WebhookTable.Owned(key: try names.institution(columns.int64()), value: try Webhook(&columns))
    }
}

extension Webhook {
    fileprivate init(_ columns: inout Columns) throws(StoreError) {
        let (id, url, bits) = (try columns.uniqueID(), try columns.text(), columns.int64())
        let merchant: MerchantID? = try columns.optionalID()
        let (createdAt, secretNumber) = (columns.timestamp(), columns.int())
        let previousSecretUntil = columns.optionalTimestamp()
        let (lastAt, lastStatus) = (columns.optionalTimestamp(), columns.optionalInt64())
        self.init(
            id: id,
            url: url,
            events: Set(Event.allCases.filter { bits & 1 << Int64($0.rawValue) != 0 }),
            merchant: merchant,
            createdAt: createdAt,
            secretNumber: secretNumber,
            previousSecretUntil: previousSecretUntil,
            lastOutcome: lastAt.map { Outcome(at: $0, status: lastStatus.map { Int($0) }) }
        )
    }
}

extension Webhooks {
    /// All webhooks of each participant, the oldest first.
    static func grouped(_ owned: [WebhookTable.Owned]) -> [ParticipantID: Webhooks] {
        Dictionary(grouping: owned, by: \.key).mapValues { owned in
            Webhooks(owned.map(\.value).sorted { $0.id < $1.id })
        }
    }
}
