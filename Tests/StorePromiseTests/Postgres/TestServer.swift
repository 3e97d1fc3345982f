import Foundation
import KizunaSwitch
import Synchronization

@testable import KizunaPostgres

/// A PostgreSQL server for the whole run of the tests, in a temporary folder, reached through a socket there.
///
/// A shell in a session of its own looks after it: when this process ends, however it ends, the shell's input is closed,
/// and it stops the server and removes the folder. Nothing here has to outlive a crash, so nothing is synchronised.
final class TestServer: Sendable {
    /// Says the folder when the server answers, or after an exclamation mark why it does not.
    private static let script = #"""
        set -u
        server=
        trap '[ -z "$server" ] || { kill -INT "$server"; wait "$server"; }; [ -z "${dir-}" ] || rm -rf "$dir"' EXIT
        fail() { echo "! $1: $(tail -n 3 "${dir-/nowhere}/log" 2>/dev/null | tr '\n' ' ')"; exit 1; }
        bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
        [ -n "$bin" ] || fail 'no PostgreSQL server under /usr/lib/postgresql; scripts/deps installs one'
        as= place=${TMPDIR:-/tmp}
        if [ "$(id -u)" = 0 ]; then
            # The server refuses to run as root.
            for user in postgres nobody; do ! id "$user" >/dev/null 2>&1 || break; done
            as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups" place=/tmp
        fi
        dir=$(mktemp -d "$place/kizuna-postgres-XXXXXX") || fail "cannot make a folder in $place"
        [ -z "$as" ] || chown "$user" "$dir" || fail "cannot give a folder to $user"
        cd "$dir"
        timeout 120 $as "$bin/initdb" -D "$dir/data" -U kizuna -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
            >"$dir/log" 2>&1 </dev/null || fail 'initdb failed'
        $as "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c full_page_writes=off \
            -c max_connections=300 -c shared_buffers=64MB -c autovacuum=off >>"$dir/log" 2>&1 </dev/null &
        server=$!
        tries=0
        until "$bin/pg_isready" -q -h "$dir" -U kizuna -d postgres; do
            kill -0 "$server" 2>/dev/null || { server=; fail 'the server ended'; }
            [ $((tries += 1)) -lt 1200 ] || fail 'the server did not answer within a minute'
            sleep 0.05
        done
        echo "$dir"
        cat >/dev/null
        """#

    private static let started = Mutex<Result<TestServer, any Error>?>(nil)
    /// How long the end of this process waits for the server's.
    private static let patience = Duration.seconds(30)

    /// The run's server; the first who asks starts it.
    static func shared() throws -> TestServer {
        try started.withLock { started in
            if let started { return started }
            let server = Result { try TestServer() }
            started = server
            atexit { TestServer.started.withLock { try? $0?.get().stop() } }
            return server
        }.get()
    }

    private let folder: String
    private let shell: Process
    private let input: FileHandle
    private let made = Atomic(0)
    /// Databases that a test is done with. To empty one costs a small part of what it costs to make one.
    private let used = Mutex<[String]>([])

    private init() throws {
        shell = Process()
        shell.executableURL = URL(filePath: "/usr/bin/setsid")
        shell.arguments = ["--wait", "/bin/sh", "-c", TestServer.script]
        let (input, output) = (Pipe(), Pipe())
        shell.standardInput = input
        shell.standardOutput = output
        try shell.run()
        self.input = input.fileHandleForWriting
        let answer = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard answer.hasPrefix("/") else {
            throw StoreError(.unavailable, "The tests' database server did not start \(answer)")
        }
        folder = answer
        try execute("CREATE DATABASE kizuna_template", in: "postgres")
        try PostgresStore.migrate(address(of: "kizuna_template"))
        try execute(TestServer.keepFirstRows, in: "kizuna_template")
    }

    private func stop() {
        try? input.close()
        let end = ContinuousClock.now.advanced(by: TestServer.patience)
        while shell.isRunning, ContinuousClock.now < end { usleep(10_000) }
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

    func address(of database: String, role: String = "kizuna") throws -> ServerAddress {
        try ServerAddress(url: "postgres://\(role)@/\(database)?host=\(folder)")
    }

    /// Runs a script behind the store's back.
    func execute(_ script: String, in database: String) throws {
        let session = Session(to: try address(of: database), for: .migrating)
        do throws(PostgresError) { try session.execute(script) } catch { throw error.error }
    }
}
