import KizunaMicrohttpd
import KizunaWeb
import Testing

/// Requests with random damage: whatever arrives, the server lives, lets go of it, and serves the next.
@Suite struct ServerNoiseTests {
    private static let requests = [
        "GET /pay?code=000201 HTTP/1.1\r\nHost: kizuna\r\nAccept: */*\r\n\r\n",
        "POST /pay HTTP/1.1\r\nHost: kizuna\r\nContent-Length: 11\r\n\r\nhello world",
        "POST /pay HTTP/1.1\r\nHost: kizuna\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: kizuna\r\nExpect: 100-continue\r\nContent-Length: 2\r\nCookie: a=b; c\r\n\r\nok",
    ]
    private static let bytes = Array("\0\t\n\r :;,=&?%0159afAF/*-+\u{7F}".utf8) + [0x80, 0xC3, 0xFF]

    @Test(arguments: 0..<16 as Range<UInt64>)
    func survives(seed: UInt64) async throws {
        var random = SplitMix(state: seed)
        var limits = ServerLimits()
        limits.idleSeconds = 1
        limits.receiveTime = .seconds(1)
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, limits: limits, handler: Echo())
        for _ in 0..<60 {
            let socket = try RawSocket(port: server.port)
            // The server may have closed before all is sent: that is an answer too.
            try? await socket.send(Self.damaged(using: &random))
            socket.endSending()
        }
        let socket = try RawSocket(port: server.port)
        try await socket.send(Self.requests[1])
        #expect(try await socket.readMessage().text == "hello world")
        socket.close()
        try await eventually("All connections are let go") { server.connections == 0 && server.requestsUnderWay == 0 }
        await server.stop()
    }

    private static func damaged(using random: inout SplitMix) -> [UInt8] {
        var request = (0...random.next() % 2).flatMap { _ in Array(requests[Int(random.next() % 4)].utf8) }
        for _ in 0...random.next() % 4 {
            let place = Int(random.next() % UInt64(request.count))
            let byte = bytes[Int(random.next() % UInt64(bytes.count))]
            switch random.next() % 5 {
            case 0: request[place] = byte
            case 1: request.insert(byte, at: place)
            case 2: request.insert(contentsOf: repeatElement(byte, count: 1 << Int(random.next() % 16)), at: place)
            case 3: request.insert(contentsOf: request[..<place], at: place)
            default: request.removeSubrange(place..<min(place + 1 + Int(random.next() % 8), request.count))
            }
            if request.isEmpty { return [byte] }
        }
        return request
    }
}

/// Sebastiano Vigna's SplitMix64: the same numbers from the same seed, everywhere.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
