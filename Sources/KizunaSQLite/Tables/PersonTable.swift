import KizunaPayments
import KizunaSwitch

final class PersonTable {
    private let select: Statement
    private let selectAll: Statement
    private let insert: Statement
    private let update: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        select = try connection.prepare("SELECT \(Person.columnList) FROM people WHERE id = ?")
        selectAll = try connection.prepare("SELECT \(Person.columnList) FROM people ORDER BY id")
        insert = try connection.prepare(
            "INSERT INTO people (\(Person.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        update = try connection.prepare(
            """
            UPDATE people SET roles = ?, standing = ?, password_hash = ?, authenticator_key = ?, last_step = ?,
                changed_at = ? WHERE id = ?
            """
        )
    }

    func person(_ id: OperatorID) throws(StoreError) -> Person? {
        try select.first({ $0.add(id.description) }) { columns throws(StoreError) in try Person(&columns) }
    }

    func people() throws(StoreError) -> [Person] {
        try selectAll.all { columns throws(StoreError) in try Person(&columns) }
    }

    func write(_ changes: [RecordTable<OperatorID, Person>.Change]) throws(StoreError) {
        for change in changes {
            guard let person = change.row else { throw .brokenRule("A person is suspended and never removed") }
            if change.isNew { try add(person) } else { try update(person) }
        }
    }

    private func add(_ person: Person) throws(StoreError) {
        try insert.run {
            $0.add(person.id.description)
            $0.add(person.name)
            $0.add(person.roles.rawValue)
            $0.add(person.standing)
            $0.add(person.passwordHash)
            $0.add(person.authenticatorKey)
            $0.add(person.lastStep)
            $0.add(person.createdAt)
            $0.add(person.changedAt)
        }
    }

    /// Writes what may change of a person.
    private func update(_ person: Person) throws(StoreError) {
        try update.run {
            $0.add(person.roles.rawValue)
            $0.add(person.standing)
            $0.add(person.passwordHash)
            $0.add(person.authenticatorKey)
            $0.add(person.lastStep)
            $0.add(person.changedAt)
            $0.add(person.id.description)
        }
    }
}

extension Person {
    fileprivate static let columnList =
        "id, name, roles, standing, password_hash, authenticator_key, last_step, created_at, changed_at"

    fileprivate init(_ columns: inout Columns) throws(StoreError) {
        guard let id = OperatorID(try columns.text()) else { throw .unreadable("a person's name") }
        self.init(
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
