import KizunaLedger
import KizunaSwitch

/// Projects that ask the Bakong facade, the keys of its tokens, and its links.
final class BakongTables {
    private let selectProject: Statement
    private let upsertProject: Statement
    private let deleteProject: Statement
    private let selectKey: Statement
    private let insertKey: Statement
    private let deleteKey: Statement
    private let selectLink: Statement
    private let insertLink: Statement
    private let deleteLink: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        selectProject = try connection.prepare(
            "SELECT \(BakongProject.columnList) FROM bakong_projects WHERE email = ?"
        )
        upsertProject = try connection.prepare(
            "INSERT OR REPLACE INTO bakong_projects (\(BakongProject.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        deleteProject = try connection.prepare("DELETE FROM bakong_projects WHERE email = ?")
        selectKey = try connection.prepare("SELECT \(BakongKey.columnList) FROM bakong_keys WHERE number = ?")
        insertKey = try connection.prepare("INSERT INTO bakong_keys (\(BakongKey.columnList)) VALUES (?, ?, ?)")
        deleteKey = try connection.prepare("DELETE FROM bakong_keys WHERE number = ?")
        selectLink = try connection.prepare("SELECT \(DeepLink.columnList) FROM deep_links WHERE id = ?")
        insertLink = try connection.prepare(
            "INSERT INTO deep_links (\(DeepLink.columnList)) VALUES (?, ?, ?, ?, ?, ?)"
        )
        deleteLink = try connection.prepare("DELETE FROM deep_links WHERE id = ?")
    }

    func project(_ email: String) throws(StoreError) -> BakongProject? {
        try selectProject.first({ $0.add(email) }) { columns throws(StoreError) in try BakongProject(&columns) }
    }

    func key(_ number: Int) throws(StoreError) -> BakongKey? {
        try selectKey.first({ $0.add(number) }) { columns in BakongKey(&columns) }
    }

    func link(_ id: UniqueID) throws(StoreError) -> DeepLink? {
        try selectLink.first({ $0.add(id) }) { columns throws(StoreError) in try DeepLink(&columns) }
    }

    func write(_ changes: [RecordTable<String, BakongProject>.Change]) throws(StoreError) {
        for change in changes {
            if let row = change.row {
                try upsertProject.run { $0.add(row) }
            } else {
                try deleteProject.run { $0.add(change.key) }
            }
        }
    }

    func write(_ changes: [RecordTable<Int, BakongKey>.Change]) throws(StoreError) {
        for change in changes {
            if let row = change.row {
                try insertKey.run {
                    $0.add(row.number)
                    $0.add(row.secret)
                    $0.add(row.createdAt)
                }
            } else {
                try deleteKey.run { $0.add(change.key) }
            }
        }
    }

    func write(_ changes: [RecordTable<UniqueID, DeepLink>.Change]) throws(StoreError) {
        for change in changes {
            if let row = change.row {
                try insertLink.run { $0.add(row) }
            } else {
                try deleteLink.run { $0.add(change.key) }
            }
        }
    }
}

extension Parameters {
    fileprivate mutating func add(_ row: BakongProject) {
        add(row.email)
        add(Int64(bitPattern: row.id))
        add(row.organisation)
        add(row.name)
        add(row.createdAt)
        add(row.standing)
        if let digest = row.codeDigest { add(digest) } else { addNull() }
    }

    fileprivate mutating func add(_ row: DeepLink) {
        add(row.id)
        add(row.payload)
        add(row.source?.appName)
        add(row.source?.iconURL)
        add(row.source?.callback)
        add(row.expiresAt)
    }
}

extension BakongProject {
    static let columnList = "email, id, organisation, name, created_at, standing, code_digest"

    init(_ columns: inout Columns) throws(StoreError) {
        let email = try columns.text()
        self.init(
            id: UInt64(bitPattern: columns.int64()),
            email: email,
            organisation: try columns.text(),
            name: try columns.text(),
            createdAt: columns.timestamp(),
            standing: try columns.value(),
            codeDigest: columns.optionalBytes()
        )
    }
}

extension BakongKey {
    static let columnList = "number, secret, created_at"

    init(_ columns: inout Columns) {
        self.init(number: columns.int(), secret: columns.bytes(), createdAt: columns.timestamp())
    }
}

extension DeepLink {
    static let columnList = "id, payload, app_name, icon_url, callback, expires_at"

    init(_ columns: inout Columns) throws(StoreError) {
        let (id, payload) = (try columns.uniqueID(), try columns.text())
        let (name, icon, callback) = (
            try columns.optionalText(), try columns.optionalText(), try columns.optionalText()
        )
        var source: Source?
        if let name, let icon, let callback { source = Source(appName: name, iconURL: icon, callback: callback) }
        self.init(id: id, payload: payload, source: source, expiresAt: columns.timestamp())
    }
}
