import Dispatch
import Glibc
import KizunaWeb
import Synchronization

/// Takes connections from a listening socket and gives each to the daemon with the fewest.
final class Acceptor: @unchecked Sendable {
    // Sendable because Dispatch lets any thread cancel, suspend and resume a source; all else is immutable or atomic.

    /// Connections taken in one go before the queue looks at its timer again.
    private static let burst = 64
    /// The pause after the system has refused a socket, for lack of descriptors or memory: without one the loop
    /// would spin until somebody closes something.
    private static let pause = DispatchTimeInterval.milliseconds(50)
    /// How often deadlines are looked at. They are seconds long; one look costs a few nanoseconds a connection.
    private static let sweep = DispatchTimeInterval.milliseconds(250)

    let port: Int
    private let core: ServerCore
    private let daemons: [Daemon]
    private let queue = DispatchQueue(label: "kizuna.server.accept")
    private let source: any DispatchSourceRead
    private let timer: any DispatchSourceTimer
    private let closed = DispatchGroup()
    private let turn = Atomic(0)

    init(_ listener: consuming ListenSocket, core: ServerCore, daemons: [Daemon]) {
        let descriptor = listener.descriptor
        self.port = listener.port
        self.core = core
        self.daemons = daemons
        self.source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        self.timer = DispatchSource.makeTimerSource(queue: queue)
        let keeper = ListenerKeeper(listener)
        closed.enter()
        source.setEventHandler { [unowned self] in accept(from: descriptor) }
        source.setCancelHandler { [closed] in
            keeper.close()
            closed.leave()
        }
        timer.setEventHandler { [core] in core.registry.cutLate() }
        timer.schedule(deadline: .now() + Self.sweep, repeating: Self.sweep)
        source.activate()
        timer.activate()
    }

    /// Closes the listening socket; whoever connects from now on is refused by the system.
    func close() async {
        source.cancel()
        await withCheckedContinuation { continuation in
            closed.notify(queue: queue) { continuation.resume() }
        }
    }

    /// Deadlines are not looked at any more.
    func endSweeps() { timer.cancel() }

    private func accept(from descriptor: Int32) {
        for _ in 0..<Self.burst {
            var accepted: Int32 = -1
            let address = SocketAddress {
                accepted = Glibc.accept(descriptor, $0, $1)
                return accepted
            }
            guard let address else {
                switch errno {
                case EAGAIN: return
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: return rest()
                default: continue  // The client left before we came; the next one may be there.
                }
            }
            take(accepted, from: address)
        }
    }

    private func take(_ socket: Int32, from address: SocketAddress) {
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)  // It fails for what is no descriptor only.
        guard let connection = core.registry.admit(socket: socket, remoteAddress: address.host) else {
            return turnAway(socket)
        }
        let next = turn.add(1, ordering: .relaxed).oldValue
        let daemon = daemons[next % daemons.count]
        let isOpen = address.withPointer { daemon.add(socket: socket, address: $0, size: address.size) }
        if !isOpen { core.registry.remove(connection) }
    }

    /// Tells a client that there are too many, in a write that does not wait, and closes.
    private func turnAway(_ socket: Int32) {
        let response = Refusal.crowded.response(retryAfterSeconds: core.limits.retryAfterSeconds)
        let head = """
            HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: \(response.body.count)\r\n\
            \(response.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined())\r\n
            """
        let text = Array(head.utf8) + response.body
        send(socket, text, text.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        shutdown(socket, Int32(SHUT_WR))
        Glibc.close(socket)
    }

    private func rest() {
        source.suspend()
        queue.asyncAfter(deadline: .now() + Self.pause) { self.source.resume() }
    }
}

/// Lets a closure own the listening socket.
private final class ListenerKeeper: Sendable {
    private let listener: Mutex<ListenSocket?>
    init(_ listener: consuming ListenSocket) { self.listener = Mutex(listener) }
    func close() { listener.withLock { $0 = nil } }
}
