import KizunaMicrohttpd
import KizunaWeb
import Testing

/// Each limit at its value and one past it.
@Suite struct ServerLimitTests {
    private func answer(
        to request: String,
        limits: ServerLimits = ServerLimits(),
        handler: any HTTPHandler = Echo()
    ) async throws -> RawMessage {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: handler)
        let socket = try RawSocket(port: server.port)
        try await socket.send(request)
        let answer = try await socket.readMessage()
        await server.stop()
        return answer
    }

    private static func post(_ count: Int) -> String {
        "POST / HTTP/1.1\r\nHost: kizuna\r\nContent-Length: \(count)\r\n\r\n" + String(repeating: "b", count: count)
    }

    private static func chunked(_ count: Int) -> String {
        """
        POST / HTTP/1.1\r\nHost: kizuna\r\nTransfer-Encoding: chunked\r\n\r\n\(String(count, radix: 16))\r\n\
        \(String(repeating: "b", count: count))\r\n0\r\n\r\n
        """
    }

    // MARK: Bodies

    @Test(arguments: [post, chunked])
    func aBodyAtTheLimitIsTaken(request: @Sendable (Int) -> String) async throws {
        let answer = try await answer(to: request(ServerLimits().bodyBytes))
        #expect(answer.status == 200)
        #expect(answer.body.count == 65_536)
    }

    @Test(arguments: [post, chunked])
    func aBodyOnePastTheLimitIsNot(request: @Sendable (Int) -> String) async throws {
        let answer = try await answer(to: request(ServerLimits().bodyBytes + 1))
        #expect(answer.status == 413)
        #expect(answer["Content-Type"] == "application/problem+json")
        #expect(answer.text.contains(#""title":"Content Too Large","status":413"#))
    }

    @Test func aConnectionOutlivesABodyThatWasReadThough() async throws {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
        let socket = try RawSocket(port: server.port)
        try await socket.send(Self.post(ServerLimits().discardedBodyBytes))
        #expect(try await socket.readMessage().status == 413)
        try await socket.send(Self.post(1))
        #expect(try await socket.readMessage().text == "b")
        await server.stop()
    }

    @Test func aLargerOneIsRefusedAsSoonAsItIsAnnounced() async throws {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
        let socket = try RawSocket(port: server.port)
        let count = ServerLimits().discardedBodyBytes + 1
        try await socket.send("POST / HTTP/1.1\r\nHost: kizuna\r\nContent-Length: \(count)\r\n\r\n")
        let answer = try await socket.readMessage()
        #expect(answer.status == 413)
        #expect(answer["Connection"] == "close")
        #expect(try await socket.readToEnd() == "")
        await server.stop()
    }

    /// Whoever sends it all without listening still comes to read why it was not taken, and no reset.
    @Test func whoSendsTheLargerOneAllTheSameReadsTheRefusal() async throws {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
        let socket = try RawSocket(port: server.port)
        try await socket.send(Self.post(ServerLimits().lingeringBytes))
        #expect(try await socket.readMessage().status == 413)
        #expect(try await socket.read(1) == [])
        socket.close()
        await server.stop()
    }

    @Test(
        arguments: [
            { $0.lingeringBytes = 2 * 1024 * 1024 }, { $0.lingeringTime = .milliseconds(300) },
            { $0.lingeringConnections = 0 },
        ] as [@Sendable (inout ServerLimits) -> Void]
    )
    func whoNeverEndsTheLargerOneIsCutOff(limit: @Sendable (inout ServerLimits) -> Void) async throws {
        var limits = ServerLimits()
        (limits.lingeringBytes, limits.lingeringTime) = (.max, .seconds(3_600))
        limit(&limits)
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: Echo())
        let socket = try RawSocket(port: server.port)
        try await socket.send("POST / HTTP/1.1\r\nHost: kizuna\r\nContent-Length: 1000000000\r\n\r\n")
        #expect(try await socket.readMessage().status == 413)
        await #expect(throws: SocketFailure.self) {
            while true { try await socket.send([UInt8](repeating: 0, count: 256 * 1024)) }
        }
        await server.stop()
    }

    @Test func aLargerOneThatWasNotAnnouncedIsCutOff() async throws {
        var limits = ServerLimits()
        limits.bodyBytes = 10
        limits.discardedBodyBytes = 20
        let gate = Gate()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: gate)
        let socket = try RawSocket(port: server.port)
        try await socket.send(Self.chunked(21))
        #expect(try await socket.readToEnd() == "")
        #expect(gate.arrived == 0)
        await server.stop()
    }

    @Test func whoWaitsForContinueHearsAtOnce() async throws {
        let answer = try await answer(
            to: "POST / HTTP/1.1\r\nHost: kizuna\r\nExpect: 100-continue\r\nContent-Length: 65537\r\n\r\n"
        )
        #expect(answer.status == 413)
    }

    @Test(arguments: ["99999999999999999999999", "18446744073709551616", "9223372036854775808"])
    func aLengthThatNoNumberHoldsIsRefused(length: String) async throws {
        let answer = try await answer(to: "POST / HTTP/1.1\r\nHost: kizuna\r\nContent-Length: \(length)\r\n\r\n")
        #expect([400, 413].contains(answer.status))
    }

    // MARK: Heads

    @Test(arguments: [(8_192, 200), (8_193, 414), (100_000, 414)])
    func targets(count: Int, status: Int) async throws {
        let target = "/" + String(repeating: "a", count: count - 1)
        #expect(try await answer(to: "GET \(target) HTTP/1.1\r\nHost: kizuna\r\n\r\n").status == status)
    }

    @Test(arguments: [(16_384, 200), (16_385, 431), (100_000, 431)])
    func heads(count: Int, status: Int) async throws {
        let frame = "GET / HTTP/1.1\r\nHost: kizuna\r\nA: \r\n\r\n"
        let filling = String(repeating: "a", count: count - frame.utf8.count)
        let gate = Gate()
        gate.open()
        let request = "GET / HTTP/1.1\r\nHost: kizuna\r\nA: \(filling)\r\n\r\n"
        #expect(try await answer(to: request, handler: gate).status == status)
    }

    @Test(arguments: [(100, 200), (101, 431), (5_000, 431)])
    func fields(count: Int, status: Int) async throws {
        let others = String(repeating: "a: b\r\n", count: count - 1)
        let gate = Gate()
        gate.open()
        let request = "GET / HTTP/1.1\r\nHost: kizuna\r\n\(others)\r\n"
        #expect(try await answer(to: request, handler: gate).status == status)
    }

    @Test func aHeadAtEveryLimitIsTaken() async throws {
        let fields = (0..<99).map { "Field-\($0): \(String(repeating: "v", count: 60))\r\n" }.joined()
        let start = "GET /?\(String(repeating: "&", count: 8_190)) HTTP/1.1\r\nHost: kizuna\r\n"
        let gate = Gate()
        gate.open()
        #expect(try await answer(to: start + fields + "\r\n", handler: gate).status == 200)
    }

    @Test func cookiesThatFillTheConnectionsMemoryAreRefused() async throws {
        let cookies = String(repeating: "a=b;", count: 3_500)
        #expect(try await answer(to: "GET / HTTP/1.1\r\nHost: kizuna\r\nCookie: \(cookies)\r\n\r\n").status == 431)
    }

    @Test func theLimitsAreTheServersOwn() async throws {
        var limits = ServerLimits()
        limits.bodyBytes = 3
        limits.headBytes = 4_096
        limits.headerFields = 2
        limits.targetBytes = 5
        let length = "GET /1234 HTTP/1.1\r\nHost: kizuna\r\nContent-Length: "
        #expect(try await answer(to: length + "3\r\n\r\nabc", limits: limits).status == 200)
        #expect(try await answer(to: length + "4\r\n\r\nabcd", limits: limits).status == 413)
        #expect(try await answer(to: length + "0\r\nA: b\r\n\r\n", limits: limits).status == 431)
        #expect(
            try await answer(to: "GET /12345 HTTP/1.1\r\nHost: kizuna\r\n\r\n", limits: limits).status == 414
        )
    }

    // MARK: Crowds

    @Test func oneRequestPastThoseInFlightIsToldToComeBack() async throws {
        var limits = ServerLimits()
        limits.requestsInFlight = 3
        limits.retryAfterSeconds = 7
        let gate = Gate()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: gate)
        let sockets = try (0..<4).map { _ in try RawSocket(port: server.port) }
        for (index, socket) in sockets.prefix(3).enumerated() {
            try await socket.send(Self.post(2))
            try await eventually("A request arrives") { gate.arrived == index + 1 }
        }
        try await sockets[3].send(Self.post(2))
        let refusal = try await sockets[3].readMessage()
        #expect(refusal.status == 503)
        #expect(refusal["Retry-After"] == "7")
        #expect(gate.arrived == 3)
        gate.open()
        for socket in sockets.prefix(3) { #expect(try await socket.readMessage().status == 200) }
        try await sockets[3].send(Self.post(2))
        #expect(try await sockets[3].readMessage().status == 200)
        await server.stop()
    }

    @Test func oneConnectionPastThoseOpenIsToldToComeBack() async throws {
        var limits = ServerLimits()
        limits.connections = 3
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: Echo())
        try await fill(3, of: server)
        await server.stop()
    }

    @Test func oneConnectionPastThoseOfAnAddressIsToldToComeBack() async throws {
        var limits = ServerLimits()
        limits.connectionsPerAddress = 2
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: Echo())
        try await fill(2, of: server)
        await server.stop()
    }

    /// Opens as many connections as there may be, and one more, and one more after one has gone.
    private func fill(_ count: Int, of server: MicrohttpdServer) async throws {
        let sockets = try (0..<count).map { _ in try RawSocket(port: server.port) }
        for socket in sockets {
            try await socket.send(Self.post(1))
            #expect(try await socket.readMessage().status == 200)
        }
        let refused = try await RawSocket(port: server.port).readToEnd()
        #expect(refused.hasPrefix("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n"))
        #expect(refused.contains("Retry-After: 1\r\n"))
        #expect(refused.hasSuffix("}"))

        sockets[0].close()
        try await eventually("The server notices that a client has left") { server.connections == count - 1 }
        let next = try RawSocket(port: server.port)
        try await next.send(Self.post(1))
        #expect(try await next.readMessage().status == 200)
        try await sockets[1].send(Self.post(1))
        #expect(try await sockets[1].readMessage().status == 200)
    }
}
