import KizunaMicrohttpd
import KizunaWeb
import Testing

/// What becomes of the answers that handlers give.
@Suite struct ServerAnswerTests {
    private func answer(_ response: HTTPResponse, hasBody: Bool = true) async throws -> RawMessage {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Answering { _ in response })
        let socket = try RawSocket(port: server.port)
        try await socket.send("GET / HTTP/1.1\r\nHost: kizuna\r\n\r\n")
        let answer = try await socket.readMessage(hasBody: hasBody)
        await server.stop()
        return answer
    }

    @Test(arguments: [200, 201, 302, 404, 405, 409, 418, 422, 429, 500, 501, 503, 599])
    func sendsTheStatus(status: Int) async throws {
        let answer = try await answer(HTTPResponse(status: status, body: Array("body".utf8)))
        #expect(answer.status == status)
        #expect(answer.text == "body")
    }

    @Test(arguments: [204, 304])
    func sendsNoBodyWhereThereIsNone(status: Int) async throws {
        let answer = try await answer(HTTPResponse(status: status, body: Array("body".utf8)), hasBody: false)
        #expect(answer.status == status)
    }

    @Test(arguments: [-1, 0, 99, 100, 101, 199, 600, 1_000, .max])
    func aStatusThatIsNoneBecomes500(status: Int) async throws {
        let answer = try await answer(HTTPResponse(status: status))
        #expect(answer.status == 500)
        #expect(answer["Content-Type"] == "application/problem+json")
    }

    @Test(arguments: [
        ("Location", "/\r\nSet-Cookie: a=b"), ("Location", "/\nSet-Cookie: a=b"), ("Location", "/\r"),
        ("Location", "/\0"), ("Location", "/\u{7}"), ("Loc ation", "/"), ("Loc\r\nation", "/"), ("Loc:ation", "/"),
        ("", "/"), ("Loc\0ation", "/"),
    ])
    func aFieldThatWouldBreakOutBecomes500(name: String, value: String) async throws {
        let answer = try await answer(HTTPResponse(status: 302, headers: ["Kept": "no", name: value]))
        #expect(answer.status == 500)
        #expect(!answer.head.contains("Set-Cookie"))
        #expect(answer["Kept"] == nil)
    }

    @Test func theServerFramesTheAnswerItself() async throws {
        let answer = try await answer(
            HTTPResponse(
                status: 200,
                headers: [
                    "Content-Length": "3", "transfer-encoding": "chunked", "Connection": "upgrade", "DATE": "today",
                    "Empty": "", "Kept": "yes",
                ],
                body: Array("hello".utf8)
            )
        )
        #expect(answer.text == "hello")
        #expect(answer["Transfer-Encoding"] == nil)
        #expect(answer["Connection"] == nil)
        #expect(answer["Date"] != "today")
        #expect(answer["Empty"] == nil)
        #expect(answer["Kept"] == "yes")
    }

    @Test func sendsFieldsOfOneNameEach() async throws {
        let answer = try await answer(HTTPResponse(status: 200, headers: ["Set-Cookie": "a=1", "set-cookie": "b=2"]))
        #expect(answer.head.contains("Set-Cookie: a=1\r\n"))
        #expect(answer.head.contains("set-cookie: b=2\r\n"))
    }

    @Test func sendsLargeAnswers() async throws {
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 17) }
        #expect(try await answer(HTTPResponse(status: 200, body: body)).body == body)
    }
}
