import KizunaMicrohttpd
import KizunaSwitch
import KizunaWeb

/// `kizuna serve`: the switch on a database, until it is told to stop.
struct ServeCommand {
    let console: Console

    private static let listen = Flag("--listen", "HOST:PORT", help: "where to listen; standard 127.0.0.1:8080")
    private static let config = Flag(
        "--config",
        "F",
        help: "a JSON file: listen, database, signingSecret, allowAddresses, allowHTTP"
    )
    private static let metrics = Flag(
        "--metrics-listen",
        "HOST:PORT",
        help: "where GET /metrics is for Prometheus; standard nowhere"
    )
    private static let sandbox = Flag(
        "--sandbox",
        help: "simulated banks and wallets of both countries, for trials, on a database of their own"
    )
    private static let tls = TLSFlags(listener: "the API", knowsClients: true)
    static let verb = Verb(
        "serve",
        summary: "Runs the switch until SIGTERM; prints one line when it is ready.",
        flags: [listen, DatabaseFlag.flag, config, ReachFlags.addresses, ReachFlags.plainHTTP, metrics, LogFlag.flag]
            + [sandbox] + tls.all + LinkTLSFlags.all + CallLimitFlags.all + ConsoleListener.flags + BakongFlags.all,
        examples: [
            "kizuna serve", "kizuna serve --sandbox",
            "kizuna serve --listen 0.0.0.0:8080 --database sqlite:/var/lib/kizuna/kizuna.db",
            "kizuna serve --listen 0.0.0.0:8443 --tls-cert chain.pem --tls-key key.pem",
            "kizuna serve --link-ca banks.pem --link-cert switch.pem --link-key switch.key",
            "kizuna serve --bakong-listen 0.0.0.0:9443 --bakong-tls-cert chain.pem --bakong-tls-key key.pem",
        ]
    )

    func run(_ arguments: [String]) async -> Int32 {
        await console.reporting(ServeCommand.verb, arguments) { arguments in
            let configuration = try arguments[ServeCommand.config].map(Configuration.init(file:)) ?? Configuration()
            let log = try LogFlag.writer(arguments)
            defer { log.flush() }
            let options = try options(arguments, configuration, log)
            let database =
                try DatabaseFlag.given(arguments) ?? configuration.database
                ?? (options.environment == .live ? .standard : .standardSandbox)
            let store = try database.open()
            try store.enter(options.environment)
            try await serve(store, options, log)
            return ExitStatus.done
        }
    }

    private func options(
        _ arguments: Arguments,
        _ configuration: Configuration,
        _ log: LogWriter
    ) throws -> SwitchOptions {
        let listen = try arguments.address(ServeCommand.listen) ?? configuration.listen ?? .standard
        let reach = try ReachFlags.reach(arguments, configuration.reach)
        var options = SwitchOptions(listen: listen, reach: reach)
        options.tls = try ServeCommand.tls.material(arguments)
        options.linkTLS = try LinkTLSFlags.tls(arguments)
        options.metrics = try arguments.address(ServeCommand.metrics)
        options.bakong = try BakongFlags.listener(arguments)
        options.console = try ConsoleListener(arguments)
        options.calls = try CallLimitFlags.rates(arguments)
        if arguments.has(ServeCommand.sandbox) {
            options.sandbox = Sandbox()
            options.reach = reach.ofSandbox(listeningAt: listen)
        }
        options.signer = signer(configuration, log)
        options.log = log
        return options
    }

    private func serve(_ store: any Store, _ options: SwitchOptions, _ log: LogWriter) async throws {
        let stop = StopSignal()
        let server = try SwitchServer(store: store, options)
        try await server.openSandbox()
        if options.sandbox != nil {
            log.note(LogLine(.notice, "sandbox", saying: "no money moves here; GET /v1/sandbox says what to try"))
        }
        log.note(LogLine(.notice, "listening", at: server))
        console.write("listening on \(options.tls == nil ? "http" : "https")://\(server.address)\n")
        await stop.wait()
        log.note(LogLine(.notice, "draining", saying: "takes no more requests, and finishes those under way"))
        await server.drain()
        store.close()
    }

    private func signer(_ configuration: Configuration, _ log: LogWriter) -> SwitchSigner {
        if let secret = configuration.signingSecret { return SwitchSigner(master: secret) }
        let message = "no signingSecret is configured: signatures are made with one that ends with this process"
        log.note(LogLine(.warning, "signing-secret", saying: message))
        return SwitchSigner()
    }
}

extension LogLine {
    fileprivate init(_ level: Level, _ event: String, at server: SwitchServer) {
        let places = [
            ("api", "\(server.address)"), ("metrics", server.metricsURL), ("bakong", server.bakongURL),
            ("console", server.consoleURL),
        ]
        self.init(
            level,
            event,
            places.compactMap { name, place in place.map { JSON.Member(name: name, value: .string($0)) } }
        )
    }
}

/// `--database URL`, for every command that has one.
enum DatabaseFlag {
    static let flag = Flag("--database", "URL", help: "\(DatabaseAddress.forms); standard sqlite:kizuna.db")

    static func address(_ arguments: Arguments) throws(UsageError) -> DatabaseAddress {
        try given(arguments) ?? .standard
    }

    static func given(_ arguments: Arguments) throws(UsageError) -> DatabaseAddress? {
        guard let text = arguments[flag] else { return nil }
        guard let address = DatabaseAddress(text) else {
            throw arguments.error("--database takes \(DatabaseAddress.forms), such as sqlite:kizuna.db")
        }
        return address
    }

    /// Opens the database for writing, creating or migrating it where needed.
    static func open(_ arguments: Arguments) throws -> any Store {
        try address(arguments).open()
    }

    /// Opens the database for reading, beside a switch that is running on it.
    static func openForReading(_ arguments: Arguments) throws -> any Store {
        try address(arguments).openForReading()
    }
}

extension Arguments {
    func address(_ flag: Flag) throws(UsageError) -> ListenAddress? {
        guard let text = self[flag] else { return nil }
        guard let address = ListenAddress(text) else {
            throw error("\(flag.name) takes HOST:PORT, such as 127.0.0.1:8080")
        }
        return address
    }
}
