import Dispatch
import Glibc

/// A listening socket whose connections a test answers by hand, as no HTTP server would.
final class RawServer: Sendable {
    let port: Int
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "kizuna.test.server")

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw SocketFailure("socket") }
        var address = sockaddr_in.loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let code = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, size) == 0 && listen(descriptor, 16) == 0
                    ? getsockname(descriptor, pointer, &size) : -1
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        guard code == 0 else { throw SocketFailure("listen") }
    }

    deinit { close(descriptor) }

    var url: String { "http://127.0.0.1:\(port)/" }

    func accept() async throws -> RawSocket {
        let descriptor = descriptor
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                let accepted = uninterrupted { Glibc.accept(descriptor, nil, nil) }
                continuation.resume(
                    with: accepted < 0 ? .failure(SocketFailure("accept")) : .success(RawSocket(accepted: accepted))
                )
            }
        }
    }

    /// Whether somebody has connected and was not accepted yet.
    var hasConnection: Bool {
        get throws {
            var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let count = poll(&question, 1, 0)
            guard count >= 0 else { throw SocketFailure("poll") }
            return count > 0
        }
    }

    /// From now on whoever connects is refused.
    func stopListening() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}

/// A port of this machine on which nobody listens.
func unusedPort() throws -> Int { try RawServer().port }
