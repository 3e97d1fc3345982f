import KizunaCrypto
import KizunaCurl
import KizunaMicrohttpd
import KizunaPages
package import KizunaSwitch
import KizunaWeb

/// A switch that serves: store, links, engine, API and listener, wired in one place.
package final class SwitchServer: Sendable {
    package let engine: Switch
    package let address: ListenAddress
    /// Where the Bakong facade is, if it is anywhere.
    let bakongURL: String?
    /// Where the operators' console is, if it is anywhere.
    let consoleURL: String?
    /// Where the figures for Prometheus are, if they are anywhere.
    let metricsURL: String?
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

    init(store: any Store, _ options: SwitchOptions) throws {
        let client = CurlClient(reach: options.reach, tls: options.linkTLS)
        let engine = try Switch(store: store, calling: client, options)
        let meters = RequestMeters()
        let api = KizunaAPI(engine, options, meters)
        let documents = DocumentPages(api.routes, guides: GuideBooks())
        let tools = Site.Tools.real(isSecure: options.tls != nil, clock: options.clock)
        let site = Site(options.sections(of: engine) + [documents], before: api, tools: tools)
        listener = try MicrohttpdServer(at: options.listen, tls: options.tls, options.marked(site))
        address = ListenAddress(host: options.listen.host, port: listener.port)
        let metrics = try options.metrics.map { place throws(ServerError) in
            let handler = options.marked(MetricsHandler(engine, requests: meters))
            return (place, try MicrohttpdServer(at: place, tls: nil, handler))
        }
        self.metrics = metrics?.1
        metricsURL = metrics.map { "http://\(ListenAddress(host: $0.host, port: $1.port))/metrics" }
        let bakong = try options.bakong?.start(engine, options.marked)
        self.bakong = bakong
        bakongURL = bakong.flatMap { options.bakong?.url(port: $0.port) }
        let console = try options.console?.start(
            engine,
            in: options.environment,
            documents,
            before: api,
            options.marked
        )
        self.console = console
        consoleURL = console.flatMap { options.console?.url(port: $0.port) }
        self.client = client
        self.engine = engine
        (sandbox, signer, reach) = (options.sandbox, options.signer, options.reach)
        work = Task { await engine.run() }
    }

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

extension Switch {
    fileprivate convenience init(store: any Store, calling client: CurlClient, _ options: SwitchOptions) throws {
        let links = HTTPLinks(
            client: options.sandbox?.client(over: client) ?? client,
            signer: options.signer,
            clock: options.clock,
            log: options.log
        )
        try self.init(
            store: store,
            links: links,
            clock: options.clock,
            digester: OpenSSLDigester(),
            random: SystemRandom()
        )
    }
}

extension KizunaAPI {
    fileprivate init(_ engine: Switch, _ options: SwitchOptions, _ meters: RequestMeters) {
        let lock = Lock(
            engine,
            signatures: OpenSSLSignatureChecker(),
            needsCertificates: options.tls?.clientAuthorities != nil,
            limits: CallLimits(options.calls),
            environment: options.environment
        )
        self.init(
            engine,
            lock: lock,
            signer: options.signer,
            reach: options.reach,
            sandbox: options.sandbox,
            meters: meters,
            log: options.log
        )
    }
}

extension MicrohttpdServer {
    /// A server with the usual limits.
    convenience init(at place: ListenAddress, tls: ServerTLS?, _ handler: any HTTPHandler) throws(ServerError) {
        var options = ServerOptions()
        options.tls = tls
        try self.init(listen: place.host, port: place.port, options: options, handler: handler)
    }
}
