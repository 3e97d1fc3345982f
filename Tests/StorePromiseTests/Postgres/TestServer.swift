import DatabaseServer
import Foundation
import KizunaSwitch
import Synchronization

@testable import KizunaPostgres

/// One PostgreSQL server for the whole run of the tests, and databases on it.
final class TestServer: Sendable {
    private static let started = Mutex<Result<TestServer, any Error>?>(nil)

    /// The run's server; the first who asks starts it.
    static func shared() throws -> TestServer {
        try started.withLock { started in
            if let started { return started }
            let server = Result { try TestServer() }
            started = server
            atexit { TestServer.started.withLock { try? $0?.get().server.end() } }
            return server
        }.get()
    }

    private let server: DatabaseServer
    private let made = Atomic(0)
    /// Databases that a test is done with. To empty one costs a small part of what it costs to make one.
    private let used = Mutex<[String]>([])

    private init() throws {
        server = try DatabaseServer()
        try execute("CREATE DATABASE kizuna_template", in: "postgres")
        try PostgresStore.migrate(address(of: "kizuna_template"))
        try execute(TestServer.keepFirstRows, in: "kizuna_template")
    }

    // MARK: Databases

    private static let keepFirstRows = """
        CREATE SCHEMA first;
        DO $$
        DECLARE name text; has_rows bool;
        BEGIN
            FOR name IN SELECT relname FROM pg_class
                WHERE relnamespace = 'kizuna'::regnamespace AND relkind = 'r' AND NOT relispartition
            LOOP
                EXECUTE format('SELECT EXISTS (SELECT FROM kizuna.%I)', name) INTO has_rows;
                IF has_rows THEN EXECUTE format('CREATE TABLE first.%1$I AS TABLE kizuna.%1$I', name); END IF;
            END LOOP;
        END $$;
        """

    /// No trigger speaks up, and nothing refers to anything meanwhile.
    private static let startOver = """
        SET session_replication_role = replica;
        DO $$
        DECLARE name text;
        BEGIN
            FOR name IN SELECT relname FROM pg_class
                WHERE relnamespace = 'kizuna'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
            LOOP
                EXECUTE format('DELETE FROM kizuna.%I', name);
            END LOOP;
            FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'first'::regnamespace LOOP
                EXECUTE format('INSERT INTO kizuna.%1$I OVERRIDING SYSTEM VALUE TABLE first.%1$I', name);
            END LOOP;
        END $$;
        """

    /// A database in the current shape with nothing in it.
    func takeDatabase() throws -> String {
        if let name = used.withLock({ $0.popLast() }) {
            try execute(TestServer.startOver, in: name)
            return name
        }
        return try makeDatabase(from: "kizuna_template")
    }

    /// Takes back a database whose shape nobody has changed.
    func giveBack(_ name: String) { used.withLock { $0.append(name) } }

    /// A new database without any shape.
    func makeEmptyDatabase() throws -> String { try makeDatabase(from: "template1") }

    private func makeDatabase(from template: String) throws -> String {
        let name = "kizuna_\(made.add(1, ordering: .relaxed).newValue)"
        try execute("CREATE DATABASE \(name) TEMPLATE \(template)", in: "postgres")
        return name
    }

    /// - Parameter patience: how long a statement may take.
    func address(
        of database: String,
        role: String = "kizuna",
        patience: Duration = .seconds(10)
    ) throws -> ServerAddress {
        try ServerAddress(url: server.url(of: database, role: role), statementPatience: patience)
    }

    /// Runs a script behind the store's back.
    func execute(_ script: String, in database: String) throws {
        let session = Session(to: try address(of: database), for: .migrating)
        do throws(PostgresError) { try session.execute(script) } catch { throw error.error }
    }
}
