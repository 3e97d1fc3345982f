import KizunaLedger
import KizunaPayments
import KizunaSwitch

final class APIKeyTable {
    private let institutions: Institutions
    private let select: Statement
    private let insert: Statement
    private let update: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        select = try connection.prepare("SELECT \(APIKey.columnList) FROM api_keys WHERE id = ?")
        insert = try connection.prepare(
            "INSERT INTO api_keys (\(APIKey.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        update = try connection.prepare("UPDATE api_keys SET revoked_at = ?, last_used_at = ? WHERE id = ?")
    }

    func key(_ id: UniqueID) throws(StoreError) -> APIKey? {
        try select.first({ $0.add(id) }) { columns throws(StoreError) in try APIKey(&columns, institutions) }
    }

    func write(_ changes: [RecordTable<UniqueID, APIKey>.Change]) throws(StoreError) {
        for change in changes {
            guard let key = change.row else { throw .brokenRule("A key is revoked and never removed") }
            if change.isNew { try add(key) } else { try update(key) }
        }
    }

    private func add(_ key: APIKey) throws(StoreError) {
        let (participant, person): (Int64?, OperatorID?)
        switch key.owner {
        case .participant(let id): (participant, person) = (try institutions.numberEnrolling(id), nil)
        case .person(let id): (participant, person) = (nil, id)
        }
        try insert.run {
            $0.add(key.id)
            $0.add(participant)
            $0.add(person?.description)
            $0.add(key.digest)
            $0.add(key.createdAt)
            $0.add(key.revokedAt)
            $0.add(key.kind)
            $0.add(key.grants.rawValue)
            $0.add(key.expiresAt)
            $0.add(key.lastUsedAt)
        }
    }

    /// Writes what may change of a key.
    private func update(_ key: APIKey) throws(StoreError) {
        try update.run {
            $0.add(key.revokedAt)
            $0.add(key.lastUsedAt)
            $0.add(key.id)
        }
    }
}

extension APIKey {
    static let columnList =
        "id, participant, operator, digest, created_at, revoked_at, kind, grants, expires_at, last_used_at"

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        let id = try columns.uniqueID()
        let owner = try APIKey.Owner(&columns, institutions)
        let (digest, createdAt, revokedAt) = (columns.bytes(), columns.timestamp(), columns.optionalTimestamp())
        self.init(
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

extension APIKey.Owner {
    fileprivate init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        let (participant, person) = (columns.optionalInt64(), try columns.optionalOperator())
        if let participant {
            self = .participant(try institutions.id(participant))
        } else if let person {
            self = .person(person)
        } else {
            throw .unreadable("the owner of a key")
        }
    }
}
