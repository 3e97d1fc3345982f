import KizunaLedger
import KizunaSwitch

/// How rows of one kind are read: a list of columns, where they come from, and what becomes of them.
struct Query<Row>: Sendable {
    let columns: String
    let source: String
    let read: @Sendable (inout Columns, Names) throws(StoreError) -> Row

    init(
        _ columns: String,
        from source: String,
        _ read: @escaping @Sendable (inout Columns, Names) throws(StoreError) -> Row
    ) {
        self.columns = columns
        self.source = source
        self.read = read
    }

    /// The rows for which an SQL condition holds.
    func statement(_ condition: String) -> Statement {
        Statement("SELECT \(columns) FROM \(source) \(condition)")
    }
}

/// Brings rows by their keys, all in one statement.
struct Lookup<Key: Hashable & Sendable, Row: Hashable & Sendable>: Sendable {
    private let statement: Statement
    private let keyColumns: [Column<Key>]
    /// The id by which the table lies in partitions, where it does.
    private let partitioned: (@Sendable (Key) -> UniqueID)?
    private let key: @Sendable (Row) -> Key
    private let read: @Sendable (inout Columns, Names) throws(StoreError) -> Row

    /// - Parameter matching: the columns of the query's source that the key columns are compared with.
    init(
        _ query: Query<Row>,
        by keyColumns: [Column<Key>],
        matching columns: [String],
        key: @escaping @Sendable (Row) -> Key
    ) {
        self.keyColumns = keyColumns
        self.key = key
        partitioned = nil
        read = query.read
        let wanted = keyColumns.indices.map { "k\($0)" }
        let conditions = zip(columns, wanted).map { "\($0) = u.\($1)" }.joined(separator: " AND ")
        statement = Statement(
            """
            SELECT \(query.columns) FROM unnest(\(ColumnText.arrays(keyColumns.map(\.type))))
                AS u(\(wanted.joined(separator: ", "))), \(query.source) WHERE \(conditions)
            """
        )
    }

    /// Brings rows of a table that lies in partitions by an id. A server opens each partition that a statement does not
    /// rule out before it has read a row, so it is told the smallest and the largest of the ids, behind the keys.
    init(
        _ statement: Statement,
        by keyColumns: [Column<Key>],
        partitionedBy id: @escaping @Sendable (Key) -> UniqueID,
        key: @escaping @Sendable (Row) -> Key,
        _ read: @escaping @Sendable (inout Columns, Names) throws(StoreError) -> Row
    ) {
        self.statement = statement
        self.keyColumns = keyColumns
        self.key = key
        self.read = read
        partitioned = id
    }

    /// - Parameter keys: at least one.
    func command(for keys: [Key], in context: WritingContext) -> PostgresCommand {
        var command = PostgresCommand(statement)
        command.parameters = Parameters(in: context)
        command.parameters.add(keyColumns, of: keys)
        if let partitioned, let (first, last) = keys.lazy.map(partitioned).bounds {
            command.parameters.add(first)
            command.parameters.add(last)
        }
        return command
    }

    /// Loads what came, and that the rest does not exist.
    func load(
        _ rows: Rows,
        for keys: [Key],
        _ names: Names,
        into transaction: inout Transaction,
        _ load: (inout Transaction, Key, Row?) -> Void
    ) throws(StoreError) {
        var missing = Set(keys)
        try rows.forEach { columns throws(StoreError) in
            let row = try read(&columns, names)
            let key = self.key(row)
            missing.remove(key)
            load(&transaction, key, row)
        }
        for key in keys where missing.contains(key) { load(&transaction, key, nil) }
    }
}

extension Sequence where Element: Comparable {
    /// The smallest and the largest; `nil` where there is none.
    fileprivate var bounds: (Element, Element)? {
        reduce(nil) { bounds, element in
            guard let (first, last) = bounds else { return (element, element) }
            return (Swift.min(first, element), Swift.max(last, element))
        }
    }
}
