import KizunaLedger
import KizunaPayments
import KizunaSwitch

extension Table where Key == ParticipantID, Row == Participant {
    static let participants = Table(
        "participants",
        keys: [Column("number", .int4) { $0.add($1) }],
        changing: [
            Column("name", .text) { $0.add($1.name) },
            Column("country", .text) { $0.add($1.country.rawValue) },
            Column("roles", .int4) { $0.add($1.roles.rawValue) },
            Column("status", .int2) { $0.add($1.status) },
            Column("link_kind", .int2) { $0.add($1.linkKind) },
            Column("endpoint", .text) { $0.add($1.endpoint) },
            Column("issuer_fee_basis_points", .int8) { $0.add($1.issuerFeeBasisPoints) },
        ]
    )
}

extension Query where Row == Participant {
    static let participants = Query(
        "number, name, country, roles, status, link_kind, endpoint, issuer_fee_basis_points",
        from: "participants"
    ) { columns, names throws(StoreError) in
        Participant(
            id: try names.institution(columns.int64()),
            name: try columns.text(),
            country: try columns.country(),
            roles: Participant.Roles(rawValue: columns.int()),
            status: try columns.value(),
            linkKind: try columns.value(),
            endpoint: try columns.optionalText(),
            issuerFeeBasisPoints: columns.int64()
        )
    }
}

extension Lookup where Key == ParticipantID, Row == Participant {
    static let participants = Lookup(
        .participants,
        by: [Column("number", .int4) { $0.add($1) }],
        matching: ["number"]
    ) { $0.id }
}

extension Columns {
    mutating func country() throws(StoreError) -> Country {
        guard let country = Country(rawValue: try text()) else { throw .unreadable("a country") }
        return country
    }
}
