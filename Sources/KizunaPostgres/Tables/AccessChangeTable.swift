import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Changes of who is let in. Of two people who decide at two nodes, the second finds that it is not what it was.
extension Table where Key == UniqueID, Row == AccessChange {
    static let accessChanges = Table(
        "access_changes",
        keys: [Column("id", .uuid) { $0.add($1) }],
        fixed: [
            Column("act", .int2) { $0.add($1.act) },
            Column("person", .text) { $0.add($1.subject.person?.description) },
            Column("participant", .text) { $0.add($1.subject.participant?.description) },
            Column("grants_before", .int4) { $0.add($1.grantsBefore.rawValue) },
            Column("grants", .int4) { $0.add($1.grants.rawValue) },
            Column("days", .int4) { $0.add($1.days.map { Int64($0) }) },
            Column("author", .int2) { $0.add($1.author.number) },
            Column("proposer", .text) { $0.add($1.author.person?.description) },
            Column("note", .text) { $0.add($1.note) },
            Column("created_at", .int8) { $0.add($1.createdAt) },
        ],
        changing: [
            Column("key", .uuid) { $0.add($1.key) },
            Column("approver", .text) { $0.add($1.approval?.person.description) },
            Column("approved_at", .int8) { $0.add($1.approval?.at) },
            Column("standing", .int2) { $0.add($1.standing) },
            Column("ended_at", .int8) { $0.add($1.endedAt) },
        ]
    )
}

extension Query where Row == AccessChange {
    static let accessChanges = Query(
        """
        id, act, person, participant, key, grants_before, grants, days, author, proposer, note, created_at, approver,
            approved_at, standing, ended_at
        """,
        from: "access_changes"
    ) { columns, _ throws(StoreError) in
        AccessChange(
            id: try columns.uniqueID(),
            act: try columns.value(),
            subject: try columns.subject(),
            key: try columns.optionalUniqueID(),
            grantsBefore: Grants(rawValue: columns.int()),
            grants: Grants(rawValue: columns.int()),
            days: columns.optionalInt64().map { Int($0) },
            author: try columns.author(),
            note: try columns.text(),
            createdAt: columns.timestamp(),
            approval: try columns.approval(),
            standing: try columns.value(),
            endedAt: columns.optionalTimestamp()
        )
    }
}

extension Lookup where Key == UniqueID, Row == AccessChange {
    static let accessChanges = Lookup(
        .accessChanges,
        by: [Column("id", .uuid) { $0.add($1) }],
        matching: ["id"]
    ) { $0.id }
}

extension Columns {
    fileprivate mutating func subject() throws(StoreError) -> APIKey.Owner {
        let person = try optionalOperator()
        let participant = try optionalText()
        if let person { return .person(person) }
        guard let participant, let id = ParticipantID(participant) else { throw .unreadable("whose access changes") }
        return .participant(id)
    }

    fileprivate mutating func author() throws(StoreError) -> AccessChange.Author {
        let number = int()
        guard let author = AccessChange.Author(number: number, person: try optionalOperator()) else {
            throw .unreadable("who wants a change")
        }
        return author
    }

    fileprivate mutating func approval() throws(StoreError) -> AccessChange.Approval? {
        let person = try optionalOperator()
        let at = optionalTimestamp()
        guard let person, let at else { return nil }
        return AccessChange.Approval(person: person, at: at)
    }
}
