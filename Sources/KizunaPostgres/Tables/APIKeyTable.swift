import KizunaLedger
import KizunaPayments
import KizunaSwitch

extension Table where Key == UniqueID, Row == APIKey {
    static let apiKeys = Table(
        "api_keys",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("participant", .int4) { $0.add($1.owner.participant) },
            Column("operator", .text) { $0.add($1.owner.person?.description) },
            Column("digest", .bytea) { $0.add($1.digest) },
            Column("created_at", .int8) { $0.add($1.createdAt) },
            Column("kind", .int2) { $0.add($1.kind) },
            Column("grants", .int4) { $0.add($1.grants.rawValue) },
            Column("expires_at", .int8) { $0.add($1.expiresAt) },
        ],
        changing: [
            Column("revoked_at", .int8) { $0.add($1.revokedAt) },
            Column("last_used_at", .int8) { $0.add($1.lastUsedAt) },
        ]
    )
}

extension Query where Row == APIKey {
    static let apiKeys = Query(
        "id, participant, operator, digest, created_at, revoked_at, kind, grants, expires_at, last_used_at",
        from: "api_keys"
    ) { columns, names throws(StoreError) in
        let id = try columns.uniqueID()
        let owner = try APIKey.Owner(&columns, names)
        let (digest, createdAt, revokedAt) = (columns.bytes(), columns.timestamp(), columns.optionalTimestamp())
        return APIKey(
            id: id,
            owner: owner,
            kind: try columns.value(),
            digest: digest,
            grants: Grants(rawValue: columns.int()),
            createdAt: createdAt,
            expiresAt: columns.optionalTimestamp(),
            revokedAt: revokedAt,
            lastUsedAt: columns.optionalTimestamp()
        )
    }
}

extension Lookup where Key == UniqueID, Row == APIKey {
    static let apiKeys = Lookup(.apiKeys, by: [Column("id", .uuid) { $0.add($1) }], matching: ["id"]) { $0.id }
}

extension APIKey.Owner {
    fileprivate init(_ columns: inout Columns, _ names: Names) throws(StoreError) {
        let (participant, person) = (columns.optionalInt64(), try columns.optionalOperator())
        if let participant {
            self = .participant(try names.institution(participant))
        } else if let person {
            self = .person(person)
        } else {
            throw .unreadable("the owner of a key")
        }
    }
}
