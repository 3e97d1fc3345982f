import KizunaCrypto
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import Synchronization

@testable import KizunaWeb

/// A sandbox's API without a socket, with players that pay nothing.
final class SandboxWorld: Sendable {
    let clock = ManualClock()
    let players = IdlePlayers()
    let marked: SandboxMark
    private let kizuna: KizunaAPI
    private let keys = Mutex<[String: String]>([:])

    init() throws {
        let digester = OpenSSLDigester()
        let engine = try Switch(
            store: MemoryStore(digester: digester),
            links: ScriptedLinks(),
            clock: clock,
            digester: digester,
            random: SystemRandomNumberGenerator()
        )
        kizuna = KizunaAPI(
            engine,
            lock: Lock(
                engine,
                signatures: OpenSSLSignatureChecker(),
                needsCertificates: false,
                environment: .sandbox
            ),
            signer: WritingSigner(),
            reach: .internet,
            sandbox: players
        )
        marked = SandboxMark(kizuna)
    }

    var api: KizunaAPI { kizuna }
    var document: JSON { OpenAPIDocument(of: kizuna.routes).json }

    func join(_ body: JSON, from address: String = "192.0.2.9") async -> HTTPResponse {
        await marked.respond(
            to: HTTPRequest(
                method: "POST",
                path: "/v1/sandbox/participants",
                headers: ["Content-Type": "application/json"],
                body: body.encoded,
                remoteAddress: address
            )
        )
    }

    /// The key of a bank, which joins when it is first asked for.
    func bank(_ name: String) async throws -> String {
        if let known = keys.withLock({ $0[name] }) { return known }
        let key = await join(["name": .string(name), "country": "KH"]).json.text(at: "key") ?? ""
        keys.withLock { $0[name] = key }
        return key
    }
}

/// Players that remember what they were asked for.
final class IdlePlayers: SandboxPlayers {
    private let order = Mutex<SandboxOrder?>(nil)

    var lastOrder: SandboxOrder? { order.withLock { $0 } }

    let amounts = MagicAmount.allCases.map(\.sandboxAmount)

    func shops(at now: Timestamp) -> [SandboxShop] { MagicShop.allCases.map { $0.shop(at: now) } }

    func newKey() -> (text: String, sha256: [UInt8]) {
        var random = SystemRandom()
        return KizunaCrypto.APIKey.generate(for: .sandbox, using: &random)
    }

    /// The certificates that these players know say when they end.
    func certificate(inPEM text: String) -> (sha256: [UInt8], notAfter: Timestamp)? {
        Int64(text).map { (Array(repeating: 7, count: 32), Timestamp(milliseconds: $0)) }
    }

    func pay(_ order: SandboxOrder) async throws(Problem) -> JSON {
        self.order.withLock { $0 = order }
        return [:]
    }
}
