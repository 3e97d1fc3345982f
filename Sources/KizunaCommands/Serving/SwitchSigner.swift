import KizunaCrypto
import KizunaLedger
import KizunaWeb
import Synchronization

/// Signs what goes to the participants, each with a secret of its own that is derived from the switch's.
final class SwitchSigner: MessageSigner {
    /// The most derived secrets that are kept; more are derived anew.
    private static let mostKept = 10_000

    private let master: WebhookSecret
    private let derived = Mutex<[String: WebhookSecret]>([:])

    init(master: WebhookSecret) { self.master = master }

    /// A signer for one run: demos, benchmarks, and switches that nobody has given a secret.
    convenience init() {
        var random = SystemRandom()
        self.init(master: .generate(using: &random))
    }

    /// What a participant checks signatures with.
    func secret(of participant: ParticipantID) -> WebhookSecret { secret(SigningSecret(of: participant)) }

    func text(of secret: SigningSecret) -> String { self.secret(secret).text }

    func signature(id: String, timestampSeconds: Int64, body: [UInt8], with secret: SigningSecret) -> String {
        WebhookSignature.sign(id: id, timestampSeconds: timestampSeconds, body: body, secret: self.secret(secret))
    }

    private func secret(_ secret: SigningSecret) -> WebhookSecret {
        let name = secret.name
        return derived.withLock { derived in
            if let known = derived[name] { return known }
            if derived.count >= SwitchSigner.mostKept { derived = [:] }
            let new = master.derived(for: name)
            derived[name] = new
            return new
        }
    }
}
