import KizunaMicrohttpd
import KizunaWeb
import Testing

@Suite struct ServerEndTests {
    private static let request = "GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n"

    @Test func drainingLetsRequestsFinishAndTakesNoConnection() async throws {
        let gate = Gate()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: gate)
        let port = server.port
        let sockets = try (0..<20).map { _ in try RawSocket(port: port) }
        for socket in sockets { try await socket.send(Self.request) }
        try await eventually("All requests arrive") { gate.arrived == 20 }
        let drain = Task { await server.drain(within: .seconds(600)) }
        try await eventually("New connections are refused") { (try? RawSocket(port: port)) == nil }
        gate.open()
        for socket in sockets {
            let answer = try await socket.readMessage()
            #expect(answer.status == 200)
            #expect(answer["Connection"] == "close")
            #expect(try await socket.readToEnd() == "")
        }
        await drain.value
        #expect(server.connections == 0)
    }

    @Test func drainingAnswersWhatArrivesOnOpenConnections() async throws {
        let gate = Gate()
        let handler = Answering { $0.path == "/slow" ? await gate.respond(to: $0) : HTTPResponse(status: 204) }
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: handler)
        let port = server.port
        let (slow, late) = (try RawSocket(port: port), try RawSocket(port: port))
        try await late.send(Self.request)
        #expect(try await late.readMessage()["Connection"] == nil)
        try await slow.send("GET /slow HTTP/1.1\r\nHost: kizuna\r\n\r\n")
        try await eventually("The slow request arrives") { gate.arrived == 1 }
        let drain = Task { await server.drain(within: .seconds(600)) }
        try await eventually("New connections are refused") { (try? RawSocket(port: port)) == nil }
        try await late.send(Self.request)
        #expect(try await late.readMessage().status == 204)
        gate.open()
        #expect(try await slow.readMessage().status == 200)
        await drain.value
    }

    @Test func whenPatienceEndsTheClientHearsAndTheHandlerRunsOn() async throws {
        let gate = Gate()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: gate)
        let sockets = try (0..<20).map { _ in try RawSocket(port: server.port) }
        for socket in sockets { try await socket.send(Self.request) }
        try await eventually("All requests arrive") { gate.arrived == 20 }
        await server.drain(within: .milliseconds(20))
        for socket in sockets {
            let answer = try await socket.readMessage()
            #expect(answer.status == 503)
            #expect(answer["Retry-After"] == "1")
            #expect(answer["Connection"] == "close")
        }
        gate.open()
        #expect(server.connections == 0)
    }

    @Test func stoppingHurriesADrain() async throws {
        let gate = Gate()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: gate)
        let socket = try RawSocket(port: server.port)
        try await socket.send(Self.request)
        try await eventually("The request arrives") { gate.arrived == 1 }
        let drain = Task { await server.drain(within: .seconds(600)) }
        await server.stop()
        await drain.value
        await server.stop()
        #expect(try await socket.readMessage().status == 503)
        gate.open()
    }

    @Test func aServerNobodyHoldsStops() async throws {
        var server: MicrohttpdServer? = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
        let port = try #require(server?.port)
        let socket = try RawSocket(port: port)
        try await socket.send(Self.request)
        #expect(try await socket.readMessage().status == 200)
        server = nil
        #expect(try await socket.readToEnd() == "")
        try await eventually("New connections are refused") { (try? RawSocket(port: port)) == nil }
    }

    @Test func aHandlerMayStopItsServer() async throws {
        let (servers, hold) = AsyncStream.makeStream(of: MicrohttpdServer.self)
        let handler = Answering { _ in
            for await server in servers { await server.stop() }
            return HTTPResponse(status: 200)
        }
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: handler)
        let socket = try RawSocket(port: server.port)
        hold.yield(server)
        hold.finish()
        try await socket.send(Self.request)
        #expect(try await socket.readMessage().status == 503)
        await server.stop()
    }

    /// Requests keep coming while the server goes; none may crash it, hang or get half an answer.
    @Test(arguments: 0..<20)
    func stoppingUnderLoad(round: Int) async throws {
        let handler = Answering { request in
            if request.path == "/wait" { await Task.yield() }
            return HTTPResponse(status: 200)
        }
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: handler)
        let port = server.port
        await withTaskGroup { group in
            for index in 0..<8 {
                let path = index.isMultiple(of: 2) ? "/wait" : "/"
                group.addTask {
                    guard let socket = try? RawSocket(port: port) else { return }
                    while (try? await socket.send("GET \(path) HTTP/1.1\r\nHost: kizuna\r\n\r\n")) != nil,
                        let answer = try? await socket.readMessage(), answer.status == 200
                    {}
                }
            }
            try? await Task.sleep(for: .milliseconds(5 + round))
            await server.drain(within: .milliseconds(round))
        }
        #expect(server.connections == 0)
    }
}
