import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// Messages that have not gone through, webhooks and alerts.
extension Reader {
    private static let webhooks = Query.webhooks.statement("WHERE participant = $1::int4")
    private static let inbox = Query.messages.statement(
        """
        WHERE (standing > 1 OR attempts > 0) AND destination = $1::int4 AND standing = 2 AND due_at <= $2::int8
        ORDER BY id LIMIT $3::int8
        """
    )
    private static let lingering = Query.messages.statement(
        """
        WHERE (standing > 1 OR attempts > 0) AND id > $1::uuid AND ($2::int4 = 0 OR standing = $2::int4)
        ORDER BY id LIMIT $3::int8
        """
    )
    private static let lingeringOfOne = Query.messages.statement(
        """
        WHERE (standing > 1 OR attempts > 0) AND id > $1::uuid AND ($2::int4 = 0 OR standing = $2::int4)
            AND destination = $4::int4 ORDER BY id LIMIT $3::int8
        """
    )
    private static let alerts = Query.alerts.statement(
        "ORDER BY cleared_at IS NOT NULL, raised_at DESC, kind, subject LIMIT $1::int8"
    )
    private static let openAlerts = Statement("SELECT count(*) FROM alerts WHERE cleared_at IS NULL")

    func webhooks(of participant: ParticipantID) throws(StoreError) -> Webhooks? {
        guard let number = try number(participant) else { return nil }
        let owned = try rows(.webhooks, Reader.webhooks) { $0.add(number) }
        return Webhooks.grouped(owned)[participant]
    }

    func inbox(of participant: ParticipantID, at now: Timestamp, limit: Int) throws(StoreError) -> [OutboxMessage] {
        guard let number = try number(participant) else { return [] }
        return try rows(.messages, Reader.inbox) { parameters in
            parameters.add(number)
            parameters.add(now.milliseconds)
            parameters.add(Int64(max(0, limit)))
        }
    }

    func undelivered(
        to destination: ParticipantID?,
        _ standing: OutboxMessage.Standing?,
        after: UniqueID?,
        limit: Int
    ) throws(StoreError) -> [OutboxMessage] {
        var owner: Int32?
        if let destination {
            guard let number = try number(destination) else { return [] }
            owner = number
        }
        return try rows(.messages, owner == nil ? Reader.lingering : Reader.lingeringOfOne) { parameters in
            // No id is all noughts, so every one is behind this.
            parameters.add(after ?? UniqueID(high: 0, low: 0))
            parameters.add(Int32(standing?.rawValue ?? 0))
            parameters.add(Int64(max(0, limit)))
            if let owner { parameters.add(owner) }
        }
    }

    func alerts(limit: Int) throws(StoreError) -> [Alert] {
        try rows(.alerts, Reader.alerts) { $0.add(Int64(max(0, limit))) }
    }

    func openAlertCount() throws(StoreError) -> Int {
        try ask(Reader.openAlerts).first { columns in columns.int() } ?? 0
    }
}
