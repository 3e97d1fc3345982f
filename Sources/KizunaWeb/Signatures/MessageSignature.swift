import KizunaMoney
import KizunaSwitch

/// The signature of a request as RFC 9421 has it, in the one profile that Kizuna takes: Ed25519 over method, path, query
/// and the body's digest, at a time, with a nonce.
struct MessageSignature {
    /// How far a signature's time may be from ours.
    static let toleranceMilliseconds: Int64 = 300_000

    /// Whose key: the id that the key was registered under.
    let keyID: String
    let created: Timestamp
    let nonce: String
    let signature: [UInt8]
    /// What is signed: the signature base of RFC 9421, section 2.5.
    let base: [UInt8]

    /// Reads the signature of a request whose body its digest matches.
    ///
    /// - Throws: ``RequestFault/unauthorized`` that says what is missing or not as it must be.
    init(of request: HTTPRequest, _ digester: any Digester) throws(Problem) {
        let (input, signature) = try MessageSignature.member(of: request)
        guard case .list(let components, let parameters) = input.value else {
            throw .notSigned("\"Signature-Input\" must hold a list of components, such as (\"@method\" \"@path\")")
        }
        try MessageSignature.require(components, for: request)
        try MessageSignature.checkDigest(of: request, digester)
        self.signature = signature
        (keyID, nonce, created) = try MessageSignature.read(parameters)
        base = try MessageSignature.base(components, input.text, of: request)
    }

    // MARK: Reading

    /// The one signature that the two fields hold.
    private static func member(
        of request: HTTPRequest
    ) throws(Problem) -> (input: StructuredField.Member, signature: [UInt8]) {
        guard let inputText = request.headers["Signature-Input"], let signatureText = request.headers["Signature"]
        else {
            throw .notSigned("Sign the request (RFC 9421): send \"Signature-Input\" and \"Signature\"")
        }
        guard let input = StructuredField(inputText)?.members, let signatures = StructuredField(signatureText)?.members,
            input.count == 1, signatures.count == 1, input[0].name == signatures[0].name,
            case .bytes(let bytes) = signatures[0].value
        else {
            throw .notSigned("\"Signature-Input\" and \"Signature\" must hold one signature of the same name each")
        }
        return (input[0], bytes)
    }

    private static func read(
        _ parameters: [StructuredField.Parameter]
    ) throws(Problem) -> (keyID: String, nonce: String, created: Timestamp) {
        var (keyID, nonce, created): (String?, String?, Int64?) = (nil, nil, nil)
        for parameter in parameters {
            switch (parameter.name, parameter.value) {
            case ("keyid", .text(let text)): keyID = text
            case ("nonce", .text(let text)): nonce = text
            case ("created", .integer(let seconds)): created = seconds
            case ("alg", .text("ed25519")): continue
            default: throw .notSigned("The signature's parameters are created, nonce, keyid and alg=\"ed25519\"")
            }
        }
        guard let keyID, let nonce, let created else {
            throw .notSigned("The signature needs the parameters created, nonce and keyid")
        }
        guard 16...64 ~= nonce.utf8.count else { throw .notSigned("The signature's nonce has 16 to 64 characters") }
        return (keyID, nonce, Timestamp(milliseconds: created * 1_000))
    }

    // MARK: What is covered

    private static func require(_ components: [String], for request: HTTPRequest) throws(Problem) {
        var needed = ["@method", "@path"]
        if !request.query.isEmpty { needed.append("@query") }
        if !request.body.isEmpty { needed.append("content-digest") }
        guard let missing = needed.first(where: { !components.contains($0) }) else { return }
        throw .notSigned("The signature must cover \"\(missing)\"")
    }

    /// The digest is what ties the body to the signature (RFC 9530).
    private static func checkDigest(of request: HTTPRequest, _ digester: any Digester) throws(Problem) {
        guard !request.body.isEmpty else { return }
        let field = request.headers["Content-Digest"].flatMap { StructuredField($0) }
        guard case .bytes(let digest)? = field?.members.first(where: { $0.name == "sha-256" })?.value else {
            throw .notSigned("Send \"Content-Digest: sha-256=:…:\" with the SHA-256 of the body in base64 (RFC 9530)")
        }
        guard digest == digester.sha256(request.body) else {
            throw .notSigned("\"Content-Digest\" is not the SHA-256 of the body")
        }
    }

    static func base(
        _ components: [String],
        _ parameters: String,
        of request: HTTPRequest
    ) throws(Problem) -> [UInt8] {
        guard Set(components).count == components.count else {
            throw .notSigned("The signature names a component twice")
        }
        var lines: [String] = []
        for component in components {
            guard let value = request.value(of: component) else {
                throw .notSigned("The signature covers something that the request does not have or we do not know")
            }
            lines.append("\"\(component)\": \(value)")
        }
        lines.append("\"@signature-params\": \(parameters)")
        return Array(lines.joined(separator: "\n").utf8)
    }
}

extension HTTPRequest {
    /// What a covered component stands for (RFC 9421, section 2): some derived ones, and fields that came once.
    fileprivate func value(of component: String) -> String? {
        switch component {
        case "@method": return method
        case "@path": return path
        case "@query": return "?" + query
        default:
            let values = headers.fields.filter { $0.name.lowercased() == component }
            guard values.count == 1, !component.hasPrefix("@") else { return nil }
            return values[0].value
        }
    }
}

extension Problem {
    static func notSigned(_ sentence: String) -> Problem { Problem(.unauthorized, sentence + ".") }
}
