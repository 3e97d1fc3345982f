import KizunaSwitch

/// The one transaction of a copy, on a connection of its own: when that is lost, so is the transaction, and nothing is
/// ever run outside of it.
///
/// Nodes cannot join meanwhile: the table of them is locked.
final class CopyTransaction {
    private var connection: Connection

    init(on address: ServerAddress, beginning begin: String) throws(PostgresError) {
        connection = try Connection.open(to: address, for: .copying)
        try connection.execute("\(begin); LOCK TABLE nodes IN SHARE MODE")
    }

    func run(_ command: PostgresCommand) throws(StoreError) -> Rows {
        do throws(PostgresError) {
            guard let rows = try connection.run([command]).last else {
                throw PostgresError(lost: "it answered nothing")
            }
            return rows
        } catch {
            throw error.error
        }
    }

    func run(_ sql: String) throws(StoreError) -> Rows { try run(PostgresCommand(Statement(sql))) }

    func execute(_ script: String) throws(StoreError) {
        do throws(PostgresError) { try connection.execute(script) } catch { throw error.error }
    }

    func number(_ sql: String) throws(StoreError) -> Int64 {
        try run(sql).first { columns in columns.int64() } ?? 0
    }

    func rowCount(of table: CopiedTable) throws(StoreError) -> Int {
        Int(try number("SELECT count(*) FROM \(table.name)"))
    }

    /// Reads a table through a cursor, so that neither side holds more than a piece.
    func forEachPiece(
        of table: CopiedTable,
        _ body: ([[CopiedValue]]) throws(StoreError) -> Void
    ) throws(StoreError) {
        let names = table.columns.map(\.name).joined(separator: ", ")
        let order = table.order.isEmpty ? "" : "ORDER BY \(table.order.joined(separator: ", "))"
        let cursor = "copied_\(table.name)"
        _ = try run("DECLARE \(cursor) NO SCROLL CURSOR FOR SELECT \(names) FROM \(table.name) \(order)")
        let fetch = PostgresCommand(Statement("FETCH \(table.rowsAtOnce) FROM \(cursor)"))
        while true {
            let rows = try run(fetch)
            guard rows.count > 0 else { break }
            let piece = try rows.all { columns throws(StoreError) in try columns.values(of: table) }
            try body(piece)
        }
        _ = try run("CLOSE \(cursor)")
    }
}

extension Columns {
    fileprivate mutating func values(of table: CopiedTable) throws(StoreError) -> [CopiedValue] {
        var values: [CopiedValue] = []
        values.reserveCapacity(table.columns.count)
        for column in table.columns {
            switch column.kind {
            case .number, .truth: values.append(optionalInt64().map { .number($0) } ?? .null)
            case .id: values.append(try optionalUniqueID().map { .id($0) } ?? .null)
            case .text: values.append(try optionalText().map { .text($0) } ?? .null)
            case .bytes: values.append(optionalBytes().map { .bytes($0) } ?? .null)
            }
        }
        return values
    }
}
