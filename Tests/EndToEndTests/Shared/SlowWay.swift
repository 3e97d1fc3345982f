import DatabaseServer
import Foundation
import Synchronization

/// A way to a PostgreSQL server on which answers take their time, or say that the server is an older one.
final class SlowWay: Sendable {
    /// The folder of its socket: what `host=` names.
    let folder: String
    /// How long each piece of an answer is held back, in milliseconds.
    let delayMilliseconds = Atomic(0)
    private let server: String
    private let listener: CInt
    private let words: (said: [UInt8], told: [UInt8])?
    private let place: TemporaryFolder

    /// - Parameter words: bytes of an answer, and what is told instead; of one length.
    init(to server: DatabaseServer, telling words: (said: [UInt8], told: [UInt8])? = nil) throws {
        place = try TemporaryFolder()
        folder = place.url.path
        self.server = SlowWay.socket(in: server.folder)
        self.words = words
        listener = Glibc.socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        let isListening = SlowWay.with(SlowWay.socket(in: folder)) { [listener] in bind(listener, $0, $1) } == 0
        guard isListening, listen(listener, 64) == 0 else { throw POSIXError(.EADDRINUSE) }
        Thread.detachNewThread { [self] in accept() }
    }

    /// Takes no more connections; those that there are go on.
    func close() { shutdown(listener, CInt(SHUT_RDWR)) }

    private static func socket(in folder: String) -> String { "\(folder)/.s.PGSQL.5432" }

    private static func with(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            room.copyBytes(from: Array(path.utf8).prefix(room.count - 1))
        }
        return withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private func accept() {
        while true {
            let near = Glibc.accept(listener, nil, nil)
            guard near >= 0 else { break }
            let far = Glibc.socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
            guard SlowWay.with(server, { connect(far, $0, $1) }) == 0 else {
                for end in [near, far] { Glibc.close(end) }
                continue
            }
            let ends = Ends(near: near, far: far)
            Thread.detachNewThread { [self] in
                carry(from: near, to: far) { _ in }
                ends.leave()
            }
            Thread.detachNewThread { [self] in
                carry(from: far, to: near) { bytes in
                    usleep(UInt32(delayMilliseconds.load(ordering: .relaxed)) * 1_000)
                    if let words, let range = bytes.firstRange(of: words.said) {
                        bytes.replaceSubrange(range, with: words.told)
                    }
                }
                ends.leave()
            }
        }
        Glibc.close(listener)
    }

    /// Both ends of a connection, closed when both directions are over.
    private final class Ends: Sendable {
        private let near: CInt
        private let far: CInt
        private let left = Atomic(0)

        init(near: CInt, far: CInt) {
            self.near = near
            self.far = far
        }

        func leave() {
            for end in [near, far] { shutdown(end, CInt(SHUT_RDWR)) }
            guard left.add(1, ordering: .relaxed).newValue == 2 else { return }
            for end in [near, far] { Glibc.close(end) }
        }
    }

    private func carry(from one: CInt, to other: CInt, _ change: (inout [UInt8]) -> Void) {
        var room = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(one, &room, room.count)
            guard count > 0 else { return }
            var bytes = Array(room[..<count])
            change(&bytes)
            var sent = 0
            while sent < bytes.count {
                let more = bytes[sent...].withUnsafeBytes {
                    send(other, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
                }
                guard more > 0 else { return }
                sent += more
            }
        }
    }
}
