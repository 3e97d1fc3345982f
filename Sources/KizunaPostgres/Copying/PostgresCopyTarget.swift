import KizunaLedger
package import KizunaSwitch

/// An empty database that everything is copied to, in one transaction. The role must own the tables.
///
/// Outbox and timers come to belong to a node that has left, so that the first switch to serve takes them over.
package final class PostgresCopyTarget: CopyTarget {
    private let transaction: CopyTransaction
    /// The node that left the copied work behind.
    private let node: Int64
    private var insertions: [String: Statement] = [:]
    /// Days of ids whose months have a partition.
    private var days: Set<Int64> = []

    /// Opens a database and gives it its shape where it has none.
    ///
    /// - Throws: ``StoreError/Code/notUsable`` for a database of another version or one that is not empty.
    package init(_ address: ServerAddress) throws(StoreError) {
        let session = Session(to: address, for: .copying)
        do throws(PostgresError) {
            if try DatabaseShape(on: session).version == 0 { _ = try session.migrate() }
            guard try DatabaseShape(on: session).isCurrent() else { throw PostgresError(.wrongShapeToCopy) }
            try session.waitForSwitchesToLeave()
            transaction = try CopyTransaction(on: address, beginning: "BEGIN")
        } catch {
            throw error.error
        }
        try transaction.requireEmpty()
        node = try transaction.number("INSERT INTO nodes (left_at) VALUES (clock_timestamp()) RETURNING number")
    }

    package func rowCount(of table: CopiedTable) throws(StoreError) -> Int { try transaction.rowCount(of: table) }

    package func forEachPiece(
        of table: CopiedTable,
        _ body: ([[CopiedValue]]) throws(StoreError) -> Void
    ) throws(StoreError) {
        try transaction.forEachPiece(of: table, body)
    }

    package func add(_ rows: [[CopiedValue]], to table: CopiedTable) throws(StoreError) {
        if table.name == "journal" { try makeMonths(of: rows, in: table) }
        let statement = insertions[table.name] ?? Statement(insertion(into: table))
        insertions[table.name] = statement
        var command = PostgresCommand(statement)
        for (place, column) in table.columns.enumerated() {
            command.parameters.addArray(of: PostgresType(column.kind), count: rows.count) { elements in
                for row in rows { elements.add(row[place]) }
            }
        }
        _ = try transaction.run(command)
    }

    package func commit() throws(StoreError) {
        try transaction.execute(
            """
            UPDATE journal_head AS h SET number = g.number, next_position = g.first_position + g.line_count,
                digest = g.digest FROM (SELECT * FROM journal_groups ORDER BY number DESC LIMIT 1) AS g;
            SELECT setval('account_numbers', max(number) / 1000) FROM accounts HAVING count(*) > 0;
            SELECT setval(pg_get_serial_sequence('institutions', 'number'), max(number)) FROM institutions
                HAVING count(*) > 0;
            COMMIT
            """
        )
    }

    /// The statement that adds rows, an array a column.
    private func insertion(into table: CopiedTable) -> String {
        let names = table.columns.map(\.name)
        var (written, values) = (names, names.map { "u.\($0)" })
        var conflict = ""
        switch table.name {
        case "messages", "timers":
            written.append("node")
            values.append("\(node)")
        case "journal":
            written.append("is_end")
            values.append("u.kind > 2")
        case "payment_counts": conflict = "ON CONFLICT (state) DO UPDATE SET payments = excluded.payments"
        default: break
        }
        return """
            INSERT INTO \(table.name) (\(written.joined(separator: ", "))) OVERRIDING SYSTEM VALUE
            SELECT \(values.joined(separator: ", "))
            FROM unnest(\(ColumnText.arrays(table.columns.map { PostgresType($0.kind) })))
                AS u(\(names.joined(separator: ", "))) \(conflict)
            """
    }
}

// MARK: - The journal's months

extension PostgresCopyTarget {
    private static let secondsPerDay: Int64 = 86_400
    /// The days of the years 2020 to 2099. Ids of other days were not made by a clock; their lines go where lines of no
    /// month go.
    private static let days: Range<Int64> = 18_262..<47_482

    /// Makes the partitions that lines belong to, before the first of them comes.
    private func makeMonths(of rows: [[CopiedValue]], in table: CopiedTable) throws(StoreError) {
        guard let place = table.place(of: "transaction_id") else { return }
        for row in rows {
            guard case .id(let id) = row[place] else { continue }
            let day = Int64(id.high >> 16) / 1_000 / Self.secondsPerDay
            guard Self.days ~= day, days.insert(day).inserted else { continue }
            try makeMonth(of: day)
        }
    }

    private func makeMonth(of day: Int64) throws(StoreError) {
        try transaction.execute(
            """
            DO $$
            DECLARE
                month timestamp := date_trunc('month', to_timestamp(\(day * Self.secondsPerDay)) AT TIME ZONE 'UTC');
                partition text := to_char(month, '"journal_"YYYY_MM');
            BEGIN
                IF to_regclass('kizuna.' || partition) IS NULL THEN
                    EXECUTE format('CREATE TABLE kizuna.%I PARTITION OF kizuna.journal FOR VALUES FROM (%L) TO (%L)',
                        partition, kizuna.first_id(month), kizuna.first_id(month + interval '1 month'));
                END IF;
            END $$
            """
        )
    }
}

extension CopyTransaction {
    /// A database just made has counts of nothing, and no other rows.
    fileprivate func requireEmpty() throws(StoreError) {
        for table in CopiedTable.all {
            let condition = table.name == "payment_counts" ? "WHERE payments > 0" : ""
            guard try number("SELECT count(*) FROM (SELECT FROM \(table.name) \(condition) LIMIT 1) AS t") == 0 else {
                throw .targetIsNotEmpty(table.name)
            }
        }
    }
}

extension StoreError {
    fileprivate static func targetIsNotEmpty(_ table: String) -> StoreError {
        StoreError(.notUsable, "The PostgreSQL database is not empty (\(table) has rows): copy to one that is.")
    }
}

extension PostgresType {
    fileprivate init(_ kind: CopiedColumn.Kind) {
        switch kind {
        case .number: self = .int8
        case .truth: self = .bool
        case .id: self = .uuid
        case .text: self = .text
        case .bytes: self = .bytea
        }
    }
}

extension ArrayElements {
    fileprivate mutating func add(_ value: CopiedValue) {
        switch value {
        case .null: addNull()
        case .number(let number): add(number)
        case .id(let id): add(id)
        case .text(let text): add(text)
        case .bytes(let bytes): add(bytes)
        }
    }
}
