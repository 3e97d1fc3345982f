import KizunaCrypto
import KizunaLedger
import KizunaSwitch
import Testing

@testable import KizunaPostgres

/// Shapes follow each other while switches serve, and none is left behind unawares.
@Suite struct MigrationTests {
    private static let digester = OpenSSLDigester()
    private let server: TestServer
    private let database: String

    init() throws {
        server = try TestServer.shared()
        database = try server.makeEmptyDatabase()
    }

    private func address() throws -> ServerAddress { try server.address(of: database) }
    private func session() throws -> Session { Session(to: try address(), for: .migrating) }

    private func version() throws -> Int {
        let session = try session()
        do throws(PostgresError) { return try DatabaseShape(on: session).version } catch { throw error.error }
    }

    /// One more step than there are, which only programs from a version on can serve on.
    private func migrate(leavingBehindBefore program: Int) throws {
        let next = Migration(
            version: try version() + 1,
            oldestProgram: program,
            sql: "ALTER TABLE kizuna.nodes ADD COLUMN more_\(program) int4;"
        )
        let session = try session()
        do throws(PostgresError) { _ = try session.migrate(by: Migration.all + [next]) } catch { throw error.error }
    }

    /// A program serves on every shape from the oldest it knows, and the database moves on beneath it.
    @Test func aProgramServesBeforeItsMigration() throws {
        #expect(try PostgresStore.migrate(address(), to: Int64(Migration.oldestShape)) == Migration.oldestShape)
        let store = try PostgresStore(address: address(), digester: Self.digester)
        #expect(try version() == Migration.oldestShape, "It does not migrate what it can serve on")
        let traffic = try RandomTraffic(store: store, seed: 41)
        try traffic.run(groups: 20)
        #expect(try PostgresStore.migrate(address()) == Migration.currentVersion)
        try traffic.run(groups: 20)
        var audit = Audit()
        try store.read { reader throws(StoreError) in try reader.audit(&audit) }
        #expect(audit.violations == [])
        #expect(
            try PostgresStore.migrate(address()) == Migration.currentVersion,
            "A second time there is nothing to do"
        )
    }

    @Test func noSwitchThatServesIsLeftBehind() async throws {
        let current = Migration.currentVersion
        var store: PostgresStore? = try PostgresStore(address: address(), digester: Self.digester)
        try await eventually { try countNodes("program = \(current)") == 1 }
        try server.execute("INSERT INTO nodes (seen_at, program) VALUES (now() + interval '1 hour', 1)", in: database)
        expectRefusal(of: current, "one of version 1 is serving")
        try server.execute("UPDATE nodes SET left_at = now() WHERE program = 1", in: database)
        try migrate(leavingBehindBefore: current)
        expectRefusal(of: current + 1, "one of version \(current) is serving")
        withExtendedLifetime(store) {}

        store = nil
        try migrate(leavingBehindBefore: current + 1)
        let error = #expect(throws: StoreError.self) { try PostgresStore(address: address(), digester: Self.digester) }
        #expect(error?.code == .notUsable && error?.message.contains("use the newer program") == true)
    }

    /// A switch that the database has left behind all the same says so, and is sent no more.
    @Test func whoIsLeftBehindIsNotReady() async throws {
        let store = try PostgresStore(address: address(), digester: Self.digester)
        try store.check()
        try server.execute("INSERT INTO migrations VALUES (1000, 1000)", in: database)
        try await eventually { (try? store.check()) == nil }
        let error = #expect(throws: StoreError.self) { try store.check() }
        #expect(error?.code == .notUsable && error?.message.contains("use the newer program") == true)
        try server.execute("DELETE FROM migrations WHERE version = 1000", in: database)
        try await eventually { (try? store.check()) != nil }
    }

    /// A step gives way to what it finds under way, and tries again.
    @Test func aMigrationWaitsForATransaction() async throws {
        try PostgresStore.migrate(address(), to: Int64(Migration.programs.version) - 1)
        let other = try session()
        try other.execute("BEGIN; LOCK TABLE nodes IN ROW EXCLUSIVE MODE")
        async let version = Task.detached { [address = try address()] in try PostgresStore.migrate(address) }.value
        try await eventually {
            let waits = "SELECT FROM pg_locks WHERE NOT granted AND relation = 'kizuna.nodes'::regclass"
            return try isThere(waits)
        }
        // It has given way once when nobody waits, although the table is still held.
        try await eventually {
            try !isThere("SELECT FROM pg_locks WHERE NOT granted AND relation = 'kizuna.nodes'::regclass")
        }
        try other.execute("COMMIT")
        #expect(try await version == Migration.currentVersion)
    }

    // MARK: Looking

    private func expectRefusal(of program: Int, _ words: String) {
        let error = #expect(throws: StoreError.self) { try migrate(leavingBehindBefore: program) }
        #expect(error?.code == .unavailable && error?.message.contains(words) == true, "\(String(describing: error))")
    }

    private func countNodes(_ condition: String) throws -> Int64 {
        try session().run(Statement("SELECT count(*) FROM nodes WHERE left_at IS NULL AND \(condition)")).firstNumber
    }

    private func isThere(_ query: String) throws -> Bool {
        try session().run(Statement("SELECT EXISTS (\(query))")).isTrue
    }

    /// Waits for what a switch does by itself within a second or two.
    private func eventually(_ isTrue: () throws -> Bool) async throws {
        for _ in 0..<3_000 {
            if try isTrue() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("It did not come true within half a minute")
    }
}
