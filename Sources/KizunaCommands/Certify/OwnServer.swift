import KizunaCertification
import KizunaCrypto
import KizunaLedger
import KizunaPayments
import KizunaWeb

/// A bank that tries its own server, without the switch: it knows its own secret, and says itself what it is.
struct OwnServer {
    let targets: [Target]
    let signer: any MessageSigner

    /// Longer files are no secrets.
    private static let mostSecretBytes = 256

    init(_ arguments: Arguments, secretFile: String, endpoint: String?, id: ParticipantID) throws {
        guard !arguments.has(CertifyFlags.webhook) else { throw arguments.error("--webhook goes with --config") }
        guard let endpoint else { throw arguments.error("--secret-file needs --endpoint, --roles and --country") }
        let bytes = try FileBytes.read(secretFile, limit: OwnServer.mostSecretBytes)
        guard let secret = WebhookSecret(String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }) else {
            throw arguments.error("--secret-file takes a file with whsec_ and the base64 of 24 to 64 bytes")
        }
        let participant = Participant(
            id: id,
            name: id.description,
            country: try ParticipantFlags.country(arguments),
            roles: try ParticipantFlags.roles(arguments),
            linkKind: try ParticipantFlags.linkKind(arguments)
        )
        var targets: [Target] = []
        if participant.roles.contains(.issuer) { targets.append(Target(.issuer, of: participant, at: endpoint)) }
        if participant.roles.contains(.acquirer) {
            let shop = try OwnServer.shop(arguments, of: participant)
            targets.append(Target(.acquirer, of: participant, at: endpoint, shop: shop))
        }
        guard !targets.isEmpty else {
            throw arguments.error("--roles must name issuer or acquirer: no other is called")
        }
        self.targets = targets
        signer = OwnSecretSigner(secret, of: participant.id)
    }

    private static func shop(_ arguments: Arguments, of participant: Participant) throws(UsageError) -> Merchant {
        guard let id = MerchantID(try arguments.required(CertifyFlags.shop)) else {
            throw arguments.error("--shop takes the id that the switch gave the shop")
        }
        let key = arguments[CertifyFlags.shopCode].map { MerchantKey(text: $0) }
        if case .some(nil) = key {
            throw arguments.error("--shop-code takes khqr:ACCOUNT, khqr:ACCOUNT/MERCHANT or jpqr:1.2.3.4")
        }
        return .standing(for: id, in: participant.country, of: participant.id, key: key ?? nil)
    }
}

/// Signs as the switch does for one participant, with the secret that it was given; and with a secret that nobody has
/// for everybody else.
private struct OwnSecretSigner: MessageSigner {
    private let secret: WebhookSecret
    private let owner: SigningSecret
    private let stranger: WebhookSecret

    init(_ secret: WebhookSecret, of participant: ParticipantID) {
        var random = SystemRandom()
        self.secret = secret
        owner = SigningSecret(of: participant)
        stranger = .generate(using: &random)
    }

    func signature(id: String, timestampSeconds: Int64, body: [UInt8], with name: SigningSecret) -> String {
        WebhookSignature.sign(id: id, timestampSeconds: timestampSeconds, body: body, secret: secret(name))
    }

    func text(of name: SigningSecret) -> String { secret(name).text }

    private func secret(_ name: SigningSecret) -> WebhookSecret { name == owner ? secret : stranger }
}
