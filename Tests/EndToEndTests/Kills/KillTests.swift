import Foundation
import KizunaCommands
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSQLite
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Synchronization
import Testing

/// A switch that is killed again and again under load, with banks that go on.
@Suite struct KillTests {
    /// What the payers' banks were told, by payment.
    final class Answers: Sendable {
        private let stories = Mutex<[SimulatedIssuer.Story]>([])
        func add(_ story: SimulatedIssuer.Story) { stories.withLock { $0.append(story) } }
        var all: [SimulatedIssuer.Story] { stories.withLock { $0 } }
    }

    static let kills = 20

    @Test func losesNothingThatWasAnswered() async throws {
        let folder = try TemporaryFolder()
        let banks = try SimulatedBanks()
        let keys = try Self.join(banks, database: folder.database)
        var server = try ServeProcess(database: folder.database, listen: "127.0.0.1:0")
        let listen = String(server.baseURL.dropFirst("http://".count))
        let provider = try await banks.connect(to: server.baseURL, keys: keys)
        let rates = Task { await provider.run() }
        let answers = Answers()
        let load = Task { await Self.payers(banks, answers) }

        for _ in 0..<Self.kills {
            try await Task.sleep(for: .milliseconds(Int.random(in: 50...400)))
            server.kill()
            server = try ServeProcess(database: folder.database, listen: listen)
        }
        load.cancel()
        await load.value
        let store = try SQLiteStore(readingOnly: folder.database, digester: OpenSSLDigester())
        try await eventually { try store.unfinished() == 0 }
        try await eventually { try banks.credited == store.count(.completed) }
        rates.cancel()
        #expect(server.terminate() == 0)
        await banks.stop()
        try Self.check(answers.all, banks, store)
        let books = try Executable.json("books", "verify", "--database", "sqlite:\(folder.database)", "--json")
        #expect(books["ok"] == true)
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
                "--allow-addresses", "127.0.0.0/8", "--database",
                "sqlite:\(database)",
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
                "sqlite:\(database)"
            )
            keys[institution] = key.text(at: "key")
        }
        return keys
    }

    private static func payers(_ banks: SimulatedBanks, _ answers: Answers) async {
        await withDiscardingTaskGroup { group in
            for number in 0..<16 {
                group.addTask {
                    var units = Int64(100 + number)
                    while !Task.isCancelled {
                        units += 16
                        let isJapanese = number % 4 == 0
                        let bank = isJapanese ? banks.yenWallet : banks.rielBank
                        let story = try? await bank.pay(
                            isJapanese ? DemoShop.kizunaCafe.payload : DemoShop.kizunaShoten.payload,
                            amount: isJapanese
                                ? Money(minorUnits: units * 100, currency: .khr)
                                : Money(minorUnits: units, currency: .jpy),
                            from: isJapanese ? DemoPayer.yuki.account : DemoPayer.sokhaRiel.account
                        )
                        if let story { answers.add(story) }
                    }
                }
            }
        }
    }

    /// Every answered payment is there with that answer; both sides settled the same payments.
    private static func check(
        _ stories: [SimulatedIssuer.Story],
        _ banks: SimulatedBanks,
        _ store: SQLiteStore
    ) throws {
        #expect(stories.count > kills)
        #expect(Set(stories.map(\.paymentID)).count == stories.count)
        for story in stories {
            let id = try #require(PaymentID(story.paymentID))
            let payment = try #require(try store.read { reader throws(StoreError) in try reader.payment(id) })
            #expect(amount(story.submitted, "payerDebit") == payment.price.payerDebit.description)
            #expect(story.submitted.text(at: "uetr") == payment.uetr.description)
            if ["success", "failure"].contains(story.final.text(at: "outcome")) {
                #expect(story.state == payment.state.name)
            }
        }
        let audit = try store.audited()
        #expect(audit.violations.isEmpty)
        #expect(audit.openHoldIDs.isEmpty)
    }
}

extension SimulatedBanks {
    fileprivate var credited: Int { rielAcquirer.credited.payments + yenAcquirer.credited.payments }
}

extension SQLiteStore {
    fileprivate func count(_ state: PaymentState) throws -> Int {
        try read { reader throws(StoreError) in try reader.paymentCounts() }[state, default: 0]
    }

    fileprivate func unfinished() throws -> Int {
        try read { reader throws(StoreError) in try reader.paymentCounts() }
            .filter { !$0.key.isFinal }.reduce(0) { $0 + $1.value }
    }
}
