import Glibc
import KizunaWeb
import Synchronization

/// Takes connections from a listening socket, gives them to the daemons in turn, cuts those that are late, and sees
/// out those that are answered and still send.
final class Acceptor: @unchecked Sendable {
    // Sendable because all but `orders`, the bell and the latches is used by the acceptor's thread only.

    private struct Orders {
        var closes = false
        var ends = false
    }

    /// Connections taken in one go before deadlines are looked at again.
    private static let burst = 64
    /// The pause after the system has refused a socket, for lack of descriptors or memory: without one the loop
    /// would spin until somebody closes something.
    private static let pauseMicroseconds: UInt32 = 50_000
    /// How often deadlines are looked at. They are seconds long; one look costs a few nanoseconds a connection.
    private static let sweepMilliseconds: Int64 = 250

    private let core: ServerCore
    private let daemons: [Daemon]
    private let bell: Bell
    private let orders = Mutex(Orders())
    private let closed = Latch()
    private let ended = Latch()
    private var listener: ListenSocket?
    private var nextDaemon = 0
    private var nextSweep = monotonicMilliseconds()

    /// - Throws: ``ServerError`` with `outOfResources`.
    init(_ listener: consuming ListenSocket, core: ServerCore, daemons: [Daemon]) throws(ServerError) {
        self.bell = try Bell()
        self.core = core
        self.daemons = daemons
        self.listener = consume listener
    }

    /// Runs until ``end()``; the thread keeps the acceptor alive.
    func start() { detachThread(named: "kizuna.accept") { self.run() } }

    /// Closes the listening socket; whoever connects from now on is refused by the system.
    func close() async {
        orders.withLock { $0.closes = true }
        bell.ring()
        await closed.wait()
    }

    /// Deadlines are not looked at any more.
    func end() async {
        orders.withLock { $0.ends = true }
        bell.ring()
        await ended.wait()
    }

    private func run() {
        while true {
            // The system passes over a descriptor below zero.
            var descriptors = [
                pollfd(fd: listener?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            descriptors += core.lingering.descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let patience = max(nextSweep - monotonicMilliseconds(), 0)
            poll(&descriptors, nfds_t(descriptors.count), Int32(clamping: patience))
            if descriptors[1].revents != 0 {
                bell.silence()
                let orders = orders.withLock { $0 }
                if orders.closes {
                    listener = nil
                    closed.open()
                }
                if orders.ends { break }
            } else if descriptors[0].revents != 0 {
                accept(from: descriptors[0].fd)
            }
            core.lingering.drain(at: monotonicMilliseconds())
            sweep()
        }
        core.lingering.closeAll()
        ended.open()
    }

    private func sweep() {
        let now = monotonicMilliseconds()
        guard now >= nextSweep else { return }
        nextSweep = now + Self.sweepMilliseconds
        core.registry.cutLate(at: now)
    }

    private func accept(from descriptor: Int32) {
        for _ in 0..<Self.burst {
            var accepted: Int32 = -1
            let address = SocketAddress {
                accepted = Glibc.accept(descriptor, $0, $1)
                return accepted
            }
            guard let address else {
                switch errno {
                case EAGAIN: break
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: usleep(Self.pauseMicroseconds)
                default: continue  // The client left before we came; the next one may be there.
                }
                return
            }
            take(accepted, from: address)
        }
    }

    private func take(_ socket: Int32, from address: SocketAddress) {
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)  // It fails for what is no descriptor only.
        let daemon = daemons[nextDaemon]
        guard let connection = core.registry.admit(socket: socket, remoteAddress: address.host, daemon: daemon) else {
            return turnAway(socket)
        }
        daemon.add(connection, address: address)
        nextDaemon = (nextDaemon + 1) % daemons.count
    }

    /// Tells a client that there are too many, in a write that does not wait, and closes. Over TLS it is only closed:
    /// words would take a handshake, which is what there is no room for.
    private func turnAway(_ socket: Int32) {
        guard core.tls == nil else {
            Glibc.close(socket)
            return
        }
        let response = core.response(to: .crowded)
        let head = """
            HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: \(response.body.count)\r\n\
            \(response.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined())\r\n
            """
        let text = Array(head.utf8) + response.body
        send(socket, text, text.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        shutdown(socket, Int32(SHUT_WR))
        Glibc.close(socket)
    }
}
