import KizunaCrypto
import KizunaCurl
import KizunaMicrohttpd
import KizunaPages
package import KizunaSwitch
import KizunaWeb

/// A switch that serves: store, links, engine, API and listener, wired in one place.
package final class SwitchServer: Sendable {
    package let engine: Switch
    private let listener: MicrohttpdServer
    private let bakong: MicrohttpdServer?
    private let metrics: MicrohttpdServer?
    private let console: MicrohttpdServer?
    private let client: CurlClient
    private let sandbox: Sandbox?
    private let signer: SwitchSigner
    private let reach: Reach
    private let work: Task<Void, Never>

    /// How long requests in flight may take when the switch is told to stop.
    private static let patience = Duration.seconds(10)

    /// - Parameters:
    ///   - reach: where participants may be called.
    ///   - tls: who the listener is over TLS; `nil` for plain HTTP. Where it asks for client certificates, every
    ///     participant needs one.
    ///   - metrics: where figures for Prometheus are, if they are anywhere; plain HTTP.
    ///   - bakong: where the Bakong facade is, if it is anywhere.
    ///   - console: where the operators' console is, if it is anywhere.
    ///   - calls: how often the API may be called.
    ///   - log: is told of requests and deliveries.
    ///   - sandbox: who plays the other side, where this is a sandbox.
    ///   - pages: what people see beside the API; what any switch has, unless told otherwise.
    init(
        store: any Store,
        listen: ListenAddress,
        reach: Reach,
        signer: SwitchSigner = SwitchSigner(),
        tls: ServerTLS? = nil,
        metrics: ListenAddress? = nil,
        bakong: BakongListener? = nil,
        console: ConsoleListener? = nil,
        calls: CallLimits.Rates = CallLimits.Rates(),
        log: any EventLog = NoLog(),
        sandbox: Sandbox? = nil,
        pages: ((Switch) -> [any PageSection])? = nil
    ) throws {
        var options = ServerOptions()
        options.tls = tls
        let client = CurlClient(reach: reach)
        let engine = try Switch(
            store: store,
            links: HTTPLinks(
                client: sandbox?.client(over: client) ?? client,
                signer: signer,
                clock: SystemClock(),
                log: log
            ),
            clock: SystemClock(),
            digester: OpenSSLDigester(),
            random: SystemRandom()
        )
        let meters = RequestMeters()
        let marked = { (handler: any HTTPHandler) -> any HTTPHandler in
            sandbox == nil ? handler : SandboxMark(handler)
        }
        self.client = client
        self.sandbox = sandbox
        self.signer = signer
        self.reach = reach
        self.engine = engine
        let api = KizunaAPI(
            engine,
            lock: Lock(
                engine,
                signatures: OpenSSLSignatureChecker(),
                needsCertificates: tls?.clientAuthorities != nil,
                limits: CallLimits(calls),
                environment: sandbox == nil ? .live : .sandbox
            ),
            signer: signer,
            reach: reach,
            sandbox: sandbox,
            meters: meters,
            log: log
        )
        let environment = sandbox == nil ? Environment.live : .sandbox
        let pages = pages?(engine) ?? [PublicPages(engine, of: environment == .live ? .live : .sandbox)]
        listener = try MicrohttpdServer(
            listen: listen.host,
            port: listen.port,
            limits: ServerLimits(),
            options: options,
            handler: marked(Site(pages, before: api, tools: .real(isSecure: tls != nil)))
        )
        address = ListenAddress(host: listen.host, port: listener.port)
        let watched = try metrics.map { (listen: ListenAddress) throws(ServerError) in
            try MicrohttpdServer(
                listen: listen.host,
                port: listen.port,
                limits: ServerLimits(),
                options: ServerOptions(),
                handler: marked(MetricsHandler(engine, requests: meters))
            )
        }
        self.metrics = watched
        metricsURL = metrics.flatMap { listen in
            watched.map { "http://\(ListenAddress(host: listen.host, port: $0.port))/metrics" }
        }
        self.bakong = try bakong?.start(engine, marked)
        bakongURL = self.bakong.flatMap { bakong?.url(port: $0.port) }
        self.console = try console?.start(engine, in: environment, before: api, marked)
        consoleURL = self.console.flatMap { console?.url(port: $0.port) }
        work = Task { await engine.run() }
    }

    package let address: ListenAddress
    /// Where the Bakong facade is, if it is anywhere.
    let bakongURL: String?
    /// Where the operators' console is, if it is anywhere.
    let consoleURL: String?
    /// Where the figures for Prometheus are, if they are anywhere.
    let metricsURL: String?

    /// Lets those join who play the other side, where this is a sandbox. They come in by a door of their own, without a
    /// socket, and so without a certificate.
    func openSandbox() async throws {
        let lock = Lock(
            engine,
            signatures: OpenSSLSignatureChecker(),
            needsCertificates: false,
            environment: .sandbox
        )
        try await sandbox?.open(
            on: engine,
            through: KizunaAPI(engine, lock: lock, signer: signer, reach: reach),
            client
        )
    }

    /// Stops taking requests, finishes those in flight and what they started, and closes.
    func drain() async {
        async let facade: Void? = bakong?.drain(within: SwitchServer.patience)
        async let desk: Void? = console?.drain(within: SwitchServer.patience)
        await listener.drain(within: SwitchServer.patience)
        _ = await (facade, desk)
        await metrics?.drain(within: SwitchServer.patience)
        sandbox?.close()
        work.cancel()
        await work.value
        client.shutdown()
    }
}
