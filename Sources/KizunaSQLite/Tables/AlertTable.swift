import KizunaMoney
import KizunaSwitch

/// What operators should know of.
final class AlertTable {
    private let select: Statement
    private let selectAll: Statement
    private let countOpen: Statement
    private let upsert: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        select = try connection.prepare("SELECT \(Alert.columnList) FROM alerts WHERE kind = ? AND subject = ?")
        selectAll = try connection.prepare(
            """
            SELECT \(Alert.columnList) FROM alerts
            ORDER BY cleared_at IS NOT NULL, raised_at DESC, kind, subject LIMIT ?
            """
        )
        countOpen = try connection.prepare("SELECT count(*) FROM alerts WHERE cleared_at IS NULL")
        upsert = try connection.prepare("INSERT OR REPLACE INTO alerts (\(Alert.columnList)) VALUES (?, ?, ?, ?, ?)")
    }

    func alert(_ key: Alert.Key) throws(StoreError) -> Alert? {
        try select.first({
            $0.add(key.kind)
            $0.add(key.subject)
        }) { columns throws(StoreError) in try Alert(&columns) }
    }

    func alerts(limit: Int) throws(StoreError) -> [Alert] {
        try selectAll.all({ $0.add(max(0, limit)) }) { columns throws(StoreError) in try Alert(&columns) }
    }

    func openCount() throws(StoreError) -> Int { try countOpen.first { $0.int() } ?? 0 }

    func write(_ changes: [RecordTable<Alert.Key, Alert>.Change]) throws(StoreError) {
        for change in changes {
            guard let alert = change.row else { throw .brokenRule("An alert ends and is not removed") }
            try upsert.run {
                $0.add(alert.key.kind)
                $0.add(alert.key.subject)
                $0.add(alert.raisedAt)
                $0.add(alert.clearedAt)
                $0.add(alert.timesRaised)
            }
        }
    }
}

extension Alert {
    fileprivate static let columnList = "kind, subject, raised_at, cleared_at, times_raised"

    fileprivate init(_ columns: inout Columns) throws(StoreError) {
        self.init(
            key: Key(kind: try columns.value(), subject: try columns.text()),
            raisedAt: columns.timestamp(),
            clearedAt: columns.optionalTimestamp(),
            timesRaised: columns.int()
        )
    }
}
