import Dispatch
import Glibc
import Synchronization

struct SocketFailure: Error, CustomStringConvertible {
    var description: String
    init(_ what: String) { description = "\(what): \(String(cString: strerror(errno)))" }
    init(plain what: String) { description = what }
}

/// One end of a TCP connection over loopback, for bytes that no HTTP library would send.
///
/// Its calls block on a queue of its own, so that none of the few threads that tasks share waits for a socket.
final class RawSocket: Sendable {
    /// Far longer than anything here takes; a test that gets there has failed.
    private static let patienceSeconds = 60

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "kizuna.test.socket")
    private let unread = Mutex<[UInt8]>([])
    private let isClosed = Mutex(false)

    /// Connects to a port of this machine.
    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw SocketFailure("socket") }
        var address = sockaddr_in.loopback(port: port)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw SocketFailure("connect") }
        setTimeouts()
    }

    /// Takes over a socket that was accepted.
    init(accepted descriptor: Int32) {
        self.descriptor = descriptor
        setTimeouts()
    }

    deinit { close() }

    func close() {
        let wasOpen = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        if wasOpen { Glibc.close(descriptor) }
    }

    /// Closes so that the other side sees a reset.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// Says that nothing more comes from this side.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        try await onQueue { try self.sendNow(bytes) }
    }

    /// Reads until the other side closes; a reset counts as a close.
    func readToEnd() async throws -> String {
        try await onQueue {
            while try self.readMore() {}
            return String(decoding: self.take(Int.max), as: UTF8.self)
        }
    }

    /// Reads one HTTP answer, or request, with the body that its `Content-Length` announces.
    func readMessage(hasBody: Bool = true) async throws -> RawMessage {
        try await onQueue { try self.readMessageNow(hasBody: hasBody) }
    }

    /// Reads up to that many bytes of what has arrived, and waits for the first; nothing at the end.
    func read(_ count: Int) async throws -> [UInt8] {
        try await onQueue {
            if self.unread.withLock({ $0.isEmpty }) { _ = try self.readMore() }
            return self.take(count)
        }
    }

    private func readMessageNow(hasBody: Bool) throws -> RawMessage {
        var end: Int?
        while end == nil {
            end = unread.withLock { $0.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound }
            if end == nil, try !readMore() { throw SocketFailure(plain: "closed before a head was complete") }
        }
        var message = RawMessage(head: String(decoding: take(end ?? 0), as: UTF8.self))
        let length = hasBody ? Int(message["Content-Length"] ?? "0") ?? 0 : 0
        while unread.withLock({ $0.count < length }) {
            if try !readMore() { throw SocketFailure(plain: "closed before a body was complete") }
        }
        message.body = take(length)
        return message
    }

    private func readMore() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = uninterrupted { recv(descriptor, &buffer, buffer.count, 0) }
        if count < 0, errno != ECONNRESET { throw SocketFailure("recv") }
        if count > 0 { unread.withLock { $0.append(contentsOf: buffer[..<count]) } }
        return count > 0
    }

    private func take(_ count: Int) -> [UInt8] {
        unread.withLock { unread in
            let taken = Array(unread.prefix(count))
            unread.removeFirst(taken.count)
            return taken
        }
    }

    private func sendNow(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                uninterrupted {
                    Glibc.send(
                        descriptor,
                        bytes.baseAddress?.advanced(by: sent),
                        bytes.count - sent,
                        Int32(MSG_NOSIGNAL)
                    )
                }
            }
            guard count > 0 else { throw SocketFailure("send") }
            sent += count
        }
    }

    private func setTimeouts() {
        var time = timeval(tv_sec: Self.patienceSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    private func onQueue<Answer: Sendable>(_ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}

/// Calls again what a signal, or a pause of the whole machine, has interrupted.
func uninterrupted<Count: SignedInteger>(_ call: () -> Count) -> Count {
    while true {
        let count = call()
        if count >= 0 || errno != EINTR { return count }
    }
}

/// A message as it came: its first line, its fields, its body.
struct RawMessage: Sendable {
    var head: String
    var body: [UInt8] = []

    init(head: String) { self.head = head }

    var firstLine: String { String(head.prefix { $0 != "\r\n" }) }
    var status: Int { Int(firstLine.split(separator: " ").dropFirst().first ?? "") ?? 0 }
    var text: String { String(decoding: body, as: UTF8.self) }

    subscript(name: String) -> String? {
        for line in head.split(separator: "\r\n").dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            if line[..<colon].lowercased() == name.lowercased() {
                return line[line.index(after: colon)...].drop { $0 == " " }.description
            }
        }
        return nil
    }
}

extension sockaddr_in {
    static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
