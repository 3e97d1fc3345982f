import KizunaCrypto
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Synchronization

/// Who plays the other side in a sandbox: banks, wallets and rates inside the process, on the ordinary switch.
///
/// They call the API and are called as any bank is, only without sockets: the switch may call outside what its operator
/// allows, and no more.
final class Sandbox: SandboxPlayers {
    private let rielAcquirer: SimulatedAcquirer
    private let yenAcquirer: SimulatedAcquirer
    private let state = Mutex(State())

    private struct State {
        var wallets: [Country: SandboxWallet] = [:]
        var rates: Task<Void, Never>?
    }

    /// The name of the API inside the process.
    private static let api = "kizuna.sandbox.invalid"

    init() {
        rielAcquirer = SimulatedAcquirer(
            link: Institution.angkorAcquiring.linkKind,
            identities: Identities.next
        )
        yenAcquirer = SimulatedAcquirer(link: Institution.naniwaAcquiring.linkKind, identities: Identities.next)
    }

    /// The way from the switch to the sandbox's banks, and to everybody else's over a network.
    func client(over network: any HTTPClient) -> SandboxClient {
        let handlers: [(SandboxBank, any HTTPHandler)] = [
            (.rielWallets, SandboxMailbox()), (.yenWallets, SandboxMailbox()), (.rielAcquirer, rielAcquirer),
            (.yenAcquirer, yenAcquirer),
        ]
        var banks: [String: any HTTPHandler] = [:]
        for (bank, handler) in handlers { if let host = bank.host { banks[host] = handler } }
        return SandboxClient(banks: banks, network: network)
    }

    /// Lets the institutions join, registers their shops, and publishes rates from now on.
    ///
    /// - Parameters:
    ///   - api: the switch's API, for the institutions alone.
    ///   - network: what the institutions themselves cannot reach.
    func open(on engine: Switch, through api: KizunaAPI, _ network: any HTTPClient) async throws {
        let way = SandboxClient(banks: [Sandbox.api: api], network: network)
        var clients: [SandboxBank: SwitchClient] = [:]
        for bank in SandboxBank.allCases {
            let key = try await join(bank, engine)
            clients[bank] = SwitchClient(baseURL: "https://\(Sandbox.api)", key: key, http: way)
        }
        guard let rates = clients[.rates], let rielWay = clients[.rielWallets], let yenWay = clients[.yenWallets],
            let rielBank = clients[.rielAcquirer], let yenBank = clients[.yenAcquirer]
        else { preconditionFailure("An institution has not joined") }
        rielAcquirer.connect(rielBank)
        yenAcquirer.connect(yenBank)
        let provider = SimulatedFXProvider(client: rates, identities: Identities.next)
        try await provider.publish()
        state.withLock { state in
            state.wallets[.cambodia] = SandboxWallet(
                rielWay,
                issuer: Institution.mekongBank.rawValue,
                currency: .khr
            )
            state.wallets[.japan] = SandboxWallet(yenWay, issuer: Institution.sakuraPay.rawValue, currency: .jpy)
            state.rates = Task { await provider.run() }
        }
    }

    /// No rates any more.
    func close() { state.withLock { $0.rates }?.cancel() }

    /// - Returns: the institution's key. Its keys of former runs are known to nobody any more.
    private func join(_ bank: SandboxBank, _ engine: Switch) async throws -> String {
        let participant = bank.participant
        try await Sandbox.perform(
            .joinParticipant(participant, netDebitCaps: Institution.netDebitCaps),
            as: .operations,
            engine
        )
        try await openShops(of: bank, engine)
        if bank == .rielOffline || bank == .yenOffline {
            try await Sandbox.perform(.setParticipantStatus(participant.id, .suspended), as: .operations, engine)
        }
        let key = Sandbox.newKey()
        try await Sandbox.perform(
            .addAPIKey(AddAPIKey(participant: participant.id, digest: key.sha256)),
            as: .operations,
            engine
        )
        return key.text
    }

    /// Registers an institution's shops at the switch, and opens their accounts at the bank that plays it.
    private func openShops(of bank: SandboxBank, _ engine: Switch) async throws {
        let acquirer = bank == .yenAcquirer ? yenAcquirer : bank == .rielAcquirer ? rielAcquirer : nil
        for shop in bank.shops {
            let registration = Command.registerMerchant(shop.counter.registration)
            let caller = Caller.participant(bank.participant.id)
            guard case .merchant(let merchant) = try await Sandbox.perform(registration, as: caller, engine) else {
                continue
            }
            acquirer?.keep(merchant.id.description, paidIn: shop.country == .japan ? [.jpy] : [.khr, .usd])
        }
    }

    @discardableResult
    private static func perform(_ command: Command, as caller: Caller, _ engine: Switch) async throws -> Reply {
        try await engine.submit(Submission(caller: caller, command: command)).result.get()
    }

    private static func newKey() -> (text: String, sha256: [UInt8]) {
        var random = SystemRandom()
        return KizunaCrypto.APIKey.generate(for: .sandbox, using: &random)
    }

    // MARK: What the API asks for

    var amounts: [SandboxAmount] { MagicAmount.allCases.map(\.sandboxAmount) }

    func shops(at now: Timestamp) -> [SandboxShop] { MagicShop.allCases.map { $0.shop(at: now) } }

    func newKey() -> (text: String, sha256: [UInt8]) { Sandbox.newKey() }

    func certificate(inPEM text: String) -> (sha256: [UInt8], notAfter: Timestamp)? {
        PEM.certificate(Array(text.utf8)).map { certificate in
            (certificate.fingerprint, Timestamp(milliseconds: certificate.notAfterSeconds * 1_000))
        }
    }

    func pay(_ order: SandboxOrder) async throws(Problem) -> JSON {
        guard let wallet = state.withLock({ $0.wallets[order.country] }) else {
            throw Problem(.overloaded, "The sandbox is starting; send this again in a moment.")
        }
        do throws(SwitchProblem) {
            return try await wallet.pay(order)
        } catch {
            throw Problem(passingOn: error)
        }
    }
}

extension Problem {
    /// What the switch told a simulated wallet.
    fileprivate init(passingOn problem: SwitchProblem) {
        guard let code = ProblemCode.all.first(where: { $0.name == problem.code }) else {
            self.init(.interrupted, "The simulated wallet has no answer; send this again under the same key.")
            return
        }
        self.init(code, problem.detail)
    }
}
