import KizunaCrypto
import KizunaPayments
import KizunaSimulation
package import KizunaSwitch
import KizunaWeb

/// The whole link in one process: the switch and the simulated banks.
package final class LocalLink: Sendable {
    package let server: SwitchServer
    package let banks: SimulatedBanks
    private let rates: Task<Void, Never>
    private let memberships: Memberships

    package convenience init(store: any Store, listen: ListenAddress) async throws {
        try await self.init(store: store, listen: listen, guarded: nil)
    }

    /// - Parameter door: how the banks' requests come in; over plain HTTP with a secret alone, unless told.
    init(
        store: any Store,
        listen: ListenAddress,
        guarded door: GuardedDoor? = nil
    ) async throws {
        var random = SystemRandom()
        let secret = WebhookSecret.generate(using: &random)
        let banks = try SimulatedBanks(signingSecret: secret)
        var options = SwitchOptions(listen: listen, reach: .loopback)
        options.signer = SwitchSigner(master: secret)
        options.tls = try door?.server()
        options.calls = .none
        let server = try SwitchServer(store: store, options)
        let memberships = try await Memberships(of: banks, at: door) { command in
            try await server.engine.submit(Submission(caller: .operations, command: command)).result.get()
        }
        let scheme = door == nil ? "http" : "https"
        let provider = try await banks.connect(
            to: "\(scheme)://\(server.address)",
            keys: memberships.keys,
            sender: memberships.sender
        )
        rates = Task { await provider.run() }
        (self.server, self.banks, self.memberships) = (server, banks, memberships)
    }

    /// Stops the switch first, so that its last words still reach the banks.
    package func stop() async {
        rates.cancel()
        await server.drain()
        await banks.stop()
        memberships.end()
    }
}
