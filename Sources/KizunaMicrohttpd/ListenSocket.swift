import Glibc

/// A TCP socket that takes connections; closed with its owner.
struct ListenSocket: ~Copyable {
    let descriptor: Int32

    /// - Parameters:
    ///   - host: a numeric IPv4 or IPv6 address of this machine, or `localhost`.
    ///   - port: 0 for any free one.
    /// - Throws: ``ServerError``.
    init(host: String, port: Int) throws(ServerError) {
        guard let port = UInt16(exactly: port) else {
            throw ServerError(code: .addressUnusable, message: "A port is a number from 0 to 65535")
        }
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, "\(port)", &hints, &found)
        guard code == 0, let found else {
            throw ServerError(code: .addressUnusable, message: String(cString: gai_strerror(code)))
        }
        defer { freeaddrinfo(found) }
        try self.init(address: found.pointee)
    }

    private init(address: addrinfo) throws(ServerError) {
        let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = socket(address.ai_family, address.ai_socktype | flags, 0)
        guard descriptor >= 0 else { throw ServerError(errno: errno) }
        var on: Int32 = 1
        // A server that restarts must not wait for the connections of its last life to be forgotten.
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, address.ai_addr, address.ai_addrlen) == 0, listen(descriptor, SOMAXCONN) == 0 else {
            throw ServerError(errno: errno)
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The port that the system chose, or that was asked for.
    var port: Int {
        let address = SocketAddress { getsockname(descriptor, $0, $1) }
        return address?.port ?? 0
    }
}

/// An address of either internet family.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private(set) var size = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// Has a system call fill in the address; nothing when the call fails.
    init?(filledBy call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32) {
        let code = withUnsafeMutablePointer(to: &storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &size) }
        }
        guard code >= 0 else { return nil }
    }

    func withPointer<Answer>(_ body: (UnsafePointer<sockaddr>) -> Answer) -> Answer {
        withUnsafePointer(to: storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0) }
        }
    }

    var port: Int? { numeric.flatMap { Int($0.service) } }

    /// The numeric host; an IPv4 client of an IPv6 socket under its IPv4 address.
    var host: String {
        let host = numeric?.host ?? ""
        return host.hasPrefix("::ffff:") && host.contains(".") ? String(host.dropFirst(7)) : host
    }

    private var numeric: (host: String, service: String)? {
        var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        var service = [CChar](repeating: 0, count: Int(NI_MAXSERV))
        let code = withPointer {
            getnameinfo(
                $0,
                size,
                &host,
                socklen_t(host.count),
                &service,
                socklen_t(service.count),
                NI_NUMERICHOST | NI_NUMERICSERV
            )
        }
        guard code == 0 else { return nil }
        return (Self.text(host), Self.text(service))
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
