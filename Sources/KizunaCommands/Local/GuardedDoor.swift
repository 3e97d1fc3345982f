import KizunaCrypto
import KizunaCurl
import KizunaMicrohttpd
import KizunaPayments
import KizunaSwitch
import KizunaWeb

/// The door of a switch in production, for the simulated banks: mutual TLS and signed requests.
///
/// A folder holds, in PEM, `root.pem` (the authority of all), `switch.pem` and `switch.key`, and the same for each
/// institution under its id.
struct GuardedDoor {
    private static let mostBytes = 64 * 1_024

    private let folder: String
    private let signingKeys: [Institution: Ed25519.PrivateKey]

    init(folder: String) {
        self.folder = folder
        var random = SystemRandom()
        var keys: [Institution: Ed25519.PrivateKey] = [:]
        for institution in Institution.allCases { keys[institution] = Ed25519.PrivateKey(using: &random) }
        signingKeys = keys
    }

    /// What the switch's listener is over TLS.
    ///
    /// - Throws: ``InputError`` for a file that cannot be read.
    func server() throws -> ServerTLS {
        ServerTLS(
            certificates: try read("switch.pem"),
            privateKey: try read("switch.key"),
            clientAuthorities: try read("root.pem")
        )
    }

    /// What the institution is known by besides its secret.
    func keys(of institution: Institution) throws -> (certificate: AddAPIKey, signing: AddAPIKey) {
        let owner = KizunaSwitch.APIKey.Owner.participant(institution.participant(endpoint: nil).id)
        guard let certificate = PEM.certificate(try read("\(institution.rawValue).pem")),
            let key = signingKeys[institution]
        else { throw InputError(description: "\(path("\(institution.rawValue).pem")) holds no certificate in PEM") }
        return (
            AddAPIKey(owner: owner, kind: .certificate, digest: certificate.fingerprint, grants: []),
            AddAPIKey(owner: owner, kind: .signing, digest: key.publicKey, grants: [])
        )
    }

    /// How the institution's requests are sent.
    func sender(of institution: Institution, keyID: String) -> (client: CurlClient, signing: SigningClient)? {
        guard let key = signingKeys[institution] else { return nil }
        let tls = ClientTLS(
            authoritiesFile: path("root.pem"),
            certificateFile: path("\(institution.rawValue).pem"),
            keyFile: path("\(institution.rawValue).key")
        )
        let client = CurlClient(reach: .loopback, tls: tls)
        let signing = SigningClient(
            client,
            keyID: keyID,
            clock: SystemClock(),
            digester: OpenSSLDigester(),
            newNonce: { Identities.next().description },
            sign: { key.sign($0) }
        )
        return (client, signing)
    }

    private func path(_ name: String) -> String { "\(folder)/\(name)" }
    private func read(_ name: String) throws -> [UInt8] { try FileBytes.read(path(name), limit: GuardedDoor.mostBytes) }
}
