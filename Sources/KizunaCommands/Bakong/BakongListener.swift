import KizunaCrypto
import KizunaMicrohttpd
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
        let tools = BakongTools(authenticator: OpenSSLAuthenticator(), painter: SymbolPictures(), mailer: mailer)
        return try MicrohttpdServer(
            at: listen,
            tls: tls,
            marked(BakongFacade(engine, settings: settings, tools: tools))
        )
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
