import KizunaMicrohttpd
import KizunaWeb
import Testing

/// Clients that hold a connection without using it. How long the server bears them is never measured, only that it
/// does not for ever.
@Suite struct ServerDeadlineTests {
    private func serving(
        _ handler: any HTTPHandler = Echo(),
        _ adjust: (inout ServerLimits) -> Void,
        _ body: (RawSocket, MicrohttpdServer) async throws -> Void
    ) async throws {
        var limits = ServerLimits()
        limits.idleSeconds = 600
        limits.receiveTime = .seconds(600)
        limits.sendTime = .seconds(600)
        adjust(&limits)
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: handler)
        let socket = try RawSocket(port: server.port)
        try await body(socket, server)
        try await eventually("The connection is let go") { server.connections == 0 && server.requestsUnderWay == 0 }
        await server.stop()
    }

    /// Sends the text again and again, until the server has had enough.
    private func drip(_ text: String, into socket: RawSocket, of server: MicrohttpdServer) async throws {
        try await eventually("The server ends the connection") {
            try? await socket.send(text)
            try? await Task.sleep(for: .milliseconds(50))
            return server.connections == 0
        }
    }

    @Test func aConnectionThatNeverSaysAnythingIsClosed() async throws {
        try await serving {
            $0.idleSeconds = 1
        } _: { socket, _ in
            let rest = try await socket.readToEnd()
            #expect(rest == "")
        }
    }

    @Test func aConnectionThatFallsSilentIsClosed() async throws {
        try await serving {
            $0.idleSeconds = 1
        } _: { socket, _ in
            try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            #expect(try await socket.readToEnd().hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test func aDrippedRequestLineIsCutOff() async throws {
        try await serving {
            $0.idleSeconds = 1
            $0.receiveTime = .seconds(1)
        } _: { socket, server in
            try await socket.send("GET /")
            try await drip("a", into: socket, of: server)
        }
    }

    @Test func aDrippedHeadIsCutOff() async throws {
        try await serving {
            $0.receiveTime = .seconds(1)
        } _: { socket, server in
            try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n")
            try await drip("A: b\r\n", into: socket, of: server)
        }
    }

    @Test func aDrippedBodyIsCutOff() async throws {
        let gate = Gate()
        try await serving(gate) {
            $0.receiveTime = .seconds(1)
        } _: { socket, server in
            try await socket.send("POST / HTTP/1.1\r\nHost: kizuna\r\nContent-Length: 60000\r\n\r\n")
            try await drip("a", into: socket, of: server)
        }
        #expect(gate.arrived == 0)
    }

    @Test func drippedChunksAreCutOff() async throws {
        try await serving {
            $0.receiveTime = .seconds(1)
        } _: { socket, server in
            try await socket.send("POST / HTTP/1.1\r\nHost: kizuna\r\nTransfer-Encoding: chunked\r\n\r\n")
            try await drip("1\r\na\r\n", into: socket, of: server)
        }
    }

    @Test func anAnswerThatNobodyReadsIsCutOff() async throws {
        let size = 64 * 1024 * 1024
        let handler = Answering { _ in HTTPResponse(status: 200, body: [UInt8](repeating: 0, count: size)) }
        try await serving(handler) {
            $0.sendTime = .seconds(1)
        } _: { socket, server in
            try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            var seen = 0
            try await eventually("The server ends the connection") {
                try? await Task.sleep(for: .milliseconds(50))
                return server.connections == 0
            }
            while case let part = try await socket.read(1 << 20), !part.isEmpty { seen += part.count }
            #expect(seen < size)
        }
    }

    @Test func aSlowHandlerIsNotTheClientsFault() async throws {
        let handler = Answering { _ in
            try? await Task.sleep(for: .milliseconds(2_600))
            return HTTPResponse(status: 200)
        }
        try await serving(handler) {
            $0.idleSeconds = 1
            $0.receiveTime = .seconds(1)
        } _: { socket, _ in
            try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            #expect(try await socket.readMessage().status == 200)
        }
    }

    @Test func aClientThatTakesItsTimeWithinTheLimitIsServed() async throws {
        try await serving {
            $0.idleSeconds = 600
        } _: { socket, _ in
            for part in ["GE", "T / HT", "TP/1.1\r\nHo", "st: kizuna\r\nContent-Le", "ngth: 2\r\n", "\r\n", "o", "k"] {
                try await socket.send(part)
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(try await socket.readMessage().text == "ok")
            socket.close()
        }
    }
}
