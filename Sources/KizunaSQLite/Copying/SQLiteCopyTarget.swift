package import KizunaSwitch

/// An empty file that everything is copied to, in one transaction.
///
/// The file keeps a journal of what was overwritten until the copy is whole, and not a log of what is new: of a file
/// that grows from nothing there is little to overwrite, so the copy needs no room but its own. A switch that opens the
/// file finds it whole or as empty as it was.
package final class SQLiteCopyTarget: CopyTarget {
    private let connection: Connection
    private let lock: FileLock
    private var insertions: [String: Insertions] = [:]

    private final class Insertions {
        let first: Statement
        let second: Statement?

        init(_ connection: borrowing Connection, _ sql: [String]) throws(StoreError) {
            first = try connection.prepare(sql[0])
            second = sql.count > 1 ? try connection.prepare(sql[1]) : nil
        }
    }

    /// Opens or creates a file and gives it its shape where it has none.
    ///
    /// - Throws: ``StoreError/Code/notUsable`` for a database of another version or one that is not empty,
    ///   ``StoreError/Code/unavailable`` when the file cannot be written or a switch has it.
    package init(path: String) throws(StoreError) {
        try requireFile(path)
        lock = try FileLock(besideDatabase: path)
        connection = try .copying(to: path)
        try connection.execute("BEGIN IMMEDIATE")
        for table in CopiedTable.all {
            let condition = table.name == "payment_counts" ? "WHERE payments > 0" : ""
            guard try connection.number("SELECT EXISTS (SELECT 1 FROM \(table.name) \(condition))") == 0 else {
                throw StoreError(.notUsable, "The file is not empty (\(table.name) has rows): copy to one that is.")
            }
        }
    }

    package func rowCount(of table: CopiedTable) throws(StoreError) -> Int { try connection.rowCount(of: table) }

    package func forEachPiece(
        of table: CopiedTable,
        _ body: ([[CopiedValue]]) throws(StoreError) -> Void
    ) throws(StoreError) {
        try connection.forEachPiece(of: table, body)
    }

    package func add(_ rows: [[CopiedValue]], to table: CopiedTable) throws(StoreError) {
        let insertions = try insertions(into: table)
        for row in rows {
            try insertions.first.run { $0.add(row) }
            try insertions.second?.run { $0.add(row) }
        }
    }

    private func insertions(into table: CopiedTable) throws(StoreError) -> Insertions {
        if let known = insertions[table.name] { return known }
        let prepared = try Insertions(connection, CopiedForm(of: table).insertions)
        insertions[table.name] = prepared
        return prepared
    }

    package func commit() throws(StoreError) {
        insertions = [:]
        try connection.execute("COMMIT; PRAGMA journal_mode = WAL")
    }
}

extension Connection {
    /// The room for pages in memory, in KiB: there is one commit, at the end, and random keys fall on all pages.
    private static let copyCacheKiB = 65_536

    /// Opens a connection for ``SQLiteCopyTarget``.
    fileprivate static func copying(to path: String) throws(StoreError) -> Connection {
        let connection = try Connection(path: path, for: .checkpointing)
        connection.waitForLocks(.seconds(1))
        let state = try DatabaseState(of: connection)
        switch state {
        case .empty, .version(Migration.currentVersion): break
        case .version:
            throw StoreError(.notUsable, "The file is of an older version: run 'kizuna migrate' on it first.")
        }
        try connection.execute(
            """
            PRAGMA page_size = \(pageBytes); PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE;
            \(trustNothing) PRAGMA cache_size = -\(copyCacheKiB);
            """
        )
        try connection.migrate(from: state)
        return connection
    }
}

extension Parameters {
    fileprivate mutating func add(_ row: [CopiedValue]) {
        for value in row {
            switch value {
            case .null: addNull()
            case .number(let number): add(number)
            case .id(let id): add(id)
            case .text(let text): add(text)
            case .bytes(let bytes): add(bytes)
            }
        }
    }
}
