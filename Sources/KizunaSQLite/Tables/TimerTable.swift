import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Timers are set and stopped without being read first, so setting one again moves it.
final class TimerTable {
    private let upsert: BulkInsert
    private let delete: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        upsert = try BulkInsert(
            connection,
            "INSERT OR FAIL INTO timers (payment, kind, due_at)",
            columnCount: 3,
            "ON CONFLICT (payment, kind) DO UPDATE SET due_at = excluded.due_at"
        )
        delete = try connection.prepare("DELETE FROM timers WHERE payment = ? AND kind = ?")
    }

    func write(_ changes: [RecordTable<TimerKey, Timestamp>.Change]) throws(StoreError) {
        var set: [(key: TimerKey, dueAt: Timestamp)] = []
        for change in changes {
            guard let dueAt = change.row else {
                try delete.run {
                    $0.add(change.key.payment)
                    $0.add(change.key.kind)
                }
                continue
            }
            set.append((change.key, dueAt))
        }
        try upsert.run(set) { timer, row throws(StoreError) in
            row.add(timer.key.payment)
            row.add(timer.key.kind)
            row.add(timer.dueAt)
        }
    }
}
