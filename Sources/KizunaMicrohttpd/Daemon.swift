import CMicrohttpd
import Glibc
import Synchronization

/// One libmicrohttpd daemon, the thread that runs it, and the connections given to it.
///
/// A server runs several side by side. The thread is ours rather than libmicrohttpd's: its own (in 0.9.75) waits
/// again before it handles events when exactly 128 came at once, for as long as it takes until one more comes, and
/// its pool cannot stop listening without a race that aborts the process.
final class Daemon: @unchecked Sendable {
    // Sendable because all but `inbox` and the bell is used by the daemon's thread only.

    private struct Inbox {
        var accepted: [(connection: Connection, address: SocketAddress)] = []
        var isEnding = false
    }

    private let handle: OpaquePointer
    private let epoll: Int32
    private let bell: Bell
    private let core: ServerCore
    /// libmicrohttpd points to it for as long as it runs.
    private let tls: TLSMaterial?
    private let inbox = Mutex(Inbox())
    private let ended = Latch()
    private var hasEnded = false

    /// - Throws: ``ServerError`` with `outOfResources`.
    init(core: ServerCore) throws(ServerError) {
        self.tls = core.tls
        self.bell = try Bell()
        var settings = kizuna_daemon_settings()
        settings.connections = UInt32(Int32.max)
        settings.idle_seconds = UInt32(core.limits.idleSeconds)
        settings.connection_memory = core.limits.connectionMemoryBytes
        settings.certificates = core.tls?.certificates.pointer
        settings.private_key = core.tls?.privateKey.pointer
        settings.priorities = core.tls?.priorities.pointer
        settings.client_authorities = core.tls?.clientAuthorities?.pointer
        settings.context = Unmanaged.passUnretained(core).toOpaque()
        settings.target_arrived = targetArrived
        settings.request_progressed = requestProgressed
        settings.request_ended = requestEnded
        settings.connection_changed = connectionChanged
        guard let handle = kizuna_daemon_start(&settings) else {
            throw ServerError(code: .outOfResources, message: "libmicrohttpd could not start")
        }
        self.handle = handle
        self.epoll = kizuna_daemon_epoll(handle)
        self.core = core
    }

    deinit { if !hasEnded { MHD_stop_daemon(handle) } }  // It was never started.

    /// Runs until ``stop()``; the thread keeps the daemon alive.
    func start() { detachThread(named: "kizuna.serve") { self.run() } }

    /// Has the thread look for connections that were resumed: libmicrohttpd does not wake it by itself.
    func wake() { bell.ring() }

    /// Takes over an accepted socket.
    func add(_ connection: Connection, address: SocketAddress) {
        inbox.withLock { $0.accepted.append((connection, address)) }
        bell.ring()
    }

    /// Ends the thread and all connections. No connection may be suspended.
    func stop() async {
        inbox.withLock { $0.isEnding = true }
        bell.ring()
        await ended.wait()
    }

    private func run() {
        var descriptors = [
            pollfd(fd: epoll, events: Int16(POLLIN), revents: 0),
            pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            poll(&descriptors, nfds_t(descriptors.count), timeoutMilliseconds)
            if descriptors[1].revents != 0, takeNews() { break }
            MHD_run(handle)
        }
        MHD_stop_daemon(handle)
        hasEnded = true
        ended.open()
    }

    /// How long to wait for events: libmicrohttpd knows when a connection has been idle for too long.
    private var timeoutMilliseconds: Int32 {
        var milliseconds: UInt64 = 0
        return MHD_get_timeout(handle, &milliseconds) == .YES ? Int32(clamping: milliseconds) : -1
    }

    /// Takes in what others left.
    ///
    /// - Returns: whether to end.
    private func takeNews() -> Bool {
        bell.silence()
        let news = inbox.withLock { inbox in
            defer { inbox.accepted = [] }
            return inbox
        }
        for (connection, address) in news.accepted {
            // libmicrohttpd closes the socket when it cannot take it.
            let isOpen = address.withPointer {
                MHD_add_connection(handle, connection.socket, $0, address.size) == .YES
            }
            if !isOpen { core.registry.remove(connection) }
        }
        return news.isEnding
    }
}
