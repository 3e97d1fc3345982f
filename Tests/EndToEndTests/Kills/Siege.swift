import Foundation
import KizunaCommands
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Synchronization
import Testing

/// One database whose switch is killed and started again, while banks and payers go on.
final class Siege {
    /// What the payers' banks were told, by payment.
    private final class Answers: Sendable {
        private let stories = Mutex<[SimulatedIssuer.Story]>([])
        func add(_ story: SimulatedIssuer.Story) { stories.withLock { $0.append(story) } }
        var all: [SimulatedIssuer.Story] { stories.withLock { $0 } }
    }

    private static let payerCount = 16

    private let database: any VictimDatabase
    private let banks: SimulatedBanks
    private let listen: String
    private var server: ServeProcess
    private let rates: Task<Void, Never>
    private let load: Task<Void, Never>
    private let answers: Answers
    private var checked = 0

    init(_ database: any VictimDatabase) async throws {
        self.database = database
        let banks = try SimulatedBanks()
        let keys = try Self.join(banks, database: database.address)
        let server = try ServeProcess(database: database.address, listen: "127.0.0.1:0")
        let provider = try await banks.connect(to: server.baseURL, keys: keys)
        let answers = Answers()
        listen = String(server.baseURL.dropFirst("http://".count))
        self.banks = banks
        self.server = server
        self.answers = answers
        rates = Self.task { await provider.run() }
        load = Self.task { await Self.payers(banks, answers) }
    }

    /// Kills the switch, half of the time tears the log's tail, starts it again, and looks after the books and after
    /// every answer that came since.
    func kill(after pause: Duration, _ dice: inout SplitMix, _ toll: inout KillToll) async throws {
        try await Task.sleep(for: pause)
        server.kill()
        toll.kills += 1
        if Bool.random(using: &dice), try database.tear(using: &dice) { toll.torn += 1 }
        let start = ContinuousClock.now
        server = try ServeProcess(database: database.address, listen: listen)
        let ready = try await banks.rielBank.look("/readyz")
        toll.restarts.append(start.duration(to: .now))
        try #require(ready.text(at: "status") == "ready", "after kill \(toll.kills)")
        try await check(&toll)
    }

    /// Lets everything come to its end, stops the switch as an operator would, and checks the whole.
    func end(_ toll: inout KillToll) async throws {
        load.cancel()
        await load.value
        try await database.reading { store in
            try await eventually { try store.unfinished() == 0 }
            try await eventually { try self.credited == store.count(.completed) }
        }
        rates.cancel()
        #expect(server.terminate() == 0)
        await banks.stop()
        try await check(&toll)
        let stories = answers.all
        try #require(Set(stories.map(\.paymentID)).count == stories.count, "a payment was answered as two")
        try await database.reading { store in
            for story in stories { try self.check(story, in: store, isAtRest: true) }
            let audit = try store.audited()
            try #require(audit.violations.isEmpty)
            try #require(audit.openHoldIDs.isEmpty)
        }
    }

    private var credited: Int { banks.rielAcquirer.credited.payments + banks.yenAcquirer.credited.payments }

    /// Verifies the books, and that the answers since the last time are there.
    private func check(_ toll: inout KillToll) async throws {
        let stories = answers.all
        try await database.reading { store in
            for story in stories[checked...] { try self.check(story, in: store, isAtRest: false) }
        }
        toll.answered += stories.count - checked
        checked = stories.count
        let books = try Executable.json("books", "verify", "--database", database.address, "--json")
        try #require(books["ok"] == true, "after kill \(toll.kills)")
        toll.cleanBooks += 1
    }

    /// What fails here fails the run at once: the figures at its end are those of runs without a flaw.
    ///
    /// An answered payment is there with that answer; one that had ended has not ended otherwise since.
    private func check(_ story: SimulatedIssuer.Story, in store: any Store, isAtRest: Bool) throws {
        let id = try #require(PaymentID(story.paymentID))
        let payment = try #require(try store.read { reader throws(StoreError) in try reader.payment(id) })
        try #require(amount(story.submitted, "payerDebit") == payment.price.payerDebit.description)
        try #require(story.submitted.text(at: "uetr") == payment.uetr.description)
        if ["success", "failure"].contains(story.final.text(at: "outcome")) {
            try #require(story.state == payment.state.name)
        } else if isAtRest {
            try #require(payment.state.isFinal)
        }
    }
}

extension Siege {
    private static func task(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task { await work() }
    }

    /// Lets every institution join before the switch first runs, and gives it a key.
    private static func join(_ banks: SimulatedBanks, database: String) throws -> [Institution: String] {
        var keys: [Institution: String] = [:]
        for institution in Institution.allCases {
            let roles =
                institution.roles.contains(.issuer)
                ? "issuer" : institution.roles.contains(.acquirer) ? "acquirer" : "fx-provider"
            var arguments = [
                "participant", "add", "--id", institution.rawValue, "--name", institution.title, "--country",
                institution.country.rawValue, "--roles", roles, "--issuer-fee", "50", "--allow-http",
                "--allow-addresses",
                "127.0.0.0/8", "--database", database,
            ]
            if let endpoint = banks.endpoint(of: institution) { arguments += ["--endpoint", endpoint] }
            let joined = try Executable.run(arguments)
            #expect(joined.status == 0, "\(joined.complaint)")
            let key = try Executable.json(
                "key",
                "create",
                "--participant",
                institution.rawValue,
                "--database",
                database
            )
            keys[institution] = key.text(at: "key")
        }
        return keys
    }

    private static func payers(_ banks: SimulatedBanks, _ answers: Answers) async {
        await withDiscardingTaskGroup { group in
            for number in 0..<payerCount {
                group.addTask {
                    var units = Int64(100 + number)
                    var round = 0
                    while !Task.isCancelled {
                        round += 1
                        units += Int64(payerCount)
                        let isJapanese = number % 4 == 0
                        let bank = isJapanese ? banks.yenWallet : banks.rielBank
                        // A payer for each payment: the switch's limits are per payer, and amounts grow.
                        let payer: DemoPayer = isJapanese ? .yuki : .sokhaRiel
                        let account = "\(number)-\(round)"
                        if let balance = bank.balance(of: payer.account)?.balance {
                            bank.open(account, name: payer.name, balance: balance)
                        }
                        let story = try? await bank.pay(
                            isJapanese ? DemoShop.kizunaCafe.payload : DemoShop.kizunaShoten.payload,
                            amount: isJapanese
                                ? Money(minorUnits: units * 100, currency: .khr)
                                : Money(minorUnits: units, currency: .jpy),
                            from: account
                        )
                        if let story { answers.add(story) }
                    }
                }
            }
        }
    }
}

extension Store {
    fileprivate func count(_ state: PaymentState) throws(StoreError) -> Int {
        try read { reader throws(StoreError) in try reader.paymentCounts() }[state, default: 0]
    }

    fileprivate func unfinished() throws(StoreError) -> Int {
        try read { reader throws(StoreError) in try reader.paymentCounts() }
            .filter { !$0.key.isFinal }.reduce(0) { $0 + $1.value }
    }
}
