import KizunaMicrohttpd
import KizunaWeb
import Testing

/// Bodies that are larger than others, where the handler takes them.
@Suite struct ServerFileTests {
    /// Takes large bodies from those who say the word, and answers when the gate is open.
    private struct Archive: HTTPHandler {
        let gate: Gate

        func respond(to request: HTTPRequest) async -> HTTPResponse { await gate.respond(to: request) }
        func takesLargeBody(_ head: HTTPRequest) -> Bool {
            head.method == "POST" && head.path == "/files" && head.headers["Word"] == "sesame" && head.body.isEmpty
        }
    }

    private static func head(_ count: Int, path: String = "/files", word: String = "sesame") -> String {
        "POST \(path) HTTP/1.1\r\nHost: kizuna\r\nWord: \(word)\r\nContent-Length: \(count)\r\n\r\n"
    }

    private func server(_ limits: ServerLimits = ServerLimits(), isOpen: Bool = true) throws -> (MicrohttpdServer, Gate)
    {
        let gate = Gate()
        if isOpen { gate.open() }
        let archive = Archive(gate: gate)
        return (try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: archive), gate)
    }

    private func answer(_ request: String, of server: MicrohttpdServer) async throws -> RawMessage {
        let socket = try RawSocket(port: server.port)
        try await socket.send(request)
        return try await socket.readMessage()
    }

    @Test func aLargeBodyAtTheLimitIsTaken() async throws {
        let (server, _) = try server()
        let count = ServerLimits().largeBodyBytes
        let answer = try await answer(Self.head(count) + String(repeating: "b", count: count), of: server)
        #expect(answer.status == 200)
        #expect(answer.body.count == count)
        await server.stop()
    }

    @Test func oneByteMoreIsRefusedAsSoonAsItIsAnnounced() async throws {
        let (server, _) = try server()
        #expect(try await answer(Self.head(ServerLimits().largeBodyBytes + 1), of: server).status == 413)
        await server.stop()
    }

    @Test(arguments: [("/", "sesame"), ("/files", "x")])
    func othersKeepTheUsualLimit(path: String, word: String) async throws {
        let (server, _) = try server()
        let count = ServerLimits().bodyBytes + 1
        let request = Self.head(count, path: path, word: word) + String(repeating: "b", count: count)
        #expect(try await answer(request, of: server).status == 413)
        await server.stop()
    }

    @Test func oneLargeBodyPastThoseInMemoryIsToldToComeBack() async throws {
        var limits = ServerLimits()
        (limits.bodyBytes, limits.largeBodyBytes, limits.largeBodies) = (3, 4, 2)
        let (server, gate) = try server(limits, isOpen: false)
        var sockets: [RawSocket] = []
        for number in 1...2 {
            let socket = try RawSocket(port: server.port)
            try await socket.send(Self.head(4) + "file")
            sockets.append(socket)
            try await eventually("A file arrives") { gate.arrived == number }
        }
        #expect(try await answer(Self.head(4), of: server).status == 503)
        #expect(try await answer(Self.head(4, path: "/") + "file", of: server).status == 413)
        gate.open()
        for socket in sockets { #expect(try await socket.readMessage().text == "file") }
        try await eventually("There is room again") {
            (try? await answer(Self.head(4) + "more", of: server))?.text == "more"
        }
        await server.stop()
    }
}
