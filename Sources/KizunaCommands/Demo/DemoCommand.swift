import Foundation
import KizunaPages
import KizunaPostgres
import KizunaSwitch

/// `kizuna demo`: both countries in one process, a payment each way, then the pages.
struct DemoCommand {
    let console: Console

    private static let exit = Flag(
        "--exit",
        help: "stop after the payments; status 0 only if both completed and the books balance"
    )
    private static let listen = Flag("--listen", "HOST:PORT", help: "where to serve; standard 127.0.0.1:8080")
    static let verb = Verb(
        "demo",
        summary: "Pays once in each direction, shows it, then serves until Ctrl-C.",
        flags: [exit, listen, DatabaseFlag.flag],
        examples: [
            "kizuna demo", "kizuna demo --exit", "kizuna demo --listen 127.0.0.1:9000 --database sqlite:demo.db",
        ]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.reporting(DemoCommand.verb, arguments) { arguments in
            let stops = arguments.has(DemoCommand.exit)
            let listen = try arguments.address(DemoCommand.listen) ?? (stops ? .anyFree : .standard)
            let workshop = try Workshop(database: DatabaseFlag.given(arguments))
            defer { workshop.remove() }
            let stop = StopSignal()
            let link = try await DemoLink(database: workshop.database, listen: listen)
            let page = TerminalPage(console)
            let isGood = try await Demo(link: link, page: page).payBothWays()
            if !stops {
                page.heading("Now serving")
                for (name, path) in DemoPages.addresses {
                    page.line("  \(TextWidth.padded(name, to: 13)) http://\(link.address)\(path)")
                }
                page.line("  Console       http://\(link.address)/console")
                for one in link.people.all {
                    page.line(
                        "    \("\(one.id)".padded(to: 12))\(one.password)   \(one.roles.names.joined(separator: ", "))"
                    )
                }
                page.remark("  Ctrl-C stops.")
                await stop.wait()
            }
            await link.stop()
            return isGood ? ExitStatus.done : ExitStatus.no
        }
    }
}

/// Where a demo or a benchmark keeps its database: the one it was given, or a folder that goes when it ends.
struct Workshop {
    let database: DatabaseAddress
    private let folder: URL?

    init(database: DatabaseAddress?) throws {
        if let database {
            self.database = database
            folder = nil
            return
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kizuna-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.database = .sqlite(path: folder.appendingPathComponent("kizuna.db").path)
        self.folder = folder
    }

    /// The folder that the database is in, as far as this machine knows.
    var directory: String {
        switch database {
        case .sqlite(let path): URL(fileURLWithPath: path).deletingLastPathComponent().path
        case .postgres: FileManager.default.temporaryDirectory.path
        }
    }

    /// The database's bytes on disk: SQLite's with its write-ahead log.
    func bytes() throws -> Int64 {
        switch database {
        case .sqlite(let path):
            ["", "-wal"].reduce(0) { sum, suffix in
                let size = (try? FileManager.default.attributesOfItem(atPath: path + suffix)[.size]) as? NSNumber
                return sum + (size?.int64Value ?? 0)
            }
        case .postgres(let address): try PostgresStore.size(of: address)
        }
    }

    func remove() {
        if let folder { try? FileManager.default.removeItem(at: folder) }
    }
}
