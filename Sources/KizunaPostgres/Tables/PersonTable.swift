import KizunaPayments
import KizunaSwitch

extension Table where Key == OperatorID, Row == Person {
    static let people = Table(
        "people",
        keys: [Column("id", .text) { $0.add($1.description) }],
        fixed: [
            Column("name", .text) { $0.add($1.name) },
            Column("created_at", .int8) { $0.add($1.createdAt) },
        ],
        changing: [
            Column("roles", .int4) { $0.add($1.roles.rawValue) },
            Column("standing", .int2) { $0.add($1.standing) },
            Column("password_hash", .text) { $0.add($1.passwordHash) },
            Column("authenticator_key", .bytea) { $0.add($1.authenticatorKey) },
            Column("last_step", .int8) { $0.add($1.lastStep) },
            Column("changed_at", .int8) { $0.add($1.changedAt) },
        ]
    )
}

extension Query where Row == Person {
    static let people = Query(
        "id, name, roles, standing, password_hash, authenticator_key, last_step, created_at, changed_at",
        from: "people"
    ) { columns, _ throws(StoreError) in
        guard let id = OperatorID(try columns.text()) else { throw .unreadable("a person's name") }
        return Person(
            id: id,
            name: try columns.text(),
            roles: Grants(rawValue: columns.int()),
            standing: try columns.value(),
            passwordHash: try columns.text(),
            authenticatorKey: columns.bytes(),
            lastStep: columns.int64(),
            createdAt: columns.timestamp(),
            changedAt: columns.timestamp()
        )
    }
}

extension Lookup where Key == OperatorID, Row == Person {
    static let people = Lookup(
        .people,
        by: [Column("id", .text) { $0.add($1.description) }],
        matching: ["id"]
    ) { $0.id }
}
