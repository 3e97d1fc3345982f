import Foundation
import Testing

/// A switch that is killed again and again under load, with banks that go on.
///
/// `KIZUNA_KILLS` asks for more kills than the tests have time for, and `KIZUNA_KILL_SEED` for other instants:
/// `make crash` does so.
@Suite struct KillTests {
    private static let kills = number("KIZUNA_KILLS") ?? 20
    private static let seed = number("KIZUNA_KILL_SEED") ?? 1
    /// So many kills come upon one database; then it is brought to rest, checked as a whole, and a new one begun.
    private static let killsOfOneDatabase = 50

    @Test func losesNothingThatWasAnswered() async throws {
        var toll = KillToll()
        var dice = SplitMix(seed: UInt64(Self.seed))
        while toll.kills < Self.kills {
            let folder = try TemporaryFolder()
            let siege = try await Siege(SQLiteVictim(path: folder.database))
            for _ in 0..<min(Self.killsOfOneDatabase, Self.kills - toll.kills) {
                try await siege.kill(after: .milliseconds(Int.random(in: 50...400, using: &dice)), &dice, &toll)
                Self.show(toll)
            }
            try await siege.end(&toll)
        }
        Self.clear()
        #expect(toll.answered > toll.kills)
        #expect(toll.torn > 0)
        print("\(toll), seed \(Self.seed)")
    }

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    // MARK: Progress, for who asked for many

    private static let showsProgress = ProcessInfo.processInfo.environment["KIZUNA_PROGRESS"] != nil
    private static let barWidth = 40

    private static func show(_ toll: KillToll) {
        guard showsProgress else { return }
        let done = barWidth * toll.kills / kills
        let bar = String(repeating: "█", count: done) + String(repeating: "░", count: barWidth - done)
        write("\r\(bar) \(toll.kills) of \(kills) kills, \(toll.answered) answers ")
    }

    private static func clear() {
        if showsProgress { write("\r\u{1B}[K") }
    }

    private static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

/// What came of the kills.
struct KillToll: CustomStringConvertible {
    var kills = 0
    /// How many of them had the log's tail torn as well.
    var torn = 0
    /// Payments whose answer reached the payer's bank.
    var answered = 0
    /// How often the books were verified, and right.
    var cleanBooks = 0
    /// From the start of the process until it says that it is ready.
    var restarts: [Duration] = []

    var description: String {
        let sorted = restarts.sorted()
        func time(_ percentile: Int) -> String {
            guard let last = sorted.last else { return "–" }
            let duration = percentile == 100 ? last : sorted[sorted.count * percentile / 100]
            return "\(duration / .milliseconds(1))".prefix { $0 != "." } + " ms"
        }
        return "\(kills) kills, \(torn) with a torn log: \(answered) answered payments there, none doubled; "
            + "books clean \(cleanBooks) times; ready again in p50 \(time(50)), p99 \(time(99)), at most \(time(100))"
    }
}
