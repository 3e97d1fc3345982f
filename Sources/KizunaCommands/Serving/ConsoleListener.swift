import KizunaCrypto
import KizunaMicrohttpd
import KizunaPages
import KizunaSwitch
import KizunaWeb

/// Where the operators' console listens: a place of its own, so that a firewall can tell operators from the world.
struct ConsoleListener {
    let listen: ListenAddress
    let tls: ServerTLS?
    private let idleTime: Duration

    private static let listen = Flag(
        "--console-listen",
        "HOST:PORT",
        help: "serve the operators' console there; over TLS, or on this machine alone"
    )
    private static let tls = TLSFlags(prefix: "console-", listener: "the console")
    private static let idle = Flag(
        "--console-idle",
        "MINUTES",
        help: "after how long without use a person signs in anew, 1 to 720; standard 30"
    )

    static let flags = [listen] + tls.all + [idle]

    /// What the flags ask for; `nil` without `--console-listen`.
    init?(_ arguments: Arguments) throws {
        guard let listen = try arguments.address(ConsoleListener.listen) else {
            if let flag = ConsoleListener.flags.first(where: { arguments.has($0) }) {
                throw arguments.error("\(flag.name) needs --console-listen HOST:PORT")
            }
            return nil
        }
        self.listen = listen
        tls = try ConsoleListener.tls.material(arguments)
        idleTime =
            try arguments.integer(ConsoleListener.idle, in: 1...720).map { .seconds($0 * 60) }
            ?? SignInDesk.usualIdleTime
        guard tls != nil || listen.isLoopback else {
            throw arguments.error(
                "--console-listen \(listen) needs --console-tls-cert and --console-tls-key: passwords would go in the clear"
            )
        }
    }

    /// The address for browsers.
    func url(port: Int) -> String {
        "\(tls == nil ? "http" : "https")://\(ListenAddress(host: listen.host, port: port))/console"
    }

    /// - Parameters:
    ///   - documents: what stands beside the console besides the public pages.
    ///   - api: what answers for addresses that are no page's.
    ///   - marked: what every answer goes through.
    func start(
        _ engine: Switch,
        in environment: Environment,
        _ documents: DocumentPages,
        before api: any HTTPHandler,
        _ marked: (any HTTPHandler) -> any HTTPHandler
    ) throws(ServerError) -> MicrohttpdServer {
        let isSecure = tls != nil
        let console = ConsolePages(engine, door: .real(engine, in: environment, isSecure: isSecure, idleTime: idleTime))
        let site = Site(
            [console, PublicPages(engine, of: environment == .live ? .live : .sandbox), documents],
            before: api,
            tools: .real(isSecure: isSecure)
        )
        return try MicrohttpdServer(at: listen, tls: tls, marked(site))
    }
}

extension ConsoleDoor {
    /// The door with OpenSSL's hashes and real chance.
    ///
    /// - Parameters:
    ///   - idleTime: how long a session lasts that nobody uses.
    ///   - hints: what a demonstration shows beside the form.
    static func real(
        _ engine: Switch,
        in environment: Environment,
        isSecure: Bool,
        idleTime: Duration = SignInDesk.usualIdleTime,
        hints: (@Sendable () -> [SignInHint])? = nil
    ) -> ConsoleDoor {
        let desk = SignInDesk(
            engine,
            credentials: OpenSSLCredentialChecker(),
            authenticator: OpenSSLAuthenticator(),
            idleTime: idleTime
        ) {
            var random = SystemRandom()
            let key = KizunaCrypto.APIKey.generate(for: environment, using: &random)
            return SignInDesk.Secret(text: key.text, digest: key.sha256)
        }
        return ConsoleDoor(desk: desk, isSecure: isSecure, hints: hints)
    }
}
