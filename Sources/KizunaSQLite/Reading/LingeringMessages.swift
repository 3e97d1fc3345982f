import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// Messages that have not gone through: in an inbox, given up, or tried in vain so far.
final class LingeringMessages {
    private let institutions: Institutions
    private let selectInbox: Statement
    private let selectOnes: Statement
    private let selectAll: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        // Each repeats the index's condition word for word, without which SQLite does not see that it serves.
        let lingering = "SELECT \(OutboxMessage.columnList) FROM messages WHERE (standing > 1 OR attempts > 0)"
        selectInbox = try connection.prepare(
            "\(lingering) AND destination = ?1 AND standing = 2 AND due_at <= ?2 ORDER BY id LIMIT ?3"
        )
        selectOnes = try connection.prepare(
            "\(lingering) AND destination = ?4 AND id > ?1 AND (?2 IS NULL OR standing = ?2) ORDER BY id LIMIT ?3"
        )
        selectAll = try connection.prepare(
            "\(lingering) AND id > ?1 AND (?2 IS NULL OR standing = ?2) ORDER BY id LIMIT ?3"
        )
    }

    func inbox(of participant: ParticipantID, at now: Timestamp, limit: Int) throws(StoreError) -> [OutboxMessage] {
        guard let number = try institutions.number(participant) else { return [] }
        return try selectInbox.all({
            $0.add(number)
            $0.add(now)
            $0.add(max(0, limit))
        }) { columns throws(StoreError) in try OutboxMessage(&columns, institutions) }
    }

    func undelivered(
        to destination: ParticipantID?,
        _ standing: OutboxMessage.Standing?,
        after: UniqueID?,
        limit: Int
    ) throws(StoreError) -> [OutboxMessage] {
        let bind = { (parameters: inout Parameters) in
            // Every id is behind no bytes at all.
            if let after { parameters.add(after) } else { parameters.add([] as [UInt8]) }
            parameters.add(standing.map { Int64($0.rawValue) })
            parameters.add(max(0, limit))
        }
        guard let destination else {
            return try selectAll.all(bind) { columns throws(StoreError) in try OutboxMessage(&columns, institutions) }
        }
        guard let number = try institutions.number(destination) else { return [] }
        return try selectOnes.all({
            bind(&$0)
            $0.add(number)
        }) { columns throws(StoreError) in try OutboxMessage(&columns, institutions) }
    }
}
