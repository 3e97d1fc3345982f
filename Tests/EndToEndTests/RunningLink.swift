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
import Testing

/// A folder that goes with the test.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("kizuna-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var database: String { url.appendingPathComponent("kizuna.db").path }
}

/// The whole link on SQLite for the length of a test, over real HTTP.
func withLink<Answer>(
    in folder: TemporaryFolder? = nil,
    _ body: (LocalLink) async throws -> Answer
) async throws -> Answer {
    let folder = try folder ?? TemporaryFolder()
    let store = try SQLiteStore(path: folder.database, digester: OpenSSLDigester())
    let link = try await LocalLink(store: store, listen: .anyFree)
    let answer: Answer
    do {
        answer = try await body(link)
    } catch {
        await link.stop()
        throw error
    }
    await link.stop()
    let audit = try store.audited()
    #expect(audit.violations.isEmpty)
    return answer
}

extension Store {
    /// The journal re-derived.
    func audited() throws(StoreError) -> Audit {
        try read { reader throws(StoreError) in
            var audit = Audit()
            try reader.audit(&audit)
            return audit
        }
    }

    /// The position of a participant in major units.
    func position(_ owner: String, _ currency: Currency) throws -> String {
        let owner = try #require(ParticipantID(owner))
        let accounts = try read { reader throws(StoreError) in try reader.accounts(of: owner) }
        let account = accounts.first { $0.id.role == .settlement && $0.id.currency == currency }
        return Money(minorUnits: account?.positionMinorUnits ?? 0, currency: currency).majorUnits
    }
}

extension LocalLink {
    var store: any Store { server.engine.store }

    /// Pays at one of the two shops.
    func pay(_ amount: String, _ merchant: Currency, from payer: DemoPayer) async throws -> SimulatedIssuer.Story {
        let shop = merchant == .jpy ? DemoShop.kizunaShoten : merchant == .khr ? .kizunaCafe : .klaingCafe
        let bank = merchant == .jpy ? banks.rielBank : banks.yenWallet
        let money = try Money(majorUnits: amount, currency: merchant)
        return try await bank.pay(shop.payload, amount: money, from: payer.account)
    }
}

extension LocalLink {
    /// Makes a person's key and leaves it in a file: `sokha.key`.
    func addKey(of name: String, in folder: TemporaryFolder) async throws {
        var random = SystemRandom()
        let key = KizunaCrypto.APIKey.generate(using: &random)
        let person = try #require(OperatorID(name))
        let command = Command.addAPIKey(AddAPIKey(person: person, digest: key.sha256))
        _ = try await server.engine.submit(Submission(caller: .operations, command: command)).result.get()
        try Data(key.text.utf8).write(to: folder.url.appendingPathComponent("\(name).key"))
    }

    /// Gives yen back for a payment.
    func refund(_ payment: String, _ yen: String) async throws -> JSON {
        try await banks.yenAcquirer.refund(
            payment,
            [
                "uetr": .string(Identities.next()), "amount": ["value": .string(yen), "currency": "JPY"],
                "reason": "MD06",
            ]
        )
    }
}

/// Waits until something that another process or task does has come true.
func eventually(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ isTrue: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while try await !isTrue() {
        guard ContinuousClock.now < end else { throw TimedOut(place: sourceLocation) }
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// Something did not come true within a minute.
struct TimedOut: Error {
    let place: SourceLocation
}

/// What a text in the API's JSON reads as: `53642 KHR`.
func amount(_ json: JSON, _ name: String) -> String? {
    guard let value = json.text(at: name, "value"), let currency = json.text(at: name, "currency") else { return nil }
    return "\(value) \(currency)"
}
