import KizunaCrypto
import KizunaCurl
import KizunaMicrohttpd
package import KizunaSwitch
import KizunaWeb

/// A switch that serves: store, links, engine, API and listener, wired in one place.
package final class SwitchServer: Sendable {
    package let engine: Switch
    private let listener: MicrohttpdServer
    private let client: CurlClient
    private let work: Task<Void, Never>

    /// How long requests in flight may take when the switch is told to stop.
    private static let patience = Duration.seconds(10)

    /// - Parameters:
    ///   - reach: where participants may be called.
    ///   - tls: who the listener is over TLS; `nil` for plain HTTP.
    init(
        store: any Store,
        listen: ListenAddress,
        reach: Reach,
        signer: SwitchSigner = SwitchSigner(),
        tls: ServerTLS? = nil
    ) throws {
        var options = ServerOptions()
        options.tls = tls
        let client = CurlClient(reach: reach)
        let engine = try Switch(
            store: store,
            links: HTTPLinks(client: client, signer: signer, clock: SystemClock()),
            clock: SystemClock(),
            digester: OpenSSLDigester(),
            random: SystemRandom()
        )
        self.client = client
        self.engine = engine
        listener = try MicrohttpdServer(
            listen: listen.host,
            port: listen.port,
            limits: ServerLimits(),
            options: options,
            handler: KizunaAPI(engine, signer: signer, reach: reach)
        )
        address = ListenAddress(host: listen.host, port: listener.port)
        work = Task { await engine.run() }
    }

    package let address: ListenAddress

    /// Stops taking requests, finishes those in flight and what they started, and closes.
    func drain() async {
        await listener.drain(within: SwitchServer.patience)
        work.cancel()
        await work.value
        client.shutdown()
    }
}
