import Foundation

/// A PostgreSQL server of its own for tests, in a temporary folder, reached through a socket there.
///
/// A shell in a session of its own looks after it: when this process ends, however it ends, the shell's input is closed,
/// and it stops the server and removes the folder. Nothing here has to outlive a crash of the machine, so nothing is
/// synchronised.
package final class DatabaseServer: Sendable {
    /// Says the folder and the server's programs when the server answers, or after an exclamation mark why it does not.
    /// Then it takes commands, a line each.
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
        if [ "${1-}" = archiving ]; then
            $as mkdir "$dir/archive"
            echo "archive_mode = on
                archive_command = 'cp %p $dir/archive/%f'" >>"$dir/data/postgresql.conf"
        fi
        [ "${1-}" != smallDisk ] || $as mkdir "$dir/small"
        kind=${1-}
        # The small disk is there for the server alone, and as long as it runs.
        run_server() {
            [ "$kind" = smallDisk ] || exec $as "$bin/postgres" "$@"
            exec $as unshare --user --map-root-user --mount sh -c '
                mount -t tmpfs -o size=48m tmpfs "$0" && exec unshare --user --map-user=1000 --map-group=1000 "$@"
            ' "$dir/small" "$bin/postgres" "$@"
        }
        # Says no when the server ends before it answers.
        launch() {
            run_server -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c full_page_writes=off \
                -c max_connections=300 -c shared_buffers=64MB -c autovacuum=off >>"$dir/log" 2>&1 </dev/null &
            server=$!
            tries=0
            until "$bin/pg_isready" -q -h "$dir" -U kizuna -d postgres; do
                kill -0 "$server" 2>/dev/null || { server=; return 1; }
                [ $((tries += 1)) -lt 1200 ] || fail 'the server did not answer within a minute'
                sleep 0.05
            done
        }
        # What a killed server had started ends by itself; until then the next one finds the memory in use.
        launch_again() {
            left=100
            until launch; do [ $((left -= 1)) -gt 0 ] || fail 'the server did not come back'; sleep 0.1; done
        }
        launch || fail 'the server ended'
        echo "$dir $bin"
        while read -r command; do
            case $command in
            stop) kill -QUIT "$server"; wait "$server" 2>/dev/null; server=; echo stopped ;;
            start) launch || fail 'the server ended'; echo started ;;
            crash)
                kill -KILL "$server"; wait "$server" 2>/dev/null; server=
                launch_again
                echo started
                ;;
            backup)
                $as "$bin/pg_basebackup" -h "$dir" -U kizuna -D "$dir/backup" -c fast >>"$dir/log" 2>&1 </dev/null ||
                    fail 'pg_basebackup failed'
                echo taken
                ;;
            "restore "*)
                kill -KILL "$server"; wait "$server" 2>/dev/null; server=
                rm -rf "$dir/data"; mv "$dir/backup" "$dir/data"
                echo "restore_command = 'cp $dir/archive/%f %p'
                    recovery_target_time = '${command#restore }'
                    recovery_target_action = promote" >>"$dir/data/postgresql.auto.conf"
                $as touch "$dir/data/recovery.signal"
                launch_again
                until [ "$("$bin/psql" -XAtqc 'SELECT pg_is_in_recovery()' "host=$dir user=kizuna dbname=postgres")" = f ]
                do
                    kill -0 "$server" 2>/dev/null || fail 'the server ended while it was restored'
                    sleep 0.1
                done
                echo restored
                ;;
            esac
        done
        """#

    /// How long it is waited for that the server has ended.
    private static let patience = Duration.seconds(30)

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// What a server has besides.
    package enum Kind: String, Sendable {
        case usual
        /// It keeps its whole log, so that it can be restored to a point in time.
        case archiving
        /// A disk of 48 MiB under ``smallDisk``; see ``canHaveSmallDisk``.
        case smallDisk
    }

    /// Whether this machine lets anybody mount a disk that nobody else sees (Linux's user namespaces).
    package static var canHaveSmallDisk: Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/tmp",
        ]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// Where its socket is.
    package let folder: String
    /// Where the small disk is, as the server sees it.
    package var smallDisk: String { "\(folder)/small" }
    private let programs: String
    private let shell: Process
    private let input: FileHandle
    private let output: FileHandle

    /// Starts a server, and waits until it answers.
    package init(_ kind: Kind = .usual) throws {
        shell = Process()
        shell.executableURL = URL(filePath: "/usr/bin/setsid")
        shell.arguments = ["--wait", "/bin/sh", "-c", DatabaseServer.script, "sh", kind.rawValue]
        let (input, output) = (Pipe(), Pipe())
        shell.standardInput = input
        shell.standardOutput = output
        try shell.run()
        self.input = input.fileHandleForWriting
        self.output = output.fileHandleForReading
        let words = DatabaseServer.line(of: self.output)
        let parts = words.split(separator: " ").map(String.init)
        guard words.hasPrefix("/"), parts.count == 2 else {
            throw Failure(description: "the tests' database server did not start \(words)")
        }
        (folder, programs) = (parts[0], parts[1])
    }

    deinit { end() }

    /// Stops the server for good and waits until it has gone.
    package func end() {
        try? input.close()
        let end = ContinuousClock.now.advanced(by: DatabaseServer.patience)
        while shell.isRunning, ContinuousClock.now < end { usleep(10_000) }
    }

    /// Stops the server without letting it finish anything.
    package func stop() throws { try tell("stop", expecting: "stopped") }

    /// Starts it again on what it had.
    package func start() throws { try tell("start", expecting: "started") }

    /// Kills the server alone (SIGKILL), so that nothing of it can say good-bye, and starts it again.
    package func crash() throws { try tell("crash", expecting: "started") }

    /// Takes a base backup beside whatever the server does.
    package func backUp() throws { try tell("backup", expecting: "taken") }

    /// Destroys the server and everything that it had, and makes it anew from the backup and the kept log.
    ///
    /// - Parameter moment: the point in time to which it is restored, as the server writes it.
    package func restore(to moment: String) throws { try tell("restore \(moment)", expecting: "restored") }

    private func tell(_ command: String, expecting answer: String) throws {
        try input.write(contentsOf: Data("\(command)\n".utf8))
        let words = DatabaseServer.line(of: output)
        guard words == answer else {
            throw Failure(description: "the tests' database server did not \(command) \(words)")
        }
    }

    private static func line(of output: FileHandle) -> String {
        String(decoding: output.availableData, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The URL of a database of it.
    package func url(of database: String, role: String = "kizuna") -> String {
        "postgres://\(role)@/\(database)?host=\(folder)"
    }

    /// Has the server itself run a command of the shell, in its folder of data: nobody else sees its small disk.
    package func run(_ command: String) throws {
        // What is not read of the row would break the pipe.
        try query("COPY (SELECT 1) TO PROGRAM $$cat >/dev/null; \(command)$$", in: "postgres")
    }

    /// Runs a script as the owner of everything.
    ///
    /// - Returns: the values that it brings, a row a line.
    @discardableResult
    package func query(_ script: String, in database: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "\(programs)/psql")
        process.arguments = ["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-d", url(of: database), "-c", script]
        let (output, complaint) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = complaint
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        let words = complaint.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: String(decoding: words, as: UTF8.self))
        }
        return String(decoding: answer, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
