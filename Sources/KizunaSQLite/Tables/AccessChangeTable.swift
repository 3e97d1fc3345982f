import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Changes of who is let in, proposed and done.
final class AccessChangeTable {
    private let select: Statement
    private let selectLatest: Statement
    private let selectOpen: Statement
    private let insert: Statement
    private let update: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        let list = "SELECT \(AccessChange.columnList) FROM access_changes"
        select = try connection.prepare("\(list) WHERE id = ?")
        selectLatest = try connection.prepare("\(list) WHERE id < ? ORDER BY id DESC LIMIT ?")
        selectOpen = try connection.prepare("\(list) WHERE standing IN (1, 2) AND id < ? ORDER BY id DESC LIMIT ?")
        insert = try connection.prepare(
            """
            INSERT INTO access_changes (\(AccessChange.columnList))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        update = try connection.prepare(
            "UPDATE access_changes SET key = ?, approver = ?, approved_at = ?, standing = ?, ended_at = ? WHERE id = ?"
        )
    }

    func change(_ id: UniqueID) throws(StoreError) -> AccessChange? {
        try select.first({ $0.add(id) }) { columns throws(StoreError) in try AccessChange(&columns) }
    }

    func changes(open: Bool, before: UniqueID?, limit: Int) throws(StoreError) -> [AccessChange] {
        let place = { (parameters: inout Parameters) in
            parameters.add(before ?? UniqueID(high: .max, low: .max))
            parameters.add(max(0, limit))
        }
        if open { return try selectOpen.all(place) { columns throws(StoreError) in try AccessChange(&columns) } }
        return try selectLatest.all(place) { columns throws(StoreError) in try AccessChange(&columns) }
    }

    func write(_ changes: [RecordTable<UniqueID, AccessChange>.Change]) throws(StoreError) {
        for change in changes {
            guard let row = change.row else { throw .brokenRule("A change of access is never removed") }
            if change.isNew { try insert.run { $0.add(row) } } else { try update(row) }
        }
    }

    /// Writes what may still become of it.
    private func update(_ row: AccessChange) throws(StoreError) {
        try update.run {
            $0.add(row.key)
            $0.add(row.approval?.person.description)
            $0.add(row.approval?.at)
            $0.add(row.standing)
            $0.add(row.endedAt)
            $0.add(row.id)
        }
    }
}

extension Parameters {
    fileprivate mutating func add(_ row: AccessChange) {
        add(row.id)
        add(row.act)
        add(row.subject.person?.description)
        add(row.subject.participant?.description)
        add(row.key)
        add(row.grantsBefore.rawValue)
        add(row.grants.rawValue)
        add(row.days.map { Int64($0) })
        add(row.author.number)
        add(row.author.person?.description)
        add(row.note)
        add(row.createdAt)
        add(row.approval?.person.description)
        add(row.approval?.at)
        add(row.standing)
        add(row.endedAt)
    }
}

extension AccessChange {
    fileprivate static let columnList = """
        id, act, person, participant, key, grants_before, grants, days, author, proposer, note, created_at, approver,
        approved_at, standing, ended_at
        """

    fileprivate init(_ columns: inout Columns) throws(StoreError) {
        self.init(
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
