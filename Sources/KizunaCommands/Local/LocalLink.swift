import KizunaCrypto
import KizunaLedger
import KizunaPayments
import KizunaSimulation
package import KizunaSwitch
import KizunaWeb

/// The whole link in one process: the switch and the simulated banks.
package final class LocalLink: Sendable {
    package let server: SwitchServer
    package let banks: SimulatedBanks
    private let rates: Task<Void, Never>

    package init(store: any Store, listen: ListenAddress) async throws {
        let server = try SwitchServer(store: store, listen: listen, reach: .loopback)
        let banks = try SimulatedBanks()
        var keys: [Institution: String] = [:]
        for institution in Institution.allCases {
            keys[institution] = try await LocalLink.join(
                institution,
                endpoint: banks.endpoint(of: institution),
                server.engine
            )
        }
        let provider = try await banks.connect(to: "http://\(server.address)", keys: keys)
        rates = Task { await provider.run() }
        self.server = server
        self.banks = banks
    }

    /// Stops the switch first, so that its last words still reach the banks.
    package func stop() async {
        rates.cancel()
        await server.drain()
        await banks.stop()
    }

    /// Lets an institution join and gives it its key, as an operator would.
    private static func join(_ institution: Institution, endpoint: String?, _ engine: Switch) async throws -> String {
        let participant = institution.participant(endpoint: endpoint)
        try await perform(.joinParticipant(participant, netDebitCaps: Institution.netDebitCaps), engine)
        var random = SystemRandom()
        let key = KizunaCrypto.APIKey.generate(using: &random)
        try await perform(.addAPIKey(AddAPIKey(participant: participant.id, digest: key.sha256)), engine)
        return key.text
    }

    private static func perform(_ command: Command, _ engine: Switch) async throws {
        _ = try await engine.submit(Submission(caller: .operations, command: command)).result.get()
    }
}
