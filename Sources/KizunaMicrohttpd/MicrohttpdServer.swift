package import KizunaWeb
import Synchronization

/// An HTTP/1.1 server: bytes in and out, limits and time-outs, and an orderly end. What requests mean is the
/// handler's business.
///
/// A handler runs on the connection's thread until it first waits. It must not block there.
/// A client that leaves does not cancel its handler: what the handler decides stands, whoever hears of it.
package final class MicrohttpdServer: Sendable {
    /// The port that it listens on.
    package let port: Int

    let life: ServerLife

    /// Starts to listen and to answer.
    ///
    /// - Parameters:
    ///   - host: a numeric IPv4 or IPv6 address of this machine, or `localhost`.
    ///   - port: 0 for any free one.
    /// - Throws: ``ServerError``.
    package init(
        listen host: String,
        port: Int,
        limits: ServerLimits = ServerLimits(),
        options: ServerOptions = ServerOptions(),
        handler: any HTTPHandler
    ) throws(ServerError) {
        precondition(1...64 ~= options.threads, "A server has 1 to 64 threads")
        let tls = try options.tls.map(TLSMaterial.init)
        let listener = try ListenSocket(host: host, port: port)
        self.port = listener.port
        var limits = limits
        limits.connections = min(limits.connections, DescriptorLimit.raise() - DescriptorLimit.reserved)
        let core = ServerCore(limits: limits, handler: handler, tls: tls)
        var daemons: [Daemon] = []
        for _ in 0..<options.threads { daemons.append(try Daemon(core: core)) }
        let acceptor = try Acceptor(listener, core: core, daemons: daemons)
        for daemon in daemons { daemon.start() }
        acceptor.start()
        self.life = ServerLife(core: core, acceptor: acceptor, daemons: daemons)
    }

    /// Connections that are open at this moment.
    package var connections: Int { life.core.registry.count }

    /// Requests at this moment from the arrival of their target to their answer's last byte.
    package var requestsUnderWay: Int { life.core.requestsUnderWay }

    deinit { life.end(within: .zero) }

    /// Stops taking connections, lets the requests that are under way finish, and stops.
    ///
    /// - Parameter patience: how long a request may still take. After that its client is told 503; its handler
    ///   runs on, unheard.
    package func drain(within patience: Duration) async { await life.end(within: patience).value }

    /// Stops at once: as ``drain(within:)`` without patience. Whoever drains meanwhile does not wait longer either.
    package func stop() async { await drain(within: .zero) }
}

/// What has to be ended when a server ends, and the order of it.
final class ServerLife: Sendable {
    /// How long refusals may take to reach the clients whose requests are given up.
    private static let lastWords = Duration.milliseconds(500)

    let core: ServerCore
    private let acceptor: Acceptor
    private let daemons: [Daemon]
    private let ending = Mutex<(task: Task<Void, Never>?, deadline: ContinuousClock.Instant?)>((nil, nil))

    init(core: ServerCore, acceptor: Acceptor, daemons: [Daemon]) {
        self.core = core
        self.acceptor = acceptor
        self.daemons = daemons
    }

    /// Begins the end, or hurries one that has begun.
    @discardableResult
    func end(within patience: Duration) -> Task<Void, Never> {
        let deadline = ContinuousClock.now + patience
        return ending.withLock { ending in
            ending.deadline = min(ending.deadline ?? deadline, deadline)
            let task = ending.task ?? Task { await run() }
            ending.task = task
            return task
        }
    }

    private func run() async {
        await acceptor.close()
        core.phase = .draining
        await core.quiet { self.ending.withLock { $0.deadline } ?? .now }
        core.abandonHandlers()
        let end = ContinuousClock.now + Self.lastWords
        await core.quiet { end }
        await acceptor.end()
        for daemon in daemons { await daemon.stop() }
    }
}
