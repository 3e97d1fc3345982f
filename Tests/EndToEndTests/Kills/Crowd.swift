import KizunaCommands
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Synchronization
import Testing

/// Payers who pay one payment after the other at the shops of both countries, and what their banks were told.
final class Crowd: Sendable {
    /// A payment as its payer's bank saw it, and when.
    struct Visit: Sendable {
        let story: SimulatedIssuer.Story
        let begun: ContinuousClock.Instant
        let ended: ContinuousClock.Instant
    }

    private static let payerCount = 16
    /// From where on amounts make the simulated banks misbehave: there an answer takes as long as they like, whoever is
    /// lost meanwhile.
    private static let amounts = 100..<Int64(MagicAmount.refuseClosed.rawValue)

    private let banks: SimulatedBanks
    private let visits = Mutex<[Visit]>([])
    private let problems = Mutex<[SwitchProblem]>([])
    /// When each payer who is paying right now has begun.
    private let current = Mutex<[Int: ContinuousClock.Instant]>([:])
    private let work = Mutex<Task<Void, Never>?>(nil)
    /// Told apart from a cancellation, which would break off what has begun.
    private let isLeaving = Atomic(false)

    init(payingAt banks: SimulatedBanks) {
        self.banks = banks
        work.withLock { $0 = Task { await self.pay() } }
    }

    /// Payments whose answers reached the payers' banks.
    var answered: [Visit] { visits.withLock { $0 } }

    /// What banks were told instead, after all their repeats.
    var refused: [SwitchProblem] { problems.withLock { $0 } }

    /// How many of those who pay right now had begun before a moment.
    func underWay(since moment: ContinuousClock.Instant) -> Int {
        current.withLock { $0.values.count { $0 < moment } }
    }

    /// Lets everybody finish what has begun.
    func leave() async {
        isLeaving.store(true, ordering: .relaxed)
        await work.withLock { $0 }?.value
    }

    private func pay() async {
        await withDiscardingTaskGroup { group in
            for number in 0..<Crowd.payerCount {
                group.addTask {
                    var round = 0
                    while !self.isLeaving.load(ordering: .relaxed) {
                        round += 1
                        await self.pay(number, round)
                    }
                }
            }
        }
    }

    /// - Parameter number: whose turn it is: every fourth pays from Japan.
    private func pay(_ number: Int, _ round: Int) async {
        let isJapanese = number % 4 == 0
        let bank = isJapanese ? banks.yenWallet : banks.rielBank
        let span = Int64(Crowd.amounts.count)
        let units = Crowd.amounts.lowerBound + Int64(number + round * Crowd.payerCount) % span
        // A payer for each payment: the switch's limits are per payer.
        let payer: DemoPayer = isJapanese ? .yuki : .sokhaRiel
        let account = "\(number)-\(round)"
        if let balance = bank.balance(of: payer.account)?.balance {
            bank.open(account, name: payer.name, balance: balance)
        }
        let begun = ContinuousClock.now
        current.withLock { $0[number] = begun }
        defer { current.withLock { $0[number] = nil } }
        do throws(SwitchProblem) {
            let story = try await bank.pay(
                isJapanese ? DemoShop.kizunaCafe.payload : DemoShop.kizunaShoten.payload,
                amount: isJapanese
                    ? Money(minorUnits: units * 100, currency: .khr) : Money(minorUnits: units, currency: .jpy),
                from: account
            )
            visits.withLock { $0.append(Visit(story: story, begun: begun, ended: .now)) }
        } catch {
            problems.withLock { $0.append(error) }
        }
    }
}

extension SimulatedIssuer.Story {
    /// That an answered payment is there with that answer, and one that had ended has not ended otherwise since. What
    /// fails here fails the run at once: the figures at its end are those of runs without a flaw.
    func check(in store: any Store, isAtRest: Bool) throws {
        let id = try #require(PaymentID(paymentID))
        let payment = try #require(try store.read { reader throws(StoreError) in try reader.payment(id) })
        try #require(amount(submitted, "payerDebit") == payment.price.payerDebit.description)
        try #require(submitted.text(at: "uetr") == payment.uetr.description)
        if ["success", "failure"].contains(final.text(at: "outcome")) {
            try #require(state == payment.state.name)
        } else if isAtRest {
            try #require(payment.state.isFinal)
        }
    }
}

extension SimulatedBanks {
    /// What both countries' shops have been credited with, in payments.
    var creditedPayments: Int { rielAcquirer.credited.payments + yenAcquirer.credited.payments }

    /// Lets every institution join before a switch first runs, and gives it a key.
    func join(on database: String) throws -> [Institution: String] {
        var keys: [Institution: String] = [:]
        for institution in Institution.allCases {
            let roles =
                institution.roles.contains(.issuer)
                ? "issuer" : institution.roles.contains(.acquirer) ? "acquirer" : "fx-provider"
            var arguments = [
                "participant", "add", "--id", institution.rawValue, "--name", institution.title, "--country",
                institution.country.rawValue, "--roles", roles, "--issuer-fee", "50", "--allow-http",
                "--allow-addresses", "127.0.0.0/8", "--database", database,
            ]
            // One that credits as it accepts has to be asked what became of a payment; no deadline undoes that.
            if institution.linkKind == .singlePhase { arguments += ["--link", "single-phase"] }
            if let endpoint = endpoint(of: institution) { arguments += ["--endpoint", endpoint] }
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
}

extension Store {
    func count(_ state: PaymentState) throws(StoreError) -> Int {
        try read { reader throws(StoreError) in try reader.paymentCounts() }[state, default: 0]
    }

    /// How many payments have not come to an end.
    func unfinished() throws(StoreError) -> Int {
        try read { reader throws(StoreError) in try reader.paymentCounts() }
            .filter { !$0.key.isFinal }.reduce(0) { $0 + $1.value }
    }
}
