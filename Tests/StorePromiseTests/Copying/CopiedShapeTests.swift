import KizunaCrypto
import KizunaSwitch
import Testing

@testable import KizunaPostgres
@testable import KizunaSQLite

/// A copy names every table and column that there is: whoever adds one to a database is told here.
@Suite struct CopiedShapeTests {
    private static let copied = Dictionary(
        uniqueKeysWithValues: CopiedTable.all.map { ($0.name, Set($0.columns.map(\.name))) }
    )

    @Test func postgresHasNoOtherColumns() throws {
        let fixture = try PostgresFixture()
        let session = Session(to: try fixture.server.address(of: fixture.database), for: .reading)
        let rows = try session.run(
            KizunaPostgres.Statement(
                """
                SELECT c.relname::text, a.attname::text FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
                WHERE c.relnamespace = 'kizuna'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                    AND a.attnum > 0 AND NOT a.attisdropped
                """
            )
        )
        var shape: [String: Set<String>] = [:]
        try rows.forEach { columns throws(StoreError) in
            shape[try columns.text(), default: []].insert(try columns.text())
        }
        // What a database has for itself: its version, who shares it, and what follows from other columns.
        for own in ["migrations", "nodes", "journal_head"] { shape[own] = nil }
        shape["messages"]?.remove("node")
        shape["timers"]?.remove("node")
        shape["journal"]?.remove("is_end")
        #expect(shape == Self.copied)
    }

    @Test func sqliteHasNoOtherColumns() throws {
        let fixture = try SQLiteFixture()
        let connection = try Connection.reading(from: fixture.path)
        var shape: [String: Set<String>] = [:]
        let columns = try connection.prepare(
            "SELECT s.name, c.name FROM sqlite_schema AS s JOIN pragma_table_info(s.name) AS c WHERE s.type = 'table'"
        )
        try columns.forEach { columns throws(StoreError) in
            shape[try columns.text(), default: []].insert(try columns.text())
        }
        // The numbers that rows have here only, and the ends of holds, which are lines like others.
        shape["journal_ends"] = nil
        shape["quotes"]?.remove("number")
        shape["evidence_files"]?.remove("number")
        // An answer's parts share columns here.
        shape["idempotency"]?.remove("answer")
        shape["idempotency"]?.formUnion(["answer_id", "answer_text"])
        #expect(shape == Self.copied)
    }
}
