import KizunaWeb
import Synchronization

/// What all threads of one server share.
final class ServerCore: Sendable {
    enum Phase: UInt8, AtomicRepresentable {
        case running
        /// No new connections; requests are answered, and each answer ends its connection.
        case draining
        /// Nobody waits for a handler any more.
        case stopping
    }

    let limits: ServerLimits
    let handler: any HTTPHandler
    let tls: TLSMaterial?
    let registry: ConnectionRegistry
    let lingering: LingeringSockets

    private let currentPhase = Atomic(Phase.running)
    private let handling = Atomic(0)
    private let exchanging = Atomic(0)
    private let largeBodies = Atomic(0)

    init(limits: ServerLimits, handler: any HTTPHandler, tls: TLSMaterial? = nil) {
        self.limits = limits
        self.tls = tls
        self.handler = handler
        self.registry = ConnectionRegistry(limits: limits)
        self.lingering = LingeringSockets(limits: limits)
    }

    var phase: Phase {
        get { currentPhase.load(ordering: .sequentiallyConsistent) }
        set { currentPhase.store(newValue, ordering: .sequentiallyConsistent) }
    }

    /// A refusal in the handler's words, with the time to wait where it is a matter of time.
    func response(to refusal: ServerRefusal) -> HTTPResponse {
        var response = handler.response(to: refusal)
        if refusal.status == 503, response.headers["Retry-After"] == nil {
            response.headers.add("Retry-After", "\(limits.retryAfterSeconds)")
        }
        return response
    }

    /// Counts one more request whose handler runs, unless there are enough.
    func beginHandling() -> Bool {
        let (_, now) = handling.add(1, ordering: .relaxed)
        if now <= limits.requestsInFlight { return true }
        endHandling()
        return false
    }

    func endHandling() { handling.subtract(1, ordering: .relaxed) }

    /// Counts one more large body, unless there are enough.
    func beginLargeBody() -> Bool {
        let (_, now) = largeBodies.add(1, ordering: .relaxed)
        if now <= limits.largeBodies { return true }
        endLargeBody()
        return false
    }

    func endLargeBody() { largeBodies.subtract(1, ordering: .relaxed) }

    /// Counts requests from their target to their answer's last byte.
    func beginExchange() { exchanging.add(1, ordering: .relaxed) }
    func endExchange() { exchanging.subtract(1, ordering: .relaxed) }
    var requestsUnderWay: Int { exchanging.load(ordering: .relaxed) }

    /// Waits until no request is under way, or until it is too late; the deadline may come nearer meanwhile.
    ///
    /// Looks twice, one pause apart, so that a request whose bytes lay in the socket already is seen as well.
    func quiet(before deadline: () -> ContinuousClock.Instant) async {
        var calmLooks = 0
        while calmLooks < 2, ContinuousClock.now < deadline() {
            calmLooks = requestsUnderWay == 0 ? calmLooks + 1 : 0
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Gives up on handlers that still run; their clients are told 503.
    func abandonHandlers() {
        phase = .stopping
        for exchange in registry.exchanges { exchange.abandon() }
    }
}
