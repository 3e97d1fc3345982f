import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A bank that joins a sandbox, as it describes itself.
struct Newcomer {
    let participant: Participant
    /// What it shows besides its key: a certificate, signatures, both or neither.
    let credentials: [AddAPIKey]
    /// A first shop, for a bank that has shops.
    let shop: SandboxCounter?

    /// - Parameters:
    ///   - id: names the newcomer, with its country in front.
    ///   - reach: where it may be called.
    ///   - players: read its certificate.
    init(
        _ body: JSON,
        id: UniqueID,
        within reach: Reach,
        at now: Timestamp,
        _ players: any SandboxPlayers
    ) throws(Problem) {
        var fields = try JSONFields(body)
        let name = try fields.string("name", maximum: 140)
        guard let country = Country(rawValue: try fields.string("country", maximum: 2)) else {
            throw fields.invalid("country", "must be KH or JP")
        }
        let roles = try fields.roles("roles")
        let link = try fields.link("link")
        let endpoint = try fields.optionalDestination("endpoint", within: reach)
        let signingKey = try fields.signingKey("signingKey")
        let certificate = try fields.certificate("certificate", at: now, players)
        try fields.finish()
        let digits = String(id.compact.suffix(12))
        guard let id = ParticipantID("\(country.rawValue.lowercased())-\(digits)") else {
            preconditionFailure("A country and twelve digits are no participant's id")
        }
        participant = Participant(
            id: id,
            name: name,
            country: country,
            roles: roles,
            linkKind: link,
            endpoint: endpoint,
            issuerFeeBasisPoints: roles.contains(.issuer) ? 50 : 0
        )
        let owner = APIKey.Owner.participant(id)
        credentials =
            (signingKey.map { [AddAPIKey(owner: owner, kind: .signing, digest: $0, grants: [])] } ?? [])
            + (certificate.map { certificate in
                [
                    AddAPIKey(
                        owner: owner,
                        kind: .certificate,
                        digest: certificate.sha256,
                        grants: [],
                        expiresAt: certificate.notAfter
                    )
                ]
            } ?? [])
        guard roles.contains(.acquirer) else {
            shop = nil
            return
        }
        switch country {
        case .cambodia: shop = .cambodian(account: "shop@\(id)")
        case .japan: shop = .japanese(store: "S\(digits)")
        }
    }
}

extension JSONFields {
    /// Who takes part as what; both ways unless told.
    fileprivate mutating func roles(_ name: String) throws(Problem) -> Participant.Roles {
        let known: [String: Participant.Roles] = ["issuer": .issuer, "acquirer": .acquirer]
        let texts = try optionalStrings(name, most: known.count)
        let roles = texts.compactMap { known[$0] }
        guard roles.count == texts.count else { throw invalid(name, "must be a list of issuer and acquirer") }
        return roles.isEmpty ? [.issuer, .acquirer] : roles.reduce([]) { $0.union($1) }
    }

    fileprivate mutating func link(_ name: String) throws(Problem) -> Participant.LinkKind {
        switch try optionalString(name, maximum: 12) {
        case nil, "two-phase": return .twoPhase
        case "single-phase": return .singlePhase
        default: throw invalid(name, "must be two-phase or single-phase")
        }
    }

    /// What stands in front of a public key of Ed25519 in its DER (RFC 8410).
    private static let derPrefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

    /// A public key of Ed25519 in base64: its 32 bytes, or its DER as it stands between the lines of a PEM file.
    fileprivate mutating func signingKey(_ name: String) throws(Problem) -> [UInt8]? {
        guard let text = try optionalString(name, maximum: 64) else { return nil }
        let bytes = Base64.standard.decode(text) ?? []
        let isDER = bytes.count == 44 && bytes.starts(with: Self.derPrefix)
        guard isDER || bytes.count == 32 else {
            throw invalid(name, "must be the base64 of an Ed25519 public key, 32 bytes or its DER")
        }
        return Array(bytes.suffix(32))
    }

    /// More than any certificate has.
    static let longestCertificate = 16_384

    /// A client certificate in PEM that has not lapsed.
    fileprivate mutating func certificate(
        _ name: String,
        at now: Timestamp,
        _ players: any SandboxPlayers
    ) throws(Problem) -> (sha256: [UInt8], notAfter: Timestamp)? {
        guard let value = take(name) else { return nil }
        guard let text = value.text, text.utf8.count <= Self.longestCertificate,
            let certificate = players.certificate(inPEM: text), certificate.notAfter > now
        else { throw invalid(name, "must be a certificate in PEM that has not lapsed") }
        return certificate
    }
}
