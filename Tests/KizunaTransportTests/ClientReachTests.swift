import KizunaWeb
import Synchronization
import Testing

@testable import KizunaCurl

/// Addresses that the client does not connect to, whatever name or form led it there.
@Suite struct ClientReachTests {
    private static let patience = Duration.seconds(120)

    private func failure(_ url: String, _ client: CurlClient) async -> HTTPClientError? {
        do throws(HTTPClientError) {
            _ = try await client.send("POST", url, headers: [:], body: [1], timeout: Self.patience)
            return nil
        } catch {
            return error
        }
    }

    /// libcurl understands forms that our own check of texts refuses: here they meet the check of addresses.
    @Test(arguments: [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "0.0.0.0", "localhost", "a.localhost",
        "[::1]", "[::ffff:127.0.0.1]", "[::]",
    ])
    func noConnectionIsMade(host: String) async throws {
        let server = try RawServer()
        let client = CurlClient(reach: Reach(plainHTTP: true))
        defer { client.shutdown() }
        let error = await failure("http://\(host):\(server.port)/secret", client)
        #expect(error?.code == .notReachable, "\(host)")
        #expect(error?.description.contains(host) == false)
        #expect(error?.description.contains("secret") == false)
        #expect(try !server.hasConnection)
    }

    @Test func plainHTTPNeedsToBeAllowed() async throws {
        let server = try RawServer()
        let client = CurlClient(reach: Reach(allowing: Reach.loopback.allowed))
        defer { client.shutdown() }
        #expect(await failure(server.url, client)?.code == .notReachable)
        #expect(await failure(server.url.replacing("http:", with: "HTTP:"), client)?.code == .notReachable)
        #expect(try !server.hasConnection)
        // With TLS it gets as far as the server, which speaks none.
        let request = Task { await failure(server.url.replacing("http:", with: "https:"), client) }
        let peer = try await server.accept()
        peer.close()
        #expect(await request.value?.code == .neverSent)
    }

    /// A name that stands for an allowed address when it is first looked up, and for another one afterwards.
    @Test func aNameThatChangesItsMindIsNotFollowed() async throws {
        let server = try RawServer()
        let answers = Mutex(["127.0.0.1", "127.0.0.2"])
        let allowed = try #require(AddressBlock("127.0.0.1/32"))
        let client = CurlClient(limits: ClientLimits(), reach: Reach(allowing: [allowed], plainHTTP: true)) {
            let address = answers.withLock { $0.isEmpty ? "127.0.0.2" : $0.removeFirst() }
            return ["-rebinding.example:\(server.port)", "rebinding.example:\(server.port):\(address)"]
        }
        defer { client.shutdown() }
        let url = "http://rebinding.example:\(server.port)/"
        let first = Task { await failure(url, client) }
        let peer = try await server.accept()
        _ = try await peer.readMessage()
        try await peer.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        peer.close()
        #expect(await first.value == nil)
        #expect(await failure(url, client)?.code == .notReachable)
        #expect(try !server.hasConnection)
    }

    @Test func redirectsAreNotFollowed() async throws {
        let (server, other) = (try RawServer(), try RawServer())
        let client = CurlClient(reach: .loopback)
        defer { client.shutdown() }
        let url = server.url
        let request = Task { try await client.send("POST", url, headers: [:], body: [1], timeout: Self.patience) }
        let peer = try await server.accept()
        _ = try await peer.readMessage()
        try await peer.send("HTTP/1.1 307 Away\r\nLocation: \(other.url)\r\nContent-Length: 0\r\n\r\n")
        #expect(try await request.value.status == 307)
        #expect(try !other.hasConnection)
    }
}
