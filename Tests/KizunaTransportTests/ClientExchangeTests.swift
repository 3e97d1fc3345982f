import KizunaCurl
import KizunaMicrohttpd
import KizunaWeb
import Testing

@Suite struct ClientExchangeTests {
    private func withPair(
        _ handler: any HTTPHandler = Echo(),
        limits: ClientLimits = ClientLimits(),
        _ body: (CurlClient, String, MicrohttpdServer) async throws -> Void
    ) async throws {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: handler)
        let client = CurlClient(limits: limits, reach: .loopback)
        try await body(client, "http://127.0.0.1:\(server.port)", server)
        client.shutdown()
        await server.stop()
    }

    private static let patience = Duration.seconds(120)

    @Test(arguments: ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"], [0, 1, 5_000, 65_536])
    func sendsMethodAndBody(method: String, count: Int) async throws {
        let body = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 13) }
        try await withPair { client, url, _ in
            let answer = try await client.send(
                method,
                url + "/a%20b?q=%26",
                headers: [:],
                body: body,
                timeout: Self.patience
            )
            #expect(answer.status == 200)
            #expect(answer.body == body)
            #expect(answer.headers["Seen-Method"] == method)
            #expect(answer.headers["Seen-Path"] == "/a%20b")
            #expect(answer.headers["Seen-Query"] == "q=%26")
        }
    }

    @Test func sendsHead() async throws {
        try await withPair(Answering { _ in HTTPResponse(status: 200, body: Array("hello".utf8)) }) { client, url, _ in
            let head = try await client.send("HEAD", url, headers: [:], body: [], timeout: Self.patience)
            #expect(head.status == 200)
            #expect(head.headers["Content-Length"] == "5")
            #expect(head.body == [])
            let whole = try await client.send("GET", url, headers: [:], body: [], timeout: Self.patience)
            #expect(whole.body == Array("hello".utf8))
        }
    }

    /// One handle serves one request after another; nothing of one may stick to the next.
    @Test func eachRequestIsItsOwn() async throws {
        try await withPair { client, url, _ in
            let methods = ["POST", "GET", "HEAD", "PUT", "DELETE", "HEAD", "GET", "PATCH", "GET", "OPTIONS", "POST"]
            for (index, method) in methods.enumerated() {
                let body = ["POST", "PUT", "PATCH"].contains(method) ? Array("body \(index)".utf8) : []
                let answer = try await client.send(
                    method,
                    url,
                    headers: ["Index": "\(index)"],
                    body: body,
                    timeout: Self.patience
                )
                #expect(answer.headers["Seen-Method"] == method)
                #expect(answer.body == body)
                let seen = answer.headers.fields.filter { $0.name == "Seen-Field" }.map(\.value)
                #expect(seen.filter { $0.hasPrefix("Index=") } == ["Index=\(index)"])
                #expect(seen.contains { $0.hasPrefix("Content-Length=") } == !body.isEmpty)
            }
        }
    }

    @Test func sendsTheFieldsItIsGivenAndFewOthers() async throws {
        try await withPair { client, url, _ in
            let answer = try await client.send(
                "POST",
                url,
                headers: ["A": "1", "a": "2", "Empty": "", "Blank": " ", "Name": "絆"],
                body: [1],
                timeout: Self.patience
            )
            let seen = answer.headers.fields.filter { $0.name == "Seen-Field" }.map(\.value)
            #expect(
                seen.filter { !$0.hasPrefix("Host=") }
                    == ["Accept=*/*", "A=1", "a=2", "Empty=", "Blank=", "Name=絆", "Content-Length=1"]
            )
        }
    }

    @Test func givesTheFieldsOfTheAnswerInOrder() async throws {
        let handler = Answering { _ in
            HTTPResponse(status: 201, headers: ["B": "1", "a": "2", "b": "3", "Location": "/x"])
        }
        try await withPair(handler) { client, url, _ in
            let answer = try await client.send("POST", url, headers: [:], body: [], timeout: Self.patience)
            #expect(answer.status == 201)
            let fields = answer.headers.fields.filter { !["Date", "Content-Length"].contains($0.name) }
            #expect(fields.map { "\($0.name)=\($0.value)" } == ["B=1", "a=2", "b=3", "Location=/x"])
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func followsNoRedirect(status: Int) async throws {
        let gate = Gate()
        let handler = Answering { request in
            guard request.path == "/" else { return await gate.respond(to: request) }
            return HTTPResponse(status: status, headers: ["Location": "/elsewhere"])
        }
        try await withPair(handler) { client, url, _ in
            let answer = try await client.send("POST", url + "/", headers: [:], body: [1], timeout: Self.patience)
            #expect(answer.status == status)
            #expect(answer.headers["Location"] == "/elsewhere")
            #expect(gate.arrived == 0)
        }
    }

    @Test(arguments: [400, 401, 404, 407, 500, 503])
    func anAnswerOfAnyStatusIsAnAnswer(status: Int) async throws {
        try await withPair(Answering { _ in HTTPResponse(status: status) }) { client, url, _ in
            let answer = try await client.send("GET", url, headers: [:], body: [], timeout: Self.patience)
            #expect(answer.status == status)
        }
    }

    @Test func reusesItsConnection() async throws {
        try await withPair { client, url, server in
            for _ in 0..<50 {
                _ = try await client.send("POST", url, headers: [:], body: [1], timeout: Self.patience)
            }
            #expect(server.connections == 1)
        }
    }

    @Test func opensNoMoreConnectionsThanItMay() async throws {
        var limits = ClientLimits()
        limits.connectionsPerHost = 3
        let gate = Gate()
        try await withPair(gate, limits: limits) { client, url, server in
            try await withThrowingTaskGroup { group in
                for _ in 0..<10 {
                    group.addTask {
                        _ = try await client.send("GET", url, headers: [:], body: [], timeout: Self.patience)
                    }
                }
                try await eventually("As many arrive as there may be connections") { gate.arrived == 3 }
                #expect(server.connections == 3)
                gate.open()
                try await group.waitForAll()
            }
            #expect(gate.arrived == 10)
            #expect(server.connections <= 3)
        }
    }

    @Test func aThousandAtOnceEachGetTheirAnswer() async throws {
        try await withPair { client, url, _ in
            try await withThrowingTaskGroup { group in
                for index in 0..<1_000 {
                    group.addTask {
                        let body = Array("request \(index)".utf8)
                        let answer = try await client.send(
                            "POST",
                            "\(url)/\(index)",
                            headers: [:],
                            body: body,
                            timeout: Self.patience
                        )
                        #expect(answer.body == body)
                        #expect(answer.headers["Seen-Path"] == "/\(index)")
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func takesWhatComesInChunksAfterInterimHeads() async throws {
        let server = try RawServer()
        let client = CurlClient(reach: .loopback)
        async let answer = client.send("GET", server.url, headers: [:], body: [], timeout: Self.patience)
        let peer = try await server.accept()
        #expect(try await peer.readMessage().firstLine == "GET / HTTP/1.1")
        try await peer.send(
            """
            HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA: \t b \r\n\
            \r\n3\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n
            """
        )
        let taken = try await answer
        #expect(taken.body == Array("abcde".utf8))
        #expect(taken.headers["A"] == "b")
        #expect(taken.headers["Link"] == nil)
        #expect(taken.headers["Trailer"] == nil)
        client.shutdown()
    }

    @Test func asksForNoCompressionAndForNoContinue() async throws {
        let server = try RawServer()
        let client = CurlClient(reach: .loopback)
        async let answer = client.send(
            "POST",
            server.url,
            headers: [:],
            body: [UInt8](repeating: 1, count: 2_000_000),
            timeout: Self.patience
        )
        let peer = try await server.accept()
        let request = try await peer.readMessage()
        #expect(request["Accept-Encoding"] == nil)
        #expect(request["Expect"] == nil)
        #expect(request["Content-Type"] == nil)
        #expect(request["User-Agent"] == nil)
        #expect(request.body.count == 2_000_000)
        try await peer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")
        #expect(try await answer.body == Array("abc".utf8))
        client.shutdown()
    }
}
