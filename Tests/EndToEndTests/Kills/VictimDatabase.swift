import DatabaseServer
import KizunaCrypto
import KizunaPostgres
import KizunaSQLite
import KizunaSwitch

/// What is lost at once.
enum Loss: CaseIterable {
    case switchAlone
    case both
    /// The switch goes on without its database until that is back.
    case databaseAlone
}

/// Where a switch that is killed keeps its records, seen from outside its process.
protocol VictimDatabase: Sendable {
    /// What follows `--database`.
    var address: String { get }

    /// What can be lost here.
    var losses: [Loss] { get }

    /// Does to the database what a loss of power might, and lets it come back. One that lives in the switch's own process
    /// is struck while nobody has it open.
    ///
    /// - Returns: whether there was anything to do it to.
    func strike(using dice: inout SplitMix) throws -> Bool

    /// Opens the database for reading, for as long as the body runs: one that is held open is not recovered by the
    /// switch that starts next.
    func reading<Answer>(_ body: (any Store) async throws -> Answer) async throws -> Answer
}

/// A file with its log beside it. To strike it is to tear the log's end, of which nothing was acknowledged.
struct SQLiteVictim: VictimDatabase {
    let path: String

    var address: String { "sqlite:\(path)" }

    var losses: [Loss] { [.switchAlone, .both] }

    func strike(using dice: inout SplitMix) throws -> Bool {
        let tail = TornTail.allCases.randomElement(using: &dice) ?? .cutOff
        return try tail.tear(logOf: path, using: &dice)
    }

    func reading<Answer>(_ body: (any Store) async throws -> Answer) async throws -> Answer {
        try await body(try SQLiteStore(readingOnly: path, digester: OpenSSLDigester()))
    }
}

/// A server of its own. To strike it is to kill it (SIGKILL) and to start it again.
struct PostgresVictim: VictimDatabase {
    private static let database = "kizuna"

    private let server: DatabaseServer

    init() throws {
        server = try DatabaseServer()
        try server.query("CREATE DATABASE \(Self.database)", in: "postgres")
    }

    var address: String { server.url(of: Self.database) }

    var losses: [Loss] { Loss.allCases }

    func strike(using dice: inout SplitMix) throws -> Bool {
        try server.crash()
        return true
    }

    func reading<Answer>(_ body: (any Store) async throws -> Answer) async throws -> Answer {
        try await body(PostgresStore(readingOnly: ServerAddress(url: address), digester: OpenSSLDigester()))
    }
}
