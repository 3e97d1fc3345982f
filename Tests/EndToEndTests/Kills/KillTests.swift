import Foundation
import Testing

/// A switch that is killed again and again under load, with banks that go on.
///
/// `KIZUNA_KILLS` asks for more kills than the tests have time for, `KIZUNA_KILL_SEED` for other instants, and
/// `KIZUNA_KILL_ENGINE` for one of the databases: `make crash` does so.
@Suite struct KillTests {
    private static let kills = number("KIZUNA_KILLS") ?? 20
    private static let seed = number("KIZUNA_KILL_SEED") ?? 1
    /// So many kills come upon one database; then it is brought to rest, checked as a whole, and a new one begun.
    private static let killsOfOneDatabase = 50

    enum Engine: String, CaseIterable {
        case sqlite, postgres
    }

    private static let engines: [Engine] = {
        guard let name = ProcessInfo.processInfo.environment["KIZUNA_KILL_ENGINE"] else { return Engine.allCases }
        guard let engine = Engine(rawValue: name) else {
            preconditionFailure("ENGINE is sqlite or postgres, not '\(name)'")
        }
        return [engine]
    }()

    @Test(arguments: engines)
    func losesNothingThatWasAnswered(engine: Engine) async throws {
        var toll = KillToll()
        var dice = SplitMix(seed: UInt64(Self.seed))
        while toll.kills < Self.kills {
            let folder = try TemporaryFolder()
            let siege =
                switch engine {
                case .sqlite: try await Siege(SQLiteVictim(path: folder.database))
                case .postgres: try await Siege(PostgresVictim())
                }
            for _ in 0..<min(Self.killsOfOneDatabase, Self.kills - toll.kills) {
                try await siege.kill(after: .milliseconds(Int.random(in: 50...400, using: &dice)), &dice, &toll)
                Self.show(toll)
            }
            try await siege.end(&toll)
        }
        Progress.clear()
        #expect(toll.answered > toll.kills)
        #expect(toll.struck > 0)
        print("\(engine): \(toll), seed \(Self.seed)")
    }

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    private static func show(_ toll: KillToll) {
        Progress.show(toll.kills, of: kills, "kills, \(toll.answered) answers")
    }
}

/// What came of the kills.
struct KillToll: CustomStringConvertible {
    var kills = 0
    /// How many of them struck the database: a log's end torn, or a server killed.
    var struck = 0
    /// Payments whose answer reached the payer's bank.
    var answered = 0
    /// How often the books were verified, and right.
    var cleanBooks = 0
    /// From the start of the process, or the return of the database, until the switch says that it is ready.
    var restarts: [Duration] = []

    var description: String {
        let sorted = restarts.sorted()
        func time(_ percentile: Int) -> String {
            guard let last = sorted.last else { return "–" }
            let duration = percentile == 100 ? last : sorted[sorted.count * percentile / 100]
            return "\(duration / .milliseconds(1))".prefix { $0 != "." } + " ms"
        }
        return "\(kills) kills, \(struck) of the database: \(answered) answered payments there, none doubled; "
            + "books clean \(cleanBooks) times; ready again in p50 \(time(50)), p99 \(time(99)), at most \(time(100))"
    }
}
