import KizunaCommands
import KizunaLedger
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Testing

/// One database whose switch is killed and started again, while banks and payers go on.
final class Siege {
    private let database: any VictimDatabase
    private let banks: SimulatedBanks
    private let listen: String
    private var server: ServeProcess
    private let rates: Task<Void, Never>
    private let crowd: Crowd
    private var checked = 0

    init(_ database: any VictimDatabase) async throws {
        self.database = database
        let banks = try SimulatedBanks()
        let keys = try banks.join(on: database.address)
        let server = try ServeProcess(database: database.address, listen: "127.0.0.1:0")
        let provider = try await banks.connect(to: server.baseURL, keys: keys)
        listen = String(server.baseURL.dropFirst("http://".count))
        self.banks = banks
        self.server = server
        rates = Self.task { await provider.run() }
        crowd = Crowd(payingAt: banks)
    }

    private static func task(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task { await work() }
    }

    /// Kills the switch, its database, or both, waits until it is ready again, and looks after the books and after every
    /// answer that came since.
    func kill(after pause: Duration, _ dice: inout SplitMix, _ toll: inout KillToll) async throws {
        try await Task.sleep(for: pause)
        let loss = database.losses.randomElement(using: &dice) ?? .switchAlone
        toll.kills += 1
        if loss != .databaseAlone { server.kill() }
        if loss != .switchAlone, try database.strike(using: &dice) { toll.struck += 1 }
        let start = ContinuousClock.now
        if loss != .databaseAlone { server = try ServeProcess(database: database.address, listen: listen) }
        try await eventually { await isReady() }
        toll.restarts.append(start.duration(to: .now))
        try await check(&toll)
    }

    private func isReady() async -> Bool {
        (try? await banks.rielBank.look("/readyz"))?.text(at: "status") == "ready"
    }

    /// Lets everything come to its end, stops the switch as an operator would, and checks the whole.
    func end(_ toll: inout KillToll) async throws {
        await crowd.leave()
        try await database.reading { store in
            try await eventually { try store.unfinished() == 0 }
            try await eventually { try banks.creditedPayments == store.count(.completed) }
        }
        rates.cancel()
        #expect(server.terminate() == 0)
        await banks.stop()
        try await check(&toll)
        let stories = crowd.answered.map(\.story)
        try #require(Set(stories.map(\.paymentID)).count == stories.count, "a payment was answered as two")
        try await database.reading { store in
            for story in stories { try story.check(in: store, isAtRest: true) }
            let audit = try store.audited()
            try #require(audit.violations.isEmpty)
            try #require(audit.openHoldIDs.isEmpty)
        }
    }

    /// Verifies the books, and that the answers since the last time are there.
    private func check(_ toll: inout KillToll) async throws {
        let stories = crowd.answered.map(\.story)
        try await database.reading { store in
            for story in stories[checked...] { try story.check(in: store, isAtRest: false) }
        }
        toll.answered += stories.count - checked
        checked = stories.count
        let books = try Executable.json("books", "verify", "--database", database.address, "--json")
        try #require(books["ok"] == true, "after kill \(toll.kills)")
        toll.cleanBooks += 1
    }
}
