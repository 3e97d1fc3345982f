import KizunaMicrohttpd
import KizunaWeb
import Testing

/// Requests that two readers could understand differently are refused, and their connections closed.
@Suite struct ServerFramingTests {
    private static let post = "POST / HTTP/1.1\r\nHost: kizuna\r\n"
    private static let get = "GET / HTTP/1.1\r\nHost: kizuna\r\n"
    /// What a smuggled request would reach the handler as.
    private static let hidden = "GET /hidden HTTP/1.1\r\nHost: kizuna\r\n\r\n"

    static let ambiguous: [String] = [
        // The body's length, twice or not quite.
        post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde",
        post + "Content-Length: 0\r\nContent-Length: \(hidden.utf8.count)\r\n\r\n" + hidden,
        post + "Content-Length: \(hidden.utf8.count)\r\nContent-Length: 0\r\n\r\n" + hidden,
        post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + hidden,
        post + "Content-Length: 5, 5\r\n\r\nabcde" + hidden,
        post + "Content-Length: +5\r\n\r\nabcde" + hidden,
        post + "Content-Length: -5\r\n\r\nabcde" + hidden,
        post + "Content-Length: 0x5\r\n\r\nabcde" + hidden,
        post + "Content-Length: five\r\n\r\nabcde" + hidden,
        post + "Content-Length:\r\n\r\n" + hidden,
        post + "Content-Length : 5\r\n\r\nabcde" + hidden,
        post + "Content-\r\n Length: \(hidden.utf8.count)\r\n\r\n" + hidden,
        post + "Content-: \(hidden.utf8.count)\r\n Length\r\n\r\n" + hidden,
        // Transfer codings.
        post + "Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked \r\n\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding:\r\n\r\n0\r\n\r\n" + hidden,
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
        // Chunks.
        post + "Transfer-Encoding: chunked\r\n\r\n5\r\nabcdefg\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n-1\r\nabcde\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n0x5\r\nabcde\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n;\r\n\r\n" + hidden,
        // Lines.
        get + "A: a\n\r\n",
        get + "A: a\nB: b\r\n\r\n",
        "GET / HTTP/1.1\nHost: kizuna\n\n",
        get + "A: a\r\n folded\r\n\r\n",
        get + "A: a\r\n\tfolded\r\n\r\n",
        "GET / HTTP/1.1\r\n Host: kizuna\r\n\r\n",
        get + "A: a\rB: b\r\n\r\n",
        get + "no colon\r\n\r\n",
        get + ": no name\r\n\r\n",
        get + "A B: c\r\n\r\n",
        get + "A(: c\r\n\r\n",
        // Characters that end a string in C, or print nothing.
        get + "A: a\0b\r\n\r\n",
        get + "A\0: a\r\n\r\n",
        get + "A: a\r\n\0B: b\r\n\r\n",
        get + "A: a\u{7}\r\n\r\n",
        get + "A: a\u{7F}\r\n\r\n",
        "GET /a\0b HTTP/1.1\r\nHost: kizuna\r\n\r\n",
        "G\0ET / HTTP/1.1\r\nHost: kizuna\r\n\r\n",
        "GET /絆 HTTP/1.1\r\nHost: kizuna\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: kizuna\r\n\r\n",
        // The request line.
        "GET  / HTTP/1.1\r\nHost: kizuna\r\n\r\n",
        "GET /  HTTP/1.1\r\nHost: kizuna\r\n\r\n",
        "GET / HTTP/1.1 \r\nHost: kizuna\r\n\r\n",
        "GET(/ / HTTP/1.1\r\nHost: kizuna\r\n\r\n",
        "GET kizuna HTTP/1.1\r\nHost: kizuna\r\n\r\n",
        "CONNECT kizuna:443 HTTP/1.1\r\nHost: kizuna\r\n\r\n",
        "GET /\r\nHost: kizuna\r\n\r\n",
        "GET / http/1.1\r\nHost: kizuna\r\n\r\n",
        // Whom it is for.
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    ]

    @Test(arguments: ambiguous)
    func refusesAndCloses(request: String) async throws {
        let gate = Gate()
        gate.open()
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: gate)
        let socket = try RawSocket(port: server.port)
        try await socket.send(request)
        let answer = try await socket.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(answer.contains("Connection: close\r\n"))
        #expect(gate.arrived == 0)
        await server.stop()
    }

    @Test func aRefusalIsAProblemDocument() async throws {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
        let socket = try RawSocket(port: server.port)
        try await socket.send("GET / HTTP/1.1\r\n\r\n")
        let answer = try await socket.readMessage()
        #expect(answer["Content-Type"] == "application/problem+json")
        #expect(
            answer.text
                == #"{"type":"about:blank","title":"Bad Request","status":400,"detail":"There is not exactly one Host."}"#
        )
        await server.stop()
    }

    @Test(arguments: [
        ("GET / HTTP/0.9", 505), ("GET / HTTP/2.0", 505), ("GET / HTTP/1.1", 200), ("GET / HTTP/1.2", 200),
    ])
    func speaksHTTP1(line: String, status: Int) async throws {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
        let socket = try RawSocket(port: server.port)
        try await socket.send("\(line)\r\nHost: kizuna\r\n\r\n")
        #expect(try await socket.readMessage().status == status)
        await server.stop()
    }
}
