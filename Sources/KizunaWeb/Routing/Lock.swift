import KizunaLedger
import KizunaMoney
import KizunaPayments
package import KizunaSwitch

/// Knows callers by what they show: a secret always, and a certificate and a signature where they have one; and lets
/// each in as often as it may come.
package struct Lock: Sendable {
    private let directory: Directory
    private let digester: any Digester
    private let signatures: any SignatureChecker
    private let clock: any Clock
    /// Whether every participant needs a certificate, those too that have none yet.
    private let needsCertificates: Bool
    private let environment: Environment
    private let nonces: SeenNonces
    private let limits: CallLimits

    package init(
        _ engine: Switch,
        signatures: any SignatureChecker,
        needsCertificates: Bool,
        limits: CallLimits = CallLimits(),
        environment: Environment = .live
    ) {
        directory = engine.directory
        digester = engine.digester
        clock = engine.clock
        nonces = SeenNonces(engine.digester)
        self.signatures = signatures
        self.needsCertificates = needsCertificates
        self.limits = limits
        self.environment = environment
    }

    /// Whose request it is.
    ///
    /// - Throws: ``RequestFault/unauthorized`` where it is nobody's, ``RequestFault/rateLimited`` where its caller calls
    ///   too often, ``RefusalCode/forbidden`` where its key does not grant what it asks for.
    func open(for request: HTTPRequest, needing grant: Grants) throws(Problem) -> APIKey.Owner {
        let now = clock.now()
        let key: APIKey
        do throws(Problem) {
            key = try secret(of: request, at: now)
        } catch {
            try limits.count(address: request.remoteAddress, at: now)
            throw error
        }
        try limits.count(key, at: now)
        if case .participant(let id) = key.owner {
            let demands = directory.demands(of: id)
            try checkCertificate(of: request, isNeeded: needsCertificates || demands.contains(.certificate), id, now)
            if demands.contains(.signing) { try checkSignature(of: request, id, now) }
        }
        guard key.grants(grant) else {
            throw Problem(
                .refusal(.forbidden),
                "This key does not grant \(grant.names.joined(separator: " or ")); use one that does."
            )
        }
        directory.noteUse(of: key, at: now)
        return key.owner
    }

    /// Counts a call of what is open to all.
    ///
    /// - Throws: ``RequestFault/rateLimited``.
    func countStranger(_ request: HTTPRequest) throws(Problem) {
        try limits.count(address: request.remoteAddress, at: clock.now())
    }

    /// Whether a request bears a secret that is in force; it may lack the rest.
    func knows(callerOf request: HTTPRequest) -> Bool { (try? secret(of: request, at: clock.now())) != nil }

    // MARK: Secret

    /// The longest text that is worth hashing.
    private static let longestSecret = 256

    /// The same words whatever is wrong with it, so that nobody learns which keys exist. Whether one is a sandbox's stands
    /// in front of it for everybody to read.
    private func secret(of request: HTTPRequest, at now: Timestamp) throws(Problem) -> APIKey {
        let text = bearerText(in: request.headers["Authorization"])
        if let text, APIKey.environment(ofText: text) != environment { throw .otherEnvironment(than: environment) }
        guard let text, let key = directory.key(.secret, withDigest: digester.sha256(Array(text.utf8)), at: now)
        else { throw Problem(.unauthorized, "Send your key in the header \"Authorization: Bearer …\".") }
        return key
    }

    private func bearerText(in header: String?) -> Substring? {
        guard let header, let space = header.firstIndex(of: " "), header[..<space].lowercased() == "bearer" else {
            return nil
        }
        let text = header[header.index(after: space)...].drop { $0 == " " }
        return 1...Lock.longestSecret ~= text.utf8.count ? text : nil
    }

    // MARK: Certificate

    /// A certificate that is shown must be the caller's own, even where none is needed.
    private func checkCertificate(
        of request: HTTPRequest,
        isNeeded: Bool,
        _ participant: ParticipantID,
        _ now: Timestamp
    ) throws(Problem) {
        guard let shown = request.clientCertificate else {
            guard isNeeded else { return }
            throw Problem(.unauthorized, "Connect with your client certificate (mutual TLS).")
        }
        guard let key = directory.key(.certificate, withDigest: shown.fingerprint, at: now) else {
            guard isNeeded else { return }
            throw Problem(.unauthorized, "This client certificate is not known, or not in force any more.")
        }
        guard key.owner == .participant(participant) else {
            throw Problem(.unauthorized, "The client certificate and the key belong to different participants.")
        }
        directory.noteUse(of: key, at: now)
    }

    // MARK: Signature

    private func checkSignature(
        of request: HTTPRequest,
        _ participant: ParticipantID,
        _ now: Timestamp
    ) throws(Problem) {
        let signature = try MessageSignature(of: request, digester)
        guard let id = UniqueID(signature.keyID), let key = directory.signingKey(id, at: now),
            key.owner == .participant(participant)
        else { throw .notSigned("The signature's keyid names no key of yours that is in force") }
        let isFresh = abs(now.milliseconds - signature.created.milliseconds) <= MessageSignature.toleranceMilliseconds
        guard isFresh else { throw .notSigned("The signature's time is more than 5 minutes from ours") }
        guard signatures.isValidEd25519(signature.signature, of: signature.base, publicKey: key.digest) else {
            throw .notSigned("The signature does not fit the request")
        }
        guard nonces.take(signature.nonce, of: id, at: now) else {
            throw .notSigned("This nonce has been used; take a new one for every request")
        }
        directory.noteUse(of: key, at: now)
    }
}

extension Problem {
    fileprivate static func otherEnvironment(than environment: Environment) -> Problem {
        switch environment {
        case .live: Problem(.unauthorized, "Keys that begin with kz_test_ are a sandbox's; this switch is live.")
        case .sandbox: Problem(.unauthorized, "This is a sandbox: its keys begin with kz_test_; no others serve here.")
        }
    }
}

extension APIKey {
    /// Whether it grants what a request needs: any of several.
    fileprivate func grants(_ grant: Grants) -> Bool { grant.isEmpty || !grants.isDisjoint(with: grant) }
}
