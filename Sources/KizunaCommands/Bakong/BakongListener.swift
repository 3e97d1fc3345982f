import KizunaCrypto
import KizunaMicrohttpd
import KizunaPages
import KizunaQRImage
import KizunaSwitch
import KizunaWeb

/// Where the Bakong facade listens, and as what.
struct BakongListener {
    let listen: ListenAddress
    let tls: ServerTLS?
    let settings: BakongSettings
    let mailer: (any Mailer)?

    /// The address that a client is given.
    func url(port: Int) -> String {
        "\(tls == nil ? "http" : "https")://\(ListenAddress(host: listen.host, port: port))"
    }

    /// - Parameter marked: what every answer goes through.
    func start(
        _ engine: Switch,
        _ marked: (any HTTPHandler) -> any HTTPHandler
    ) throws(ServerError) -> MicrohttpdServer {
        let tools = BakongTools(authenticator: OpenSSLAuthenticator(), mailer: mailer)
        let site = Site(
            [DeepLinkPages(engine, settings: settings, painter: SymbolPictures())],
            before: BakongFacade(engine, settings: settings, tools: tools),
            tools: .real(isSecure: tls != nil)
        )
        return try MicrohttpdServer(at: listen, tls: tls, marked(site))
    }
}

/// Keyed digests by OpenSSL.
struct OpenSSLAuthenticator: MessageAuthenticator {
    func code(of message: [UInt8], key: [UInt8]) -> [UInt8] { HMAC.sha256(key: key, message: message) }
    func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool { ConstantTime.equal(left, right) }
}

/// Codes as PNG pictures.
struct SymbolPictures: SymbolPainter {
    func png(of text: String) -> [UInt8]? { try? QRPicture(QRSymbol(text)).png() }
}
