package import KizunaSwitch

/// A file that no switch serves on, seen as it was at one moment, for a copy.
package final class SQLiteCopySource: CopySource {
    private let connection: Connection
    private let lock: FileLock

    /// - Throws: ``StoreError/Code/notUsable`` for what is no database of this version, ``StoreError/Code/unavailable``
    ///   when a switch has it.
    package init(path: String) throws(StoreError) {
        connection = try .reading(from: path)
        lock = try FileLock(besideDatabase: path)
        try connection.execute("BEGIN")
    }

    package func rowCount(of table: CopiedTable) throws(StoreError) -> Int { try connection.rowCount(of: table) }

    package func forEachPiece(
        of table: CopiedTable,
        _ body: ([[CopiedValue]]) throws(StoreError) -> Void
    ) throws(StoreError) {
        try connection.forEachPiece(of: table, body)
    }
}
