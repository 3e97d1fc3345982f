import KizunaCurl
import KizunaMicrohttpd
import KizunaWeb
import Testing

/// What the client does not send, and how much it takes: each limit at its value and one past it.
@Suite struct ClientLimitTests {
    private static let patience = Duration.seconds(120)

    private func send(
        _ url: String,
        method: String = "GET",
        headers: HTTPHeaders = [:],
        body: [UInt8] = [],
        limits: ClientLimits = ClientLimits()
    ) async throws(HTTPClientError) -> HTTPResponse {
        let client = CurlClient(limits: limits, reach: .loopback)
        defer { client.shutdown() }
        return try await client.send(method, url, headers: headers, body: body, timeout: Self.patience)
    }

    private func answer(of count: Int) async throws -> Result<Int, HTTPClientError> {
        let handler = Answering { _ in HTTPResponse(status: 200, body: [UInt8](repeating: 7, count: count)) }
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: handler)
        let result: Result<Int, HTTPClientError>
        do throws(HTTPClientError) {
            result = .success(try await send("http://127.0.0.1:\(server.port)/").body.count)
        } catch {
            result = .failure(error)
        }
        await server.stop()
        return result
    }

    @Test func anAnswerAtTheLimitIsTaken() async throws {
        #expect(try await answer(of: 1_048_576).get() == 1_048_576)
    }

    @Test func anAnswerOnePastTheLimitIsNot() async throws {
        let result = try await answer(of: 1_048_577)
        let error = #expect(throws: HTTPClientError.self) { try result.get() }
        #expect(error?.code == .answerTooLarge)
    }

    @Test(arguments: [(0, true), (1, false)])
    func heads(excess: Int, isTaken: Bool) async throws {
        var limits = ClientLimits()
        limits.answerHeadBytes = 1_000
        let server = try RawServer()
        let url = server.url
        let request = Task { [limits] in try await send(url, limits: limits) }
        let peer = try await server.accept()
        _ = try await peer.readMessage()
        let frame = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nA: \r\n\r\n"
        let filling = String(repeating: "a", count: 1_000 - frame.utf8.count + excess)
        try await peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nA: \(filling)\r\n\r\n")
        switch await request.result {
        case .success(let answer): #expect(isTaken && answer.headers["A"] == filling)
        case .failure(let error): #expect(!isTaken && (error as? HTTPClientError)?.code == .answerTooLarge)
        }
    }

    @Test func aLargeAnswerToHeadIsFine() async throws {
        let server = try RawServer()
        let url = server.url
        let request = Task { try await send(url, method: "HEAD") }
        let peer = try await server.accept()
        _ = try await peer.readMessage()
        try await peer.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")
        #expect(try await request.value.headers["Content-Length"] == "99999999")
    }

    @Test func oneRequestPastThoseUnderWayIsRefused() async throws {
        var limits = ClientLimits()
        limits.requests = 3
        let gate = Gate()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: gate)
        let url = "http://127.0.0.1:\(server.port)/"
        let client = CurlClient(limits: limits, reach: .loopback)
        let requests = (0..<3).map { _ in
            Task { try await client.send("GET", url, headers: [:], body: [], timeout: Self.patience) }
        }
        try await eventually("All requests arrive") { gate.arrived == 3 }
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send("GET", url, headers: [:], body: [], timeout: Self.patience)
        }
        #expect(error?.code == .neverSent)
        gate.open()
        for request in requests { #expect(try await request.value.status == 200) }
        #expect(try await client.send("GET", url, headers: [:], body: [], timeout: Self.patience).status == 200)
        client.shutdown()
        await server.stop()
    }

    @Test(arguments: [(8_192, true), (8_193, false)])
    func urls(count: Int, isTaken: Bool) async throws {
        let gate = Gate()
        gate.open()
        var limits = ServerLimits()
        limits.targetBytes = 10_000
        limits.headBytes = 20_000
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: gate)
        let start = "http://127.0.0.1:\(server.port)/"
        let url = start + String(repeating: "a", count: count - start.utf8.count)
        if isTaken {
            #expect(try await send(url).status == 200)
        } else {
            let error = await #expect(throws: HTTPClientError.self) { try await send(url) }
            #expect(error?.code == .badURL)
        }
        await server.stop()
    }

    @Test(arguments: [
        "", "/", "kizuna", "127.0.0.1:80/", "//127.0.0.1/", "http:127.0.0.1/", "http://", "http:///path",
        "http://127.0.0.1:port/", "http://127.0.0.1:99999/", "ftp://127.0.0.1/", "file:///etc/hostname",
        "gopher://127.0.0.1/", "dict://127.0.0.1/", "smtp://127.0.0.1/", "httpx://127.0.0.1/", "://127.0.0.1/",
        "http://user:password@127.0.0.1/", "http://user@127.0.0.1/", "http://127.0.0.1/a b",
        "http://127.0.0.1/\r\nA: b",
        "http://127.0.0.1/\0", "http://127.0.0.1/絆", "http://[::1/", "http://127.0.0.1 /",
    ])
    func refusesTheURL(url: String) async throws {
        let error = await #expect(throws: HTTPClientError.self) { try await send(url) }
        #expect(error?.code == .badURL)
        #expect(error?.message.contains("password") == false)
    }

    @Test(arguments: [
        ("A", "b\r\nInjected: c"), ("A", "b\nc"), ("A", "b\r"), ("A", "b\0c"), ("A", "b\u{7F}"), ("A", "\u{1}"),
        ("A\r\nInjected", "b"), ("A B", "c"), ("A:", "b"), ("", "b"), ("Ä", "b"), ("A\0", "b"),
        ("Content-Length", "5"), ("transfer-encoding", "chunked"), ("Connection", "close"), ("EXPECT", "100-continue"),
        ("Upgrade", "h2c"), ("TE", "trailers"),
    ])
    func refusesTheField(name: String, value: String) async throws {
        let server = try RawServer()
        let error = await #expect(throws: HTTPClientError.self) { try await send(server.url, headers: [name: value]) }
        #expect(error?.code == .neverSent)
    }

    @Test(arguments: ["", "GET /", "GET\r\n", "G\0T", "GÉT", "GET:"])
    func refusesTheMethod(method: String) async throws {
        let server = try RawServer()
        let error = await #expect(throws: HTTPClientError.self) { try await send(server.url, method: method) }
        #expect(error?.code == .neverSent)
    }

    @Test func refusesABodyForHead() async throws {
        let server = try RawServer()
        let error = await #expect(throws: HTTPClientError.self) {
            try await send(server.url, method: "HEAD", body: [1])
        }
        #expect(error?.code == .neverSent)
    }
}
