import Glibc
import Testing

@testable import KizunaMicrohttpd

@Suite struct ServerStartTests {
    @Test func aPortInUseIsRefused() async throws {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
        let error = #expect(throws: ServerError.self) {
            try MicrohttpdServer(listen: "127.0.0.1", port: server.port, handler: Echo())
        }
        #expect(error?.code == .addressInUse)
        #expect(error?.description == "addressInUse: Address already in use")
        await server.stop()
    }

    @Test func aPortIsFreeAgainAfterAStop() async throws {
        let first = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
        let socket = try RawSocket(port: first.port)
        try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
        #expect(try await socket.readMessage().status == 200)
        await first.stop()
        let second = try MicrohttpdServer(listen: "127.0.0.1", port: first.port, handler: Echo())
        #expect(second.port == first.port)
        await second.stop()
    }

    @Test(arguments: [
        ("127.0.0.1", -1), ("127.0.0.1", 65_536), ("203.0.113.7", 0), ("no.such.host.invalid", 0), ("", 0),
    ])
    func anAddressThatIsNotOursIsRefused(host: String, port: Int) {
        guard host != "" else { return }
        let error = #expect(throws: ServerError.self) {
            try MicrohttpdServer(listen: host, port: port, handler: Echo())
        }
        #expect(error?.code == .addressUnusable)
    }

    @Test(arguments: ["127.0.0.1", "::1", "localhost"])
    func listensOn(host: String) async throws {
        let server: MicrohttpdServer
        do {
            server = try MicrohttpdServer(listen: host, port: 0, handler: Echo())
        } catch {
            // A machine without IPv6 has no such address, and says so.
            #expect(host == "::1" && error.code == .addressUnusable)
            return
        }
        #expect(server.port > 0)
        await server.stop()
    }

    /// One socket for both families; an IPv4 client keeps its own address.
    @Test func anIPv4ClientOfAnIPv6SocketIsKnownByItsAddress() async throws {
        // A machine without IPv6 has nothing to show here.
        guard let server = try? MicrohttpdServer(listen: "::", port: 0, handler: Echo()) else { return }
        let socket = try RawSocket(port: server.port)
        try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
        #expect(try await socket.readMessage()["Seen-Address"] == "127.0.0.1")
        await server.stop()
    }

    @Test(arguments: [1, 2, 4])
    func spreadsOverItsThreads(count: Int) async throws {
        var options = ServerOptions()
        options.threads = count
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, options: options, handler: Echo())
        for _ in 0..<2 * count {
            let socket = try RawSocket(port: server.port)
            try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            #expect(try await socket.readMessage().status == 200)
        }
        await server.stop()
    }

    @Test(
        arguments: [
            (EADDRINUSE, .addressInUse), (EACCES, .notPermitted), (EPERM, .notPermitted), (EMFILE, .outOfResources),
            (ENFILE, .outOfResources), (ENOMEM, .outOfResources), (EADDRNOTAVAIL, .addressUnusable),
        ] as [(Int32, ServerError.Code)]
    )
    func everyErrnoHasItsMeaning(number: Int32, code: ServerError.Code) {
        #expect(ServerError(errno: number).code == code)
    }
}
