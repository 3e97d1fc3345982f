import KizunaCrypto
import KizunaCurl
import KizunaLedger
import KizunaPages
import KizunaPayments
import KizunaSimulation
package import KizunaSwitch
import KizunaWeb

/// The whole link in one process: the switch and the simulated banks.
package final class LocalLink: Sendable {
    package let server: SwitchServer
    package let banks: SimulatedBanks
    private let rates: Task<Void, Never>
    private let clients: [CurlClient]

    package convenience init(store: any Store, listen: ListenAddress) async throws {
        try await self.init(store: store, listen: listen, guarded: nil)
    }

    /// - Parameters:
    ///   - door: how the banks' requests come in; over plain HTTP with a secret alone, unless told.
    ///   - pages: what people see beside the API; what any switch has, unless told.
    init(
        store: any Store,
        listen: ListenAddress,
        guarded door: GuardedDoor? = nil,
        pages: ((Switch, SimulatedBanks) -> [any PageSection])? = nil
    ) async throws {
        var random = SystemRandom()
        let secret = WebhookSecret.generate(using: &random)
        let banks = try SimulatedBanks(signingSecret: secret)
        let server = try SwitchServer(
            store: store,
            listen: listen,
            reach: .loopback,
            signer: SwitchSigner(master: secret),
            tls: try door?.server(),
            calls: .none,
            pages: pages.map { pages in { engine in pages(engine, banks) } }
        )
        var (keys, senders): ([Institution: String], [Institution: SigningClient]) = ([:], [:])
        var clients: [CurlClient] = []
        for institution in Institution.allCases {
            let participant = institution.participant(endpoint: banks.endpoint(of: institution))
            keys[institution] = try await LocalLink.join(participant, server.engine)
            guard let door, let sender = try await LocalLink.register(institution, at: door, server.engine) else {
                continue
            }
            senders[institution] = sender.signing
            clients.append(sender.client)
        }
        let scheme = door == nil ? "http" : "https"
        let provider = try await banks.connect(
            to: "\(scheme)://\(server.address)",
            keys: keys,
            sender: { [senders] in senders[$0] }
        )
        rates = Task { await provider.run() }
        self.server = server
        self.banks = banks
        self.clients = clients
    }

    /// The link with the demo's pages for travellers and shops.
    package static func demo(store: any Store, listen: ListenAddress) async throws -> LocalLink {
        try await LocalLink(store: store, listen: listen, pages: DemoPages.sections)
    }

    /// Stops the switch first, so that its last words still reach the banks.
    package func stop() async {
        rates.cancel()
        await server.drain()
        await banks.stop()
        for client in clients { client.shutdown() }
    }

    /// Lets an institution join and gives it its key, as an operator would.
    private static func join(_ participant: Participant, _ engine: Switch) async throws -> String {
        try await perform(.joinParticipant(participant, netDebitCaps: Institution.netDebitCaps), engine)
        var random = SystemRandom()
        let key = KizunaCrypto.APIKey.generate(using: &random)
        try await perform(.addAPIKey(AddAPIKey(participant: participant.id, digest: key.sha256)), engine)
        return key.text
    }

    /// Binds an institution's certificate and its signing key.
    private static func register(
        _ institution: Institution,
        at door: GuardedDoor,
        _ engine: Switch
    ) async throws -> (client: CurlClient, signing: SigningClient)? {
        let keys = try door.keys(of: institution)
        try await perform(.addAPIKey(keys.certificate), engine)
        guard case .apiKey(let id) = try await perform(.addAPIKey(keys.signing), engine) else { return nil }
        return door.sender(of: institution, keyID: id.description)
    }

    @discardableResult
    private static func perform(_ command: Command, _ engine: Switch) async throws -> Reply {
        try await engine.submit(Submission(caller: .operations, command: command)).result.get()
    }
}
