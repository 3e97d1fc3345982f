import KizunaMoney
import KizunaSwitch

/// What operators should know of.
extension Table where Key == Alert.Key, Row == Alert {
    static let alerts = Table(
        "alerts",
        keys: Column<Alert.Key>.alerts,
        changing: [
            Column("raised_at", .int8) { $0.add($1.raisedAt) },
            Column("cleared_at", .int8) { $0.add($1.clearedAt) },
            Column("times_raised", .int8) { $0.add($1.timesRaised) },
        ],
        isReplaced: true
    )
}

extension Column where Source == Alert.Key {
    fileprivate static var alerts: [Column<Alert.Key>] {
        [Column("kind", .int2) { $0.add($1.kind) }, Column("subject", .text) { $0.add($1.subject) }]
    }
}

extension Query where Row == Alert {
    static let alerts = Query("kind, subject, raised_at, cleared_at, times_raised", from: "alerts") {
        columns,
        _ throws(StoreError) in
        Alert(
            key: Alert.Key(kind: try columns.value(), subject: try columns.text()),
            raisedAt: columns.timestamp(),
            clearedAt: columns.optionalTimestamp(),
            timesRaised: columns.int()
        )
    }
}

extension Lookup where Key == Alert.Key, Row == Alert {
    static let alerts = Lookup(.alerts, by: Column<Alert.Key>.alerts, matching: ["kind", "subject"]) { $0.key }
}
