package import KizunaCrypto
import KizunaCurl
import KizunaMicrohttpd
import KizunaMoney
package import KizunaSimulation
package import KizunaSwitch
package import KizunaWeb

/// The banks of both countries, each behind an HTTP server of its own, and the rates between them.
///
/// They are simulated; the way between them and the switch is the one that a real bank would use.
package final class SimulatedBanks: Sendable {
    package let rielBank = SimulatedIssuer(identities: Identities.next)
    package let yenWallet = SimulatedIssuer(identities: Identities.next)
    package let rielAcquirer = SimulatedAcquirer(
        link: Institution.angkorAcquiring.linkKind,
        identities: Identities.next
    )
    package let yenAcquirer = SimulatedAcquirer(link: Institution.naniwaAcquiring.linkKind, identities: Identities.next)
    private let servers: [Institution: MicrohttpdServer]
    private let client: CurlClient

    /// - Parameters:
    ///   - signingSecret: the switch's: the banks listen to nobody else. Without it they believe whoever calls.
    ///   - clock: what the banks go by; the machine's, unless told otherwise.
    package init(signingSecret: WebhookSecret? = nil, clock: (any KizunaSwitch.Clock)? = nil) throws {
        let signer = signingSecret.map { SwitchSigner(master: $0) }
        client = CurlClient(reach: .loopback)
        var servers: [Institution: MicrohttpdServer] = [:]
        let handlers: [(Institution, any HTTPHandler)] = [
            (.mekongBank, rielBank), (.sakuraPay, yenWallet), (.angkorAcquiring, rielAcquirer),
            (.naniwaAcquiring, yenAcquirer),
        ]
        for (institution, bank) in handlers {
            let secret = signer?.secret(of: institution.id)
            let handler = secret.map { SignedMessages(secret: $0, clock: clock, to: bank) as any HTTPHandler } ?? bank
            servers[institution] = try MicrohttpdServer(
                listen: "127.0.0.1",
                port: 0,
                limits: ServerLimits(),
                handler: handler
            )
        }
        self.servers = servers
    }

    /// Where the switch reaches an institution; none for those that only call.
    package func endpoint(of institution: Institution) -> String? {
        servers[institution].map { "http://127.0.0.1:\($0.port)" }
    }

    /// How an institution's requests to the switch are sent: by the banks' common client, unless it has its own.
    package typealias Sender = @Sendable (Institution) -> (any HTTPClient)?

    /// Gives every bank its key to the switch, registers the shops, opens the payers' accounts, publishes rates.
    ///
    /// - Parameter patience: how long a bank repeats a request that was not answered.
    /// - Returns: the provider, so that its rates can be kept fresh.
    package func connect(
        to baseURL: String,
        keys: [Institution: String],
        patience: Duration = SwitchClient.usualPatience,
        sender: @escaping Sender = { _ in nil }
    ) async throws -> SimulatedFXProvider {
        let way = { (institution: Institution) in
            SwitchClient(
                baseURL: baseURL,
                key: keys[institution] ?? "",
                http: sender(institution) ?? self.client,
                patience: patience
            )
        }
        rielBank.connect(way(.mekongBank))
        yenWallet.connect(way(.sakuraPay))
        rielAcquirer.connect(way(.angkorAcquiring))
        yenAcquirer.connect(way(.naniwaAcquiring))
        _ = try await yenAcquirer.register(DemoShop.kizunaShoten.registration)
        _ = try await rielAcquirer.register(DemoShop.kizunaCafe.registration)
        _ = try await rielAcquirer.register(DemoShop.klaingCafe.registration)
        try openAccounts()
        let provider = SimulatedFXProvider(client: way(.tonleFX), identities: Identities.next)
        try await provider.publish()
        return provider
    }

    private func openAccounts() throws {
        for (payer, bank, balance) in [
            (DemoPayer.sokhaRiel, rielBank, try Money(majorUnits: "50000000000", currency: .khr)),
            (DemoPayer.sokhaDollars, rielBank, try Money(majorUnits: "10000000", currency: .usd)),
            (DemoPayer.yuki, yenWallet, try Money(majorUnits: "2000000000", currency: .jpy)),
        ] {
            bank.open(payer.account, name: payer.name, balance: balance)
        }
    }

    package func stop() async {
        for server in servers.values { await server.stop() }
        client.shutdown()
    }
}
