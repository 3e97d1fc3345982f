import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// A participant's webhooks, a row for each. Without any there is no row, and they read like none.
final class WebhookTable {
    private let institutions: Institutions
    private let select: Statement
    private let delete: Statement
    private let insert: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare(
            "SELECT \(Webhook.columnList) FROM webhooks WHERE participant = ? ORDER BY id"
        )
        delete = try connection.prepare("DELETE FROM webhooks WHERE participant = ?")
        insert = try connection.prepare(
            "INSERT INTO webhooks (participant, \(Webhook.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
    }

    func webhooks(of participant: ParticipantID) throws(StoreError) -> Webhooks? {
        guard let number = try institutions.number(participant) else { return nil }
        let all = try select.all({ $0.add(number) }) { columns throws(StoreError) in try Webhook(&columns) }
        return all.isEmpty ? nil : Webhooks(all)
    }

    func write(_ changes: [RecordTable<ParticipantID, Webhooks>.Change]) throws(StoreError) {
        for change in changes {
            let number = try institutions.numberEnrolling(change.key)
            try delete.run { $0.add(number) }
            for webhook in change.row?.all ?? [] { try add(webhook, of: number) }
        }
    }

    private func add(_ webhook: Webhook, of participant: Int64) throws(StoreError) {
        try insert.run {
            $0.add(participant)
            $0.add(webhook.id)
            $0.add(webhook.url)
            $0.add(webhook.events.reduce(Int64(0)) { $0 | 1 << Int64($1.rawValue) })
            $0.add(webhook.merchant)
            $0.add(webhook.createdAt)
            $0.add(webhook.secretNumber)
            $0.add(webhook.previousSecretUntil)
            $0.add(webhook.lastOutcome?.at)
            $0.add(webhook.lastOutcome?.status.map { Int64($0) })
        }
    }
}

extension Webhook {
    fileprivate static let columnList = """
        id, url, events, merchant, created_at, secret_number, previous_secret_until, last_at, last_status
        """

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
