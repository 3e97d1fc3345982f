import KizunaCrypto
import KizunaLedger
import KizunaWeb

/// Signs what goes to the participants, each with a secret of its own that is derived from the switch's.
struct SwitchSigner: MessageSigner {
    private let master: WebhookSecret

    init(master: WebhookSecret) { self.master = master }

    /// A signer for one run: demos, benchmarks, and switches that nobody has given a secret.
    init() {
        var random = SystemRandom()
        master = .generate(using: &random)
    }

    /// What a participant checks signatures with.
    func secret(of participant: ParticipantID) -> WebhookSecret { master.derived(for: participant.description) }

    func signature(id: String, timestampSeconds: Int64, body: [UInt8], for participant: ParticipantID) -> String {
        WebhookSignature.sign(id: id, timestampSeconds: timestampSeconds, body: body, secret: secret(of: participant))
    }
}
