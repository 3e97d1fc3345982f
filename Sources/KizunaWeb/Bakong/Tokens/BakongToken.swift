import KizunaSwitch

/// What a token says.
struct BakongToken: Sendable, Hashable {
    let project: UInt64
    let issuedAtSeconds: Int64
    let expiresAtSeconds: Int64

    init(project: UInt64, issuedAtSeconds: Int64, expiresAtSeconds: Int64) {
        self.project = project
        self.issuedAtSeconds = issuedAtSeconds
        self.expiresAtSeconds = expiresAtSeconds
    }

    /// Reads `{"data":{"id":"<16 hex>"},"iat":<s>,"exp":<s>}`.
    init?(_ json: JSON) {
        guard let id = json.text(at: "data", "id"), id.utf8.count == 16, let project = UInt64(id, radix: 16),
            case .number(let issued)? = json["iat"], let issuedAt = Int64(issued),
            case .number(let expires)? = json["exp"], let expiresAt = Int64(expires)
        else { return nil }
        self.init(project: project, issuedAtSeconds: issuedAt, expiresAtSeconds: expiresAt)
    }

    private var json: JSON {
        let digits = String(project, radix: 16)
        let id = String(repeating: "0", count: 16 - digits.utf8.count) + digits
        return ["data": ["id": .string(id)], "iat": JSON(issuedAtSeconds), "exp": JSON(expiresAtSeconds)]
    }

    func signed(with key: BakongKey, _ authenticator: any MessageAuthenticator) -> String {
        let header: JSON = ["alg": "HS256", "typ": "JWT", "kid": .string(String(key.number))]
        let content = [header, json].map { Base64.url.encode($0.encoded) }.joined(separator: ".")
        let code = authenticator.code(of: Array(content.utf8), key: key.secret)
        return "\(content).\(Base64.url.encode(code))"
    }
}

/// A token taken apart and not believed yet: three parts in base64url (RFC 7515, section 7.1).
struct SignedToken: Sendable {
    /// Which key it says that it was signed with.
    let keyNumber: Int
    let payload: JSON
    /// What the code is over.
    let content: [UInt8]
    let code: [UInt8]

    /// Ours have some 200 characters.
    private static let longest = 1_024

    init?(_ text: String) {
        guard text.utf8.count <= SignedToken.longest else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = SignedToken.json(parts[0]), let payload = SignedToken.json(parts[1]),
            let code = Base64.url.decode(parts[2])
        else { return nil }
        // The one algorithm that is ever used here: a token does not choose.
        guard header["alg"] == "HS256", let number = header.text(at: "kid").flatMap({ Int($0) }) else { return nil }
        keyNumber = number
        self.payload = payload
        content = Array("\(parts[0]).\(parts[1])".utf8)
        self.code = code
    }

    private static func json(_ part: Substring) -> JSON? {
        Base64.url.decode(part).flatMap { try? JSON.parse($0) }
    }
}
