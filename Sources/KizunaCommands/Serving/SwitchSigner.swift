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
    func secret(of participant: ParticipantID) -> WebhookSecret { secret(SigningSecret(of: participant)) }

    func text(of secret: SigningSecret) -> String { self.secret(secret).text }

    func signature(id: String, timestampSeconds: Int64, body: [UInt8], with secret: SigningSecret) -> String {
        WebhookSignature.sign(id: id, timestampSeconds: timestampSeconds, body: body, secret: self.secret(secret))
    }

    private func secret(_ secret: SigningSecret) -> WebhookSecret { master.derived(for: secret.name) }
}
