import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Timers are set and stopped without being read first, so setting one again moves it, and stopping one that is not
/// there is nothing.
enum TimerTable {
    private static let upsert = Statement(
        """
        INSERT INTO timers (payment, kind, due_at, node)
        SELECT payment, kind, due_at, node FROM unnest($1::uuid[], $2::int2[], $3::int8[], $4::int4[])
            AS u(payment, kind, due_at, node)
        ON CONFLICT (payment, kind) DO UPDATE SET due_at = excluded.due_at, node = excluded.node
        """
    )
    private static let delete = Statement(
        """
        DELETE FROM timers AS t USING unnest($1::uuid[], $2::int2[]) AS u(payment, kind)
        WHERE t.payment = u.payment AND t.kind = u.kind
        """
    )
    private static let keys: [Column<TimerKey>] = [
        Column("payment", .uuid) { $0.add($1.payment) }, Column("kind", .int2) { $0.add($1.kind) },
    ]
    private static let dues: [Column<Timestamp>] = [
        Column("due_at", .int8) { $0.add($1) }, Column("node", .int4) { elements, _ in elements.addNode() },
    ]

    static func write(_ changes: [RecordTable<TimerKey, Timestamp>.Change], to commit: inout CommitCommands) {
        let stopped = changes.filter { $0.row == nil }.map(\.key)
        let set = changes.filter { $0.row != nil }
        if !stopped.isEmpty { commit.add(delete) { $0.add(keys, of: stopped) } }
        if !set.isEmpty {
            commit.add(upsert) { parameters in
                parameters.add(keys, of: set.map(\.key))
                parameters.add(dues, of: set.compactMap(\.row))
            }
        }
    }
}

extension Query where Row == TimerKey {
    static let timers = Query("kind, payment", from: "timers") { columns, _ throws(StoreError) in
        TimerKey(kind: try columns.value(), payment: try columns.id())
    }
}
