import Synchronization

/// All open connections, by socket. As long as a connection is in here its socket is open, for libmicrohttpd tells
/// us before it closes one.
final class ConnectionRegistry: Sendable {
    private struct State {
        var connections: [Int32: Connection] = [:]
        var countByAddress: [String: Int] = [:]
    }

    private let state = Mutex(State())
    private let limits: ServerLimits

    init(limits: ServerLimits) { self.limits = limits }

    /// Takes a connection in, unless there are enough.
    func admit(socket: Int32, remoteAddress: String, daemon: Daemon) -> Connection? {
        state.withLock { state in
            let fromThere = state.countByAddress[remoteAddress, default: 0]
            guard state.connections.count < limits.connections, fromThere < limits.connectionsPerAddress ?? .max
            else { return nil }
            let connection = Connection(
                socket: socket,
                remoteAddress: remoteAddress,
                daemon: daemon,
                limits: limits
            )
            state.connections[socket] = connection
            state.countByAddress[remoteAddress] = fromThere + 1
            return connection
        }
    }

    func connection(socket: Int32) -> Connection? { state.withLock { $0.connections[socket] } }

    func remove(_ connection: Connection) {
        state.withLock { state in
            guard state.connections.removeValue(forKey: connection.socket) != nil else { return }
            let left = state.countByAddress[connection.remoteAddress, default: 1] - 1
            state.countByAddress[connection.remoteAddress] = left == 0 ? nil : left
        }
    }

    var count: Int { state.withLock { $0.connections.count } }

    /// Cuts the connections whose deadline has passed. Under the lock, so that no socket is closed meanwhile and its
    /// number given to another.
    func cutLate(at milliseconds: Int64) {
        state.withLock { state in
            for connection in state.connections.values { connection.cut(at: milliseconds) }
        }
    }

    /// The requests on all connections.
    var exchanges: [Exchange] {
        let connections = state.withLock { Array($0.connections.values) }
        return connections.compactMap(\.exchange)
    }
}
