import KizunaCommands
import KizunaCrypto
import KizunaLedger
import KizunaPayments
import KizunaPostgres
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Testing

/// Two switches before a cluster, with banks and payers who go on whatever is lost.
final class HighAvailability {
    /// Longer than Patroni takes to find another primary.
    private static let patience = Duration.seconds(60)

    private let cluster: Cluster
    private let banks: SimulatedBanks
    private var switches: [ServeProcess]
    private let rates: Task<Void, Never>
    private let crowd: Crowd
    private var checked = 0

    init() async throws {
        let cluster = try Cluster()
        let banks = try SimulatedBanks()
        let migrated = try Executable.run(["migrate", "--database", cluster.database])
        try #require(migrated.status == 0, "\(migrated.complaint)")
        let keys = try banks.join(on: cluster.database)
        switches = try cluster.switches.map { try ServeProcess(database: cluster.database, listen: $0) }
        let provider = try await banks.connect(to: cluster.front, keys: keys, patience: Self.patience)
        self.cluster = cluster
        self.banks = banks
        rates = Self.task { await provider.run() }
        crowd = Crowd(payingAt: banks)
    }

    private static func task(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task { await work() }
    }

    /// Kills the primary while the other follows it, waits until payments flow again, and lets the killed one follow.
    func losePrimary(_ report: inout FailoverReport) async throws {
        try await eventually { try cluster.isInSync }
        try await Task.sleep(for: .milliseconds(.random(in: 200...2_000)))
        let lost = ContinuousClock.now
        let server = try cluster.killPrimary()
        report.flowsAgain.primary.append(try await flow(after: lost))
        try cluster.start(server)
        try await check(&report)
    }

    /// Kills a switch, waits until the other has answered what was under way, and starts it again.
    func loseSwitch(_ number: Int, _ report: inout FailoverReport) async throws {
        try await Task.sleep(for: .milliseconds(.random(in: 200...2_000)))
        let lost = ContinuousClock.now
        switches[number].kill()
        report.flowsAgain.node.append(try await flow(after: lost))
        try await eventually { crowd.underWay(since: lost) == 0 }
        let last = crowd.answered.lazy.filter { $0.begun < lost && $0.ended > lost }.map { lost.duration(to: $0.ended) }
        report.takenOver.append(last.max() ?? .zero)
        switches[number] = try ServeProcess(database: cluster.database, listen: cluster.switches[number])
        try await check(&report)
    }

    /// Lets everything come to its end, stops the switches as an operator would, and checks the whole.
    func end(_ report: inout FailoverReport) async throws {
        await crowd.leave()
        let store = try reading()
        try await eventually { try store.unfinished() == 0 }
        try await eventually { try banks.creditedPayments == store.count(.completed) }
        rates.cancel()
        for server in switches { #expect(server.terminate() == 0) }
        await banks.stop()
        try await check(&report)
        let stories = crowd.answered.map(\.story)
        try #require(Set(stories.map(\.paymentID)).count == stories.count, "a payment was answered as two")
        for story in stories { try story.check(in: store, isAtRest: true) }
        let audit = try store.audited()
        try #require(audit.violations.isEmpty)
        try #require(audit.openHoldIDs.isEmpty)
        for problem in crowd.refused { report.refusals["\(problem.status) \(problem.code)", default: 0] += 1 }
        cluster.stop()
    }

    /// How long it took until a payment that was begun afterwards was answered.
    private func flow(after loss: ContinuousClock.Instant) async throws -> Duration {
        var first: Crowd.Visit?
        try await eventually {
            first = crowd.answered.last { $0.begun > loss && $0.story.state == "COMPLETED" }
            return first != nil
        }
        return loss.duration(to: try #require(first).ended)
    }

    private func reading() throws -> any Store {
        try PostgresStore(readingOnly: ServerAddress(url: cluster.database), digester: OpenSSLDigester())
    }

    /// Verifies the books, and that the answers since the last time are there.
    private func check(_ report: inout FailoverReport) async throws {
        let stories = crowd.answered.map(\.story)
        try await reachingDatabase {
            let store = try reading()
            for story in stories[checked...] { try story.check(in: store, isAtRest: false) }
        }
        report.answered += stories.count - checked
        checked = stories.count
        try await reachingDatabase {
            let books = try Executable.run(["books", "verify", "--database", cluster.database, "--json"])
            guard books.status != 3 else { throw StoreError(.unavailable, books.complaint) }
            try #require(books.status == 0, "\(books.output) \(books.complaint)")
        }
        report.cleanBooks += 1
    }

    /// Looks again while the database cannot be reached: payments flow as soon as one switch has reached it, and what looks
    /// on may have met the server that was lost.
    private func reachingDatabase(_ body: () throws -> Void) async throws {
        try await eventually {
            do {
                try body()
                return true
            } catch let error as StoreError where error.code == .unavailable {
                return false
            }
        }
    }
}
