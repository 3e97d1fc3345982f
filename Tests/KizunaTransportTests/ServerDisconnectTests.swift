import KizunaWeb
import Testing

@testable import KizunaMicrohttpd

/// Clients that leave, and what is left of their requests: nothing.
@Suite struct ServerDisconnectTests {
    private static let request = "POST / HTTP/1.1\r\nHost: kizuna\r\nContent-Length: 2\r\n\r\nok"

    private func isServing(_ server: MicrohttpdServer) async throws {
        let socket = try RawSocket(port: server.port)
        try await socket.send(Self.request)
        #expect(try await socket.readMessage().text == "ok")
    }

    @Test(
        arguments: [
            "", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: kizuna\r\nA", String(request.dropLast()),
            "POST / HTTP/1.1\r\nHost: kizuna\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        ],
        [false, true]
    )
    func aClientLeavesInMidRequest(part: String, resets: Bool) async throws {
        let gate = Gate()
        gate.open()
        // An end that arrives in one go with data is overlooked by libmicrohttpd 0.9.75; then the deadline tells.
        var limits = ServerLimits()
        limits.idleSeconds = 1
        limits.receiveTime = .seconds(1)
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: gate)
        let socket = try RawSocket(port: server.port)
        try await socket.send(Self.request)
        #expect(try await socket.readMessage().text == "ok")
        try await socket.send(part)
        if resets { socket.reset() } else { socket.close() }
        try await eventually("The connection is let go") { server.connections == 0 && server.requestsUnderWay == 0 }
        #expect(gate.arrived == 1)
        try await isServing(server)
        await server.stop()
    }

    @Test(arguments: [false, true])
    func manyClientsLeaveWhileTheyWait(reset: Bool) async throws {
        let gate = Gate()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: gate)
        let sockets = try (0..<100).map { _ in try RawSocket(port: server.port) }
        for socket in sockets { try await socket.send(Self.request) }
        try await eventually("All requests arrive") { gate.arrived == 100 }
        let exchanges = server.life.core.registry.exchanges.map { WeakExchange(exchange: $0) }
        #expect(exchanges.count == 100)
        for socket in sockets {
            if reset { socket.reset() } else { socket.close() }
        }
        gate.open()
        try await eventually("The connections are let go") { server.connections == 0 && server.requestsUnderWay == 0 }
        try await eventually("The requests are forgotten") { exchanges.allSatisfy { $0.exchange == nil } }
        try await isServing(server)
        await server.stop()
    }

    @Test func aClientLeavesWhileItsAnswerIsSent() async throws {
        let handler = Answering { request in
            HTTPResponse(status: 200, body: request.body + [UInt8](repeating: 0, count: 8 * 1024 * 1024))
        }
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: handler)
        let socket = try RawSocket(port: server.port)
        try await socket.send(Self.request)
        #expect(try await socket.read(1) == Array("H".utf8))
        socket.reset()
        try await eventually("The connection is let go") { server.connections == 0 && server.requestsUnderWay == 0 }
        await server.stop()
    }

    @Test func aClientThatHalfClosesStillHears() async throws {
        let gate = Gate()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: gate)
        let socket = try RawSocket(port: server.port)
        try await socket.send(Self.request)
        try await eventually("The request arrives") { gate.arrived == 1 }
        socket.endSending()
        gate.open()
        #expect(try await socket.readMessage().text == "ok")
        await server.stop()
    }
}

private final class WeakExchange: @unchecked Sendable {
    // Sendable because a weak reference is read atomically, and this one is written once.
    weak var exchange: Exchange?
    init(exchange: Exchange) { self.exchange = exchange }
}
