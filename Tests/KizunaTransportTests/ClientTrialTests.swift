import KizunaCurl
import KizunaMicrohttpd
import KizunaWeb
import TestAuthority
import Testing

/// What the client can do for those who try servers.
@Suite struct ClientTrialTests {
    private static let patience = Duration.seconds(120)
    private static let body = Array("a body that leaves a few bytes at a time".utf8)

    /// Ordinary requests before and behind it are as they always are.
    @Test func aSlowBodyArrivesWhole() async throws {
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
        let client = CurlClient(reach: .loopback)
        let url = "http://127.0.0.1:\(server.port)/"
        for isSlow in [false, true, false, true, true, false] {
            let answer =
                try await isSlow
                ? client.sendSlowly(
                    "POST",
                    url,
                    headers: [:],
                    body: Self.body,
                    timeout: Self.patience,
                    bytesPerSecond: 200
                ) : client.send("POST", url, headers: [:], body: Self.body, timeout: Self.patience)
            #expect(answer.status == 200 && answer.body == Self.body)
            #expect(answer.headers["Seen-Method"] == "POST")
        }
        client.shutdown()
        await server.stop()
    }

    /// At a byte a second it has the whole of it only after most of a minute.
    @Test func aSlowBodyLeavesInPiecesAndCanBeBrokenOff() async throws {
        let server = try RawServer()
        let client = CurlClient(reach: .loopback)
        let sending = Task {
            try await client.sendSlowly(
                "POST",
                server.url,
                headers: [:],
                body: Self.body,
                timeout: Self.patience,
                bytesPerSecond: 1
            )
        }
        let socket = try await server.accept()
        var seen: [UInt8] = []
        while !String(decoding: seen, as: UTF8.self).contains("\r\n\r\na body") {
            seen += try await socket.read(1)
        }
        #expect(!String(decoding: seen, as: UTF8.self).contains("few bytes"))
        sending.cancel()
        await #expect(throws: HTTPClientError.self) { _ = try await sending.value }
        client.shutdown()
    }

    private static func lines(_ pem: [UInt8]) -> [String] {
        String(decoding: pem, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func theCertificateIsTheServersOwn() async throws {
        let authority = try TestAuthority()
        let identity = try authority.issue("server")
        var options = ServerOptions()
        options.tls = ServerTLS(certificates: try identity.certificate, privateKey: try identity.key)
        let server = try MicrohttpdServer(listen: "127.0.0.1", port: 0, options: options, handler: Echo())
        let plain = try MicrohttpdServer(listen: "127.0.0.1", port: 0, handler: Echo())
        let client = CurlClient(reach: .loopback, tls: ClientTLS(authoritiesFile: authority.root.certificateFile))
        let url = "https://127.0.0.1:\(server.port)/"
        // A connection that was made before shows no certificate.
        _ = try await client.send("GET", url, headers: [:], body: [], timeout: Self.patience)
        let shown = try #require(try await client.certificate(of: url, timeout: Self.patience))
        let own = try identity.certificate
        #expect(Self.lines(shown) == Self.lines(own))
        let other = "http://127.0.0.1:\(plain.port)/"
        #expect(try await client.certificate(of: other, timeout: Self.patience) == nil)

        let stranger = CurlClient(reach: .loopback)
        await #expect(throws: HTTPClientError.self) {
            _ = try await stranger.certificate(of: url, timeout: Self.patience)
        }
        for client in [client, stranger] { client.shutdown() }
        for server in [server, plain] { await server.stop() }
    }
}
