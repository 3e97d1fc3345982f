import KizunaCrypto
import KizunaCurl
import KizunaMicrohttpd
package import KizunaSwitch
import KizunaWeb

/// A switch that serves: store, links, engine, API and listener, wired in one place.
package final class SwitchServer: Sendable {
    package let engine: Switch
    private let listener: MicrohttpdServer
    private let bakong: MicrohttpdServer?
    private let metrics: MicrohttpdServer?
    private let client: CurlClient
    private let work: Task<Void, Never>

    /// How long requests in flight may take when the switch is told to stop.
    private static let patience = Duration.seconds(10)

    /// - Parameters:
    ///   - reach: where participants may be called.
    ///   - tls: who the listener is over TLS; `nil` for plain HTTP. Where it asks for client certificates, every
    ///     participant needs one.
    ///   - metrics: where figures for Prometheus are, if they are anywhere; plain HTTP.
    ///   - bakong: where the Bakong facade is, if it is anywhere.
    ///   - calls: how often the API may be called.
    ///   - log: is told of requests and deliveries.
    init(
        store: any Store,
        listen: ListenAddress,
        reach: Reach,
        signer: SwitchSigner = SwitchSigner(),
        tls: ServerTLS? = nil,
        metrics: ListenAddress? = nil,
        bakong: BakongListener? = nil,
        calls: CallLimits.Rates = CallLimits.Rates(),
        log: any EventLog = NoLog()
    ) throws {
        var options = ServerOptions()
        options.tls = tls
        let client = CurlClient(reach: reach)
        let engine = try Switch(
            store: store,
            links: HTTPLinks(client: client, signer: signer, clock: SystemClock(), log: log),
            clock: SystemClock(),
            digester: OpenSSLDigester(),
            random: SystemRandom()
        )
        let meters = RequestMeters()
        self.client = client
        self.engine = engine
        listener = try MicrohttpdServer(
            listen: listen.host,
            port: listen.port,
            limits: ServerLimits(),
            options: options,
            handler: KizunaAPI(
                engine,
                lock: Lock(
                    engine,
                    signatures: OpenSSLSignatureChecker(),
                    needsCertificates: tls?.clientAuthorities != nil,
                    limits: CallLimits(calls)
                ),
                signer: signer,
                reach: reach,
                meters: meters,
                log: log
            )
        )
        address = ListenAddress(host: listen.host, port: listener.port)
        let watched = try metrics.map { (listen: ListenAddress) throws(ServerError) in
            try MicrohttpdServer(
                listen: listen.host,
                port: listen.port,
                limits: ServerLimits(),
                options: ServerOptions(),
                handler: MetricsHandler(engine, requests: meters)
            )
        }
        self.metrics = watched
        metricsURL = metrics.flatMap { listen in
            watched.map { "http://\(ListenAddress(host: listen.host, port: $0.port))/metrics" }
        }
        self.bakong = try bakong?.start(engine)
        bakongURL = self.bakong.flatMap { bakong?.url(port: $0.port) }
        work = Task { await engine.run() }
    }

    package let address: ListenAddress
    /// Where the Bakong facade is, if it is anywhere.
    let bakongURL: String?
    /// Where the figures for Prometheus are, if they are anywhere.
    let metricsURL: String?

    /// Stops taking requests, finishes those in flight and what they started, and closes.
    func drain() async {
        async let facade: Void? = bakong?.drain(within: SwitchServer.patience)
        await listener.drain(within: SwitchServer.patience)
        _ = await facade
        await metrics?.drain(within: SwitchServer.patience)
        work.cancel()
        await work.value
        client.shutdown()
    }
}
