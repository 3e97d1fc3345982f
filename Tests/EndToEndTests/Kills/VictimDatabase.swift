import KizunaCrypto
import KizunaSQLite
import KizunaSwitch

/// Where a switch that is killed keeps its records, seen from outside its process.
protocol VictimDatabase: Sendable {
    /// What follows `--database`.
    var address: String { get }

    /// While nobody has the database open: does to what was never acknowledged what a loss of power might.
    ///
    /// - Returns: whether there was anything to do it to.
    func tear(using dice: inout SplitMix) throws -> Bool

    /// Opens the database for reading, for as long as the body runs: one that is held open is not recovered by the
    /// switch that starts next.
    func reading<Answer>(_ body: (any Store) async throws -> Answer) async throws -> Answer
}

/// A file with its log beside it.
struct SQLiteVictim: VictimDatabase {
    let path: String

    var address: String { "sqlite:\(path)" }

    func tear(using dice: inout SplitMix) throws -> Bool {
        let tail = TornTail.allCases.randomElement(using: &dice) ?? .cutOff
        return try tail.tear(logOf: path, using: &dice)
    }

    func reading<Answer>(_ body: (any Store) async throws -> Answer) async throws -> Answer {
        try await body(try SQLiteStore(readingOnly: path, digester: OpenSSLDigester()))
    }
}
