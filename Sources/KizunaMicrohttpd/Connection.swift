import Glibc
import KizunaWeb
import Synchronization

/// One client's connection, from accept to close.
///
/// At each moment it has a deadline, or it is our turn. libmicrohttpd's own time-out begins anew with each byte, so
/// that a client who drips them could hold a connection for ever; this one does not.
final class Connection: Sendable {
    let socket: Int32
    /// The peer's numeric address.
    let remoteAddress: String

    /// The daemon that reads and writes it.
    let daemon: Daemon

    /// Whom a client has shown to be over TLS; asked for once, for it stays so.
    private let certificate = Mutex<ClientCertificate??>(nil)

    private let answeredEarly = Atomic(false)

    private static let none = Int64.max
    private let deadline: Atomic<Int64>
    private let current = Mutex<Exchange?>(nil)

    init(socket: Int32, remoteAddress: String, daemon: Daemon, limits: ServerLimits) {
        self.daemon = daemon
        self.socket = socket
        self.remoteAddress = remoteAddress
        self.deadline = Atomic(Self.untilTarget(limits))
    }

    /// The request being received, answered or waited for.
    var exchange: Exchange? { current.withLock { $0 } }

    /// The certificate that the client has shown over TLS, if it has.
    func clientCertificate(_ pointer: OpaquePointer) -> ClientCertificate? {
        certificate.withLock { known in
            if let known { return known }
            let shown = ClientCertificate(shownOn: pointer)
            known = .some(shown)
            return shown
        }
    }

    /// A request's target is here; the rest has to follow in time.
    func begin(_ exchange: Exchange, limits: ServerLimits) {
        current.withLock { $0 = exchange }
        set(monotonicMilliseconds() + limits.receiveTime.milliseconds)
    }

    /// A large body is coming, and takes longer.
    func expectLargeBody(limits: ServerLimits) { set(monotonicMilliseconds() + limits.largeReceiveTime.milliseconds) }

    /// The request is here, whole: however long its answer takes is not the client's fault.
    func received() { set(Self.none) }

    /// A request is answered of which only the head has been read, and the connection ends with it.
    func answeringEarly() { answeredEarly.store(true, ordering: .relaxed) }

    /// Whether the client may still be sending when the connection ends.
    var wasAnsweredEarly: Bool { answeredEarly.load(ordering: .relaxed) }

    /// The answer is on its way.
    func answering(limits: ServerLimits) { set(monotonicMilliseconds() + limits.sendTime.milliseconds) }

    /// The answer is out, and the client may send the next request.
    func end(limits: ServerLimits) {
        current.withLock { $0 = nil }
        set(Self.untilTarget(limits))
    }

    /// Ends the connection when its deadline has passed. libmicrohttpd notices, tells us and closes the socket.
    func cut(at milliseconds: Int64) {
        guard deadline.load(ordering: .relaxed) < milliseconds else { return }
        set(Self.none)
        shutdown(socket, Int32(SHUT_RDWR))
    }

    private func set(_ milliseconds: Int64) { deadline.store(milliseconds, ordering: .relaxed) }

    /// Nothing tells us when a request's first byte arrives, so waiting and receiving share one deadline up to there.
    private static func untilTarget(_ limits: ServerLimits) -> Int64 {
        monotonicMilliseconds() + Int64(limits.idleSeconds) * 1_000 + limits.receiveTime.milliseconds
    }
}
