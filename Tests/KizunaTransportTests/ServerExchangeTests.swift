import Glibc
import KizunaMicrohttpd
import KizunaWeb
import Synchronization
import Testing

@Suite struct ServerExchangeTests {
    private func serving(
        _ handler: any HTTPHandler = Echo(),
        limits: ServerLimits = ServerLimits(),
        _ body: (RawSocket, MicrohttpdServer) async throws -> Void
    ) async throws {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: handler)
        let socket = try RawSocket(port: server.port)
        try await body(socket, server)
        socket.close()
        await server.stop()
    }

    @Test func answersAndNamesDateAndLength() async throws {
        try await serving { socket, _ in
            try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            let answer = try await socket.readMessage()
            #expect(answer.firstLine == "HTTP/1.1 200 OK")
            #expect(answer["Content-Length"] == "0")
            #expect(answer["Date"]?.hasSuffix(" GMT") == true)
            #expect(answer["Connection"] == nil)
            #expect(answer["Seen-Address"] == "127.0.0.1")
        }
    }

    @Test(arguments: ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"])
    func givesTheHandlerTheMethod(method: String) async throws {
        try await serving { socket, _ in
            try await socket.send("\(method) / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            #expect(try await socket.readMessage()["Seen-Method"] == method)
        }
    }

    @Test(arguments: [
        ("/", "/", ""),
        ("/a%2Fb/%e1%9e%80?q=%26&r=+", "/a%2Fb/%e1%9e%80", "q=%26&r=+"),
        ("/?", "/", ""),
        ("/a??b", "/a", "?b"),
        ("*", "*", ""),
        ("http://other:80/path?q", "/path", "q"),
        ("HTTPS://other", "/", ""),
        ("http://other?q", "/", "q"),
    ])
    func splitsTheTargetWithoutDecodingIt(target: String, path: String, query: String) async throws {
        try await serving { socket, _ in
            try await socket.send("GET \(target) HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            let answer = try await socket.readMessage()
            #expect(answer["Seen-Path"] == path)
            #expect(answer["Seen-Query"] ?? "" == query)
        }
    }

    @Test func aQueryOfManyArgumentsArrivesWhole() async throws {
        let query = String(repeating: "&a=%41", count: 1_300)
        try await serving { socket, _ in
            try await socket.send("GET /?\(query) HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            #expect(try await socket.readMessage()["Seen-Query"] == query)
        }
    }

    @Test func givesTheHandlerTheFieldsInOrder() async throws {
        try await serving { socket, _ in
            try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\nA:\r\nB: \t b \t\r\na: 絆\r\n\r\n")
            let fields = try await socket.readMessage().head.split(separator: "\r\n").filter { $0.hasPrefix("Seen-F") }
            #expect(fields == ["Seen-Field: Host=kizuna", "Seen-Field: A=", "Seen-Field: B=b", "Seen-Field: a=絆"])
        }
    }

    @Test(arguments: [1, 4_095, 4_096, 65_536])
    func echoesABodyOfKnownLength(count: Int) async throws {
        let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try await serving { socket, _ in
            try await socket.send(
                Array("POST / HTTP/1.1\r\nHost: kizuna\r\nContent-Length: \(count)\r\n\r\n".utf8) + body
            )
            #expect(try await socket.readMessage().body == body)
        }
    }

    @Test func echoesAChunkedBodyAndEndsTheConnection() async throws {
        try await serving { socket, _ in
            try await socket.send(
                """
                POST / HTTP/1.1\r\nHost: kizuna\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n8\r\n, Kizuna\r\n\
                0\r\nTrailer: ignored\r\n\r\n
                """
            )
            let answer = try await socket.readMessage()
            #expect(answer.text == "hello, Kizuna")
            #expect(answer["Connection"] == "close")
            #expect(!answer.head.contains("ignored"))
            #expect(try await socket.readToEnd() == "")
        }
    }

    @Test func headHasTheLengthAndNoBody() async throws {
        try await serving(Answering { _ in HTTPResponse(status: 200, body: Array("hello".utf8)) }) { socket, _ in
            try await socket.send("HEAD / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            #expect(try await socket.readMessage(hasBody: false)["Content-Length"] == "5")
            try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\nConnection: close\r\n\r\n")
            #expect(try await socket.readToEnd().hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func sendsContinueToWhoeverWaitsForIt() async throws {
        try await serving { socket, _ in
            try await socket.send(
                "POST / HTTP/1.1\r\nHost: kizuna\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
            )
            #expect(try await socket.readMessage().status == 100)
            try await socket.send("ok")
            #expect(try await socket.readMessage().text == "ok")
        }
    }

    @Test func keepsAConnectionForManyRequests() async throws {
        try await serving { socket, server in
            for index in 0..<200 {
                try await socket.send(
                    "POST /\(index) HTTP/1.1\r\nHost: kizuna\r\nContent-Length: \(index)\r\n\r\n"
                        + String(repeating: "x", count: index)
                )
                let answer = try await socket.readMessage()
                #expect(answer["Seen-Path"] == "/\(index)")
                #expect(answer.body.count == index)
            }
            #expect(server.connections == 1)
        }
    }

    @Test(arguments: [false, true])
    func answersPipelinedRequestsInOrder(waits: Bool) async throws {
        let handler = Answering { request in
            if waits { await Task.yield() }
            return HTTPResponse(status: 200, body: Array(request.path.utf8) + request.body)
        }
        try await serving(handler) { socket, _ in
            let requests = (0..<60).map {
                "POST /\($0) HTTP/1.1\r\nHost: kizuna\r\nContent-Length: 3\r\n\r\nabc"
            }
            try await socket.send(requests.joined())
            for index in 0..<60 { #expect(try await socket.readMessage().text == "/\(index)abc") }
        }
    }

    @Test func closesWhenAskedTo() async throws {
        try await serving { socket, _ in
            try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\nConnection: close\r\n\r\n")
            #expect(try await socket.readMessage()["Connection"] == "close")
            #expect(try await socket.readToEnd() == "")
        }
    }

    @Test func http1_0ClosesUnlessAskedToStay() async throws {
        try await serving { socket, server in
            try await socket.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(try await socket.readMessage()["Connection"] == "Keep-Alive")
            try await socket.send("GET / HTTP/1.0\r\n\r\n")
            #expect(try await socket.readMessage().status == 200)
            #expect(try await socket.readToEnd() == "")
        }
    }

    @Test func oneSlowHandlerHoldsUpNobodyElse() async throws {
        let gate = Gate()
        let handler = Answering { request in
            request.path == "/slow" ? await gate.respond(to: request) : HTTPResponse(status: 204)
        }
        try await serving(handler) { slow, server in
            try await slow.send("GET /slow HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            try await eventually("The slow request arrives") { gate.arrived == 1 }
            for _ in 0..<8 {
                let quick = try RawSocket(port: server.port)
                try await quick.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
                #expect(try await quick.readMessage().status == 204)
            }
            gate.open()
            #expect(try await slow.readMessage().status == 200)
        }
    }

    /// libmicrohttpd takes 128 events at one time, and its own thread would wait for more before it handled them.
    /// A handler that blocks the only thread makes the requests arrive together.
    @Test(arguments: [127, 128, 129, 256])
    func manyThatArriveTogetherAreAllAnswered(count: Int) async throws {
        var limits = ServerLimits()
        limits.idleSeconds = 600
        var options = ServerOptions()
        options.threads = 1
        let isBlocked = Atomic(false)
        let mayGoOn = Atomic(false)
        let handler = Answering { request in
            if request.path == "/block" {
                isBlocked.store(true, ordering: .relaxed)
                while !mayGoOn.load(ordering: .relaxed) { usleep(1_000) }
            }
            return HTTPResponse(status: 204)
        }
        let server = try MicrohttpdServer(
            listen: "127.0.0.1",
            port: 0,
            limits: limits,
            options: options,
            handler: handler
        )
        let sockets = try (0...count).map { _ in try RawSocket(port: server.port) }
        for socket in sockets {
            try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
            #expect(try await socket.readMessage().status == 204)
        }
        try await sockets[count].send("GET /block HTTP/1.1\r\nHost: kizuna\r\n\r\n")
        try await eventually("The thread is blocked") { isBlocked.load(ordering: .relaxed) }
        for socket in sockets.prefix(count) { try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n") }
        mayGoOn.store(true, ordering: .relaxed)
        for socket in sockets { #expect(try await socket.readMessage().status == 204) }
        await server.stop()
    }

    @Test func aThousandAtOnceAreAllAnswered() async throws {
        var limits = ServerLimits()
        limits.requestsInFlight = 1_000
        let gate = Gate()
        try await serving(gate, limits: limits) { _, server in
            let sockets = try (0..<1_000).map { _ in try RawSocket(port: server.port) }
            for (index, socket) in sockets.enumerated() {
                let body = "\(index)"
                try await socket.send(
                    "POST / HTTP/1.1\r\nHost: kizuna\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                )
            }
            try await eventually("All requests arrive") { gate.arrived == 1_000 }
            gate.open()
            for (index, socket) in sockets.enumerated() {
                #expect(try await socket.readMessage().text == "\(index)")
            }
        }
    }
}
