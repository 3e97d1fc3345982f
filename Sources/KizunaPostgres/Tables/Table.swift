import KizunaSwitch

/// What is to become of a row: there as `row`, or gone; `stored` is what was read, `nil` where nothing was.
struct RowChange<Key: Sendable, Row: Sendable>: Sendable {
    let key: Key
    let row: Row?
    let stored: Row?
}

/// A value under its key, where the value does not bear it.
struct Keyed<Key: Hashable & Sendable, Value: Hashable & Sendable>: Sendable, Hashable {
    let key: Key
    let value: Value
}

/// A table whose rows are records: what its columns are, which of them may change, and whether rows may go.
///
/// All rows of a commit go in one statement, as arrays. A change names what the row was when it was read: where it is
/// not that any more, the commit does not take place.
struct Table<Key: Hashable & Sendable, Row: Hashable & Sendable>: Sendable {
    typealias Change = RowChange<Key, Row>

    let name: String
    private let keys: [Column<Key>]
    private let fixed: [Column<Row>]
    private let changing: [Column<Row>]
    private let isRemovable: Bool
    private let isReplaced: Bool
    private let insert: Statement
    private let update: Statement
    private let delete: Statement

    /// - Parameters:
    ///   - isReplaced: rows are written whatever stood there before; for what no decision about money rests on.
    ///   - unwritten: columns that come only to be compared by `join`.
    ///   - join: what new rows must find in other tables, as an SQL join on `u`, the rows as they come.
    init(
        _ name: String,
        keys: [Column<Key>],
        fixed: [Column<Row>] = [],
        changing: [Column<Row>] = [],
        isRemovable: Bool = false,
        isReplaced: Bool = false,
        unwritten: Set<String> = [],
        joining join: String = ""
    ) {
        self.name = name
        self.keys = keys
        self.fixed = fixed
        self.changing = changing
        self.isRemovable = isRemovable
        self.isReplaced = isReplaced
        let all = keys.map(\.name) + fixed.map(\.name) + changing.map(\.name)
        let types = keys.map(\.type) + fixed.map(\.type) + changing.map(\.type)
        let written = all.filter { !unwritten.contains($0) }
        insert = Statement(
            """
            INSERT INTO \(name) (\(written.joined(separator: ", ")))
            SELECT \(written.map { "u.\($0)" }.joined(separator: ", "))
            FROM unnest(\(ColumnText.arrays(types))) AS u(\(all.joined(separator: ", "))) \(join)
            \(isReplaced ? Table.replacing(keys, changing) : "")
            """
        )
        update = Table.updating(name, keys, changing)
        let keyList = keys.map { "u.\($0.name)" }.joined(separator: ", ")
        delete = Statement(
            """
            DELETE FROM \(name) AS t USING unnest(\(ColumnText.arrays(keys.map(\.type))))
                AS u(\(keys.map(\.name).joined(separator: ", ")))
            WHERE (\(keys.map { "t.\($0.name)" }.joined(separator: ", "))) = (\(keyList))
            """
        )
    }

    private static func replacing(_ keys: [Column<Key>], _ changing: [Column<Row>]) -> String {
        let names = keys.map(\.name).joined(separator: ", ")
        let changes = changing.map { "\($0.name) = excluded.\($0.name)" }.joined(separator: ", ")
        return "ON CONFLICT (\(names)) DO UPDATE SET \(changes)"
    }

    private static func updating(_ name: String, _ keys: [Column<Key>], _ changing: [Column<Row>]) -> Statement {
        let names = changing.map(\.name)
        let compared = changing.filter(\.isCompared)
        let columns = keys.map(\.name) + names + compared.map { "old_\($0.name)" }
        let types = keys.map(\.type) + changing.map(\.type) + compared.map(\.type)
        let conditions =
            keys.map { "t.\($0.name) = u.\($0.name)" }
            + compared.map { "t.\($0.name) IS NOT DISTINCT FROM u.old_\($0.name)" }
        return Statement(
            """
            UPDATE \(name) AS t SET \(names.map { "\($0) = u.\($0)" }.joined(separator: ", "))
            FROM unnest(\(ColumnText.arrays(types))) AS u(\(columns.joined(separator: ", ")))
            WHERE \(conditions.joined(separator: " AND "))
            """
        )
    }

    /// Adds what changes to a commit.
    func write(_ changes: [RecordTable<Key, Row>.Change], to commit: inout CommitCommands) throws(StoreError) {
        guard !changes.isEmpty else { return }
        try write(changes.map { RowChange(key: $0.key, row: $0.row, stored: $0.stored) }, to: &commit)
    }

    /// Adds what changes to a commit.
    func write(_ changes: [Change], to commit: inout CommitCommands) throws(StoreError) {
        guard !changes.isEmpty else { return }
        let added = changes.filter { $0.row != nil && ($0.stored == nil || isReplaced) }
        let changed = changes.filter { $0.row != nil && $0.stored != nil && !isReplaced }
        let removed = changes.filter { $0.row == nil && $0.stored != nil }
        let unread = changes.filter { $0.row == nil && $0.stored == nil }
        guard isRemovable || removed.isEmpty && unread.isEmpty else {
            throw .brokenRule("A row of \(name) is never removed")
        }
        guard !changing.isEmpty || changed.isEmpty else { throw .brokenRule("A row of \(name) never changes") }
        remove(removed, in: &commit)
        // Nobody asked whether there is such a row; where there is none, nothing is to be done.
        if !unread.isEmpty { commit.add(delete) { $0.add(keys, of: unread.map(\.key)) } }
        // What ends makes room for what begins: some may be there once only while they last.
        self.change(changed, in: &commit)
        add(added, to: &commit)
    }

    private func add(_ changes: [Change], to commit: inout CommitCommands) {
        let rows = changes.compactMap(\.row)
        let orphan = StoreError.brokenRule("A row of \(name) names what does not exist")
        commit.add(insert, touching: rows.count, otherwise: orphan) { parameters in
            parameters.add(keys, of: changes.map(\.key))
            parameters.add(fixed, of: rows)
            parameters.add(changing, of: rows)
        }
    }

    private func change(_ changes: [Change], in commit: inout CommitCommands) {
        commit.add(update, touching: changes.count, otherwise: .changedElsewhere(name)) { parameters in
            parameters.add(keys, of: changes.map(\.key))
            parameters.add(changing, of: changes.compactMap(\.row))
            parameters.add(changing.filter(\.isCompared), of: changes.compactMap(\.stored))
        }
    }

    private func remove(_ changes: [Change], in commit: inout CommitCommands) {
        commit.add(delete, touching: changes.count, otherwise: .changedElsewhere(name)) { parameters in
            parameters.add(keys, of: changes.map(\.key))
        }
    }
}

/// The commands of one commit, in order.
struct CommitCommands {
    let context: WritingContext
    private(set) var commands: [PostgresCommand] = []

    init(in context: WritingContext) { self.context = context }

    /// Adds a statement that must touch so many rows; nothing where that is none.
    mutating func add(
        _ statement: Statement,
        touching rows: Int,
        otherwise: StoreError,
        _ fill: (inout Parameters) -> Void
    ) {
        guard rows > 0 else { return }
        add(statement, fill)
        commands[commands.count - 1].expectation = PostgresCommand.Expectation(
            rows: rows,
            otherwise: PostgresError(otherwise)
        )
    }

    mutating func add(_ command: PostgresCommand) { commands.append(command) }

    mutating func add(_ statement: Statement, _ fill: (inout Parameters) -> Void = { _ in }) {
        var command = PostgresCommand(statement)
        command.parameters = Parameters(in: context)
        fill(&command.parameters)
        commands.append(command)
    }
}
