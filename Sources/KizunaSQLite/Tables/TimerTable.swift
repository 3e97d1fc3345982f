import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Timers are set and stopped without being read first, so setting one again moves it.
final class TimerTable {
    private let upsert: Statement
    private let delete: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        upsert = try connection.prepare(
            """
            INSERT INTO timers (payment, kind, due_at) VALUES (?, ?, ?)
            ON CONFLICT (payment, kind) DO UPDATE SET due_at = excluded.due_at
            """
        )
        delete = try connection.prepare("DELETE FROM timers WHERE payment = ? AND kind = ?")
    }

    func write(_ changes: [RecordTable<TimerKey, Timestamp>.Change]) throws(StoreError) {
        for change in changes {
            let key = change.key
            if let dueAt = change.row {
                try upsert.run {
                    $0.add(key.payment)
                    $0.add(key.kind)
                    $0.add(dueAt)
                }
            } else {
                try delete.run {
                    $0.add(key.payment)
                    $0.add(key.kind)
                }
            }
        }
    }
}
