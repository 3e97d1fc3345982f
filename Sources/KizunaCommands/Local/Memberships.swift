import KizunaCrypto
import KizunaCurl
import KizunaLedger
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// What the invented institutions show at a switch's door, once they have joined it.
struct Memberships {
    /// Each one's secret.
    private(set) var keys: [Institution: String] = [:]
    private var senders: [Institution: SigningClient] = [:]
    private var clients: [CurlClient] = []

    /// Lets every institution join and gives it its key, as an operator would; where the door wants more, its certificate
    /// and its signing key are bound as well.
    ///
    /// - Parameter perform: has the switch do something as its operator.
    init(
        of banks: SimulatedBanks,
        at door: GuardedDoor? = nil,
        perform: (Command) async throws -> Reply
    ) async throws {
        for institution in Institution.allCases {
            let participant = institution.participant(endpoint: banks.endpoint(of: institution))
            _ = try await perform(.joinParticipant(participant, netDebitCaps: Institution.netDebitCaps))
            var random = SystemRandom()
            let key = KizunaCrypto.APIKey.generate(using: &random)
            _ = try await perform(.addAPIKey(AddAPIKey(participant: participant.id, digest: key.sha256)))
            keys[institution] = key.text
            guard let door else { continue }
            let shown = try door.keys(of: institution)
            _ = try await perform(.addAPIKey(shown.certificate))
            guard case .apiKey(let id) = try await perform(.addAPIKey(shown.signing)),
                let sender = door.sender(of: institution, keyID: id.description)
            else { continue }
            senders[institution] = sender.signing
            clients.append(sender.client)
        }
    }

    /// How each sends its requests, as ``SimulatedBanks`` wants it.
    var sender: SimulatedBanks.Sender { { [senders] in senders[$0] } }

    /// Closes what they send by.
    func end() {
        for client in clients { client.shutdown() }
    }
}
