import Foundation
import Synchronization

/// A PostgreSQL server in a temporary folder that can be killed. A shell looks after it: when this process ends, however
/// it ends, the shell's input is closed, and it stops the server and removes the folder.
final class PostgresProcess: Sendable {
    private static let script = #"""
        set -eu
        bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
        dir=$(mktemp -d "${TMPDIR:-/tmp}/kizuna-postgres-XXXXXX")
        server=
        trap '[ -z "$server" ] || { kill -INT "$server"; wait "$server" || true; }; rm -rf "$dir"' EXIT
        as=
        if [ "$(id -u)" = 0 ]; then
            chown postgres "$dir"
            as="setpriv --reuid=postgres --regid=postgres --clear-groups"
        fi
        cd "$dir"
        start() {
            $as "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c shared_buffers=64MB \
                >>"$dir/log" 2>&1 </dev/null &
            server=$!
            until "$bin/pg_isready" -q -h "$dir" -U kizuna -d postgres; do
                kill -0 "$server" 2>/dev/null || return 1
                sleep 0.05
            done
        }
        $as "$bin/initdb" -D "$dir/data" -U kizuna -A trust -E UTF8 --locale=C.UTF-8 >"$dir/log" 2>&1
        start
        "$bin/createdb" -h "$dir" -U kizuna kizuna
        echo "$dir"
        while read -r order; do
            kill -KILL "$server"
            wait "$server" || true
            # What it had started ends by itself; until then the next one finds the memory in use.
            until start; do sleep 0.1; done
            echo "$dir"
        done
        """#

    struct NotThere: Error {}

    let address: String
    private let input: FileHandle
    private let output: Mutex<FileHandle>

    init() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", PostgresProcess.script]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        self.input = input.fileHandleForWriting
        self.output = Mutex(output.fileHandleForReading)
        let folder = try Self.line(from: output.fileHandleForReading)
        address = "postgres://kizuna@/kizuna?host=\(folder)"
    }

    /// The shell ends with its input.
    deinit { try? input.close() }

    /// Kills the server with all its processes, and starts it again.
    func killAndStart() throws {
        try input.write(contentsOf: Data("again\n".utf8))
        _ = try output.withLock { try Self.line(from: $0) }
    }

    private static func line(from handle: FileHandle) throws -> String {
        let line = String(decoding: handle.availableData, as: UTF8.self)
        guard line.hasPrefix("/") else { throw NotThere() }
        return line.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
