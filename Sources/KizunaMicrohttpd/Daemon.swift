import CMicrohttpd
import Glibc
import Synchronization

/// One libmicrohttpd daemon: one thread with an epoll loop, and the connections given to it.
///
/// A server runs several side by side. libmicrohttpd's own pool would pick the thread by the socket's number, which
/// puts everybody on one thread when client and server share a process; and its own listening cannot be ended
/// without a race that aborts the process (`MHD_quiesce_daemon` in 0.9.75 against a busy pool).
final class Daemon: @unchecked Sendable {
    // Sendable because libmicrohttpd takes connections from any thread, and `stop` runs once, last.
    private let handle: OpaquePointer
    private let core: ServerCore
    private let stopped = Atomic(false)

    init(core: ServerCore) throws(ServerError) {
        var settings = kizuna_daemon_settings()
        settings.connections = UInt32(Int32.max)
        settings.idle_seconds = UInt32(core.limits.idleSeconds)
        settings.connection_memory = core.limits.connectionMemoryBytes
        settings.context = Unmanaged.passUnretained(core).toOpaque()
        settings.target_arrived = targetArrived
        settings.request_progressed = requestProgressed
        settings.request_ended = requestEnded
        settings.connection_changed = connectionChanged
        guard let handle = kizuna_daemon_start(&settings) else {
            throw ServerError(code: .outOfResources, message: String(cString: strerror(errno)))
        }
        self.handle = handle
        self.core = core
    }

    /// Takes over an accepted socket; closes it when it cannot.
    ///
    /// - Returns: whether the connection is open.
    func add(socket: Int32, address: UnsafePointer<sockaddr>, size: socklen_t) -> Bool {
        MHD_add_connection(handle, socket, address, size) == .YES
    }

    /// Ends the thread and all connections. Blocks, so not for a handler's thread; no connection may be suspended.
    func stop() {
        guard !stopped.exchange(true, ordering: .relaxed) else { return }
        MHD_stop_daemon(handle)
    }
}

// libmicrohttpd calls these from its threads. They are functions rather than closures so that they belong to no
// actor: a closure written in main-actor code would trap there.

private func core(_ context: UnsafeMutableRawPointer) -> ServerCore {
    Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
}

/// A request line has arrived. What this returns becomes the request's context, up to ``requestEnded``.
private func targetArrived(
    context: UnsafeMutableRawPointer?,
    target: UnsafePointer<CChar>?,
    connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let context, let target, let connection, let known = kizuna_connection_context(connection) else { return nil }
    let core = core(context)
    let connectionState = Unmanaged<Connection>.fromOpaque(known).takeUnretainedValue()
    let targetBytes = Array(bytes(at: target, count: strlen(target)))
    if let mark = targetBytes.firstIndex(of: UInt8(ascii: "?")) {
        // Ends the query before libmicrohttpd sees it. It would index the arguments, which we do not use; one with
        // more of them than the connection's memory holds would leave the connection hanging.
        UnsafeMutablePointer(mutating: target)[mark + 1] = 0
    }
    let exchange = Exchange(core: core, connection: connectionState, target: targetBytes)
    core.beginExchange()
    connectionState.begin(exchange, limits: core.limits)
    return Unmanaged.passRetained(exchange).toOpaque()
}

/// The head, a part of the body, or the body's end has arrived, or a connection was resumed.
private func requestProgressed(
    context: UnsafeMutableRawPointer?,
    connection: OpaquePointer?,
    url: UnsafePointer<CChar>?,
    method: UnsafePointer<CChar>?,
    version: UnsafePointer<CChar>?,
    data: UnsafePointer<CChar>?,
    dataCount: UnsafeMutablePointer<Int>?,
    request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let connection, let url, let method, let version, let dataCount, let opaque = request?.pointee else {
        return .NO
    }
    let exchange = Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
    let count = dataCount.pointee
    dataCount.pointee = 0
    return exchange.progress(
        connection,
        lines: RequestLine(method: method, target: url, version: version),
        data: data.map { bytes(at: $0, count: count) } ?? UnsafeBufferPointer(start: nil, count: 0)
    )
}

/// The answer is out, or the connection is lost.
private func requestEnded(
    context: UnsafeMutableRawPointer?,
    connection: OpaquePointer?,
    request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    reason: MHD_RequestTerminationCode
) {
    guard let context, let connection, let opaque = request?.pointee else { return }
    request?.pointee = nil
    let core = core(context)
    if let known = kizuna_connection_context(connection) {
        Unmanaged<Connection>.fromOpaque(known).takeUnretainedValue().end(limits: core.limits)
    }
    Unmanaged<Exchange>.fromOpaque(opaque).release()
    core.endExchange()
}

/// A connection has begun, or is about to be closed.
private func connectionChanged(
    context: UnsafeMutableRawPointer?,
    connection: OpaquePointer?,
    state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    change: MHD_ConnectionNotificationCode
) {
    guard let context, let connection, let state else { return }
    let registry = core(context).registry
    if change == .CONNECTION_NOTIFY_STARTED {
        guard let known = registry.connection(socket: kizuna_connection_socket(connection)) else { return }
        state.pointee = Unmanaged.passRetained(known).toOpaque()
    } else if let opaque = state.pointee {
        registry.remove(Unmanaged<Connection>.fromOpaque(opaque).takeRetainedValue())
        state.pointee = nil
    }
}
