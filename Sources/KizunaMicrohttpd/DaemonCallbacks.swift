import CMicrohttpd
import Glibc

// libmicrohttpd calls these from the daemon's thread. They are functions rather than closures so that they belong to no
// actor: a closure written in main-actor code would trap there.

private func core(_ context: UnsafeMutableRawPointer) -> ServerCore {
    Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
}

/// A request line has arrived. What this returns becomes the request's context, up to ``requestEnded``.
func targetArrived(
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
func requestProgressed(
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
func requestEnded(
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
func connectionChanged(
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
        let known = Unmanaged<Connection>.fromOpaque(opaque).takeRetainedValue()
        if known.wasAnsweredEarly { core(context).lingering.keep(known.socket) }
        registry.remove(known)
        state.pointee = nil
    }
}
