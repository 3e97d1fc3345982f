import Glibc
import Synchronization

/// Connections that were answered and ended while their clients still sent.
///
/// Closed at once, the system would reset them, and a client might lose the answer before it has read it (RFC 9112,
/// section 9.6). So they are closed for writing only, and what still comes is thrown away until the client closes too,
/// or has had enough of time and bytes.
final class LingeringSockets: Sendable {
    private struct Lingering {
        let descriptor: Int32
        let deadline: Int64
        var bytes: Int
    }

    /// Thrown away from one connection in one go, so that none keeps the others waiting.
    private static let mostAtOnce = 1024 * 1024

    private let limits: ServerLimits
    private let sockets = Mutex<[Lingering]>([])

    init(limits: ServerLimits) { self.limits = limits }

    /// Keeps a connection open that its owner is about to close; where there are enough, it closes as any other.
    func keep(_ socket: Int32) {
        sockets.withLock { sockets in
            guard sockets.count < limits.lingeringConnections else { return }
            let descriptor = fcntl(socket, F_DUPFD_CLOEXEC, 0)
            guard descriptor >= 0 else { return }
            shutdown(descriptor, Int32(SHUT_WR))
            let deadline = monotonicMilliseconds() + limits.lingeringTime.milliseconds
            sockets.append(Lingering(descriptor: descriptor, deadline: deadline, bytes: limits.lingeringBytes))
        }
    }

    /// What to wait for: readable when a client has sent more, or has closed.
    var descriptors: [Int32] { sockets.withLock { $0.map(\.descriptor) } }

    /// Throws away what has come, and closes those that are done.
    func drain(at milliseconds: Int64) {
        sockets.withLock { sockets in
            for index in sockets.indices.reversed() {
                if drain(&sockets[index]), sockets[index].deadline >= milliseconds { continue }
                close(sockets.remove(at: index).descriptor)
            }
        }
    }

    func closeAll() {
        sockets.withLock { sockets in
            for lingering in sockets { close(lingering.descriptor) }
            sockets = []
        }
    }

    /// - Returns: whether more may come.
    private func drain(_ lingering: inout Lingering) -> Bool {
        let most = min(lingering.bytes, LingeringSockets.mostAtOnce)
        // Linux takes the bytes off a TCP connection without copying them anywhere.
        let count = recv(lingering.descriptor, nil, most, Int32(MSG_TRUNC | MSG_DONTWAIT))
        guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
        lingering.bytes -= count
        return lingering.bytes > 0
    }
}
