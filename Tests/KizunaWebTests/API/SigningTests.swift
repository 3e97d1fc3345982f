import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaSwitch
import Synchronization
import Testing

@testable import KizunaWeb

/// Requests that Kizuna's own client signs, at Kizuna's own lock.
@Suite struct SigningTests {
    /// Hands requests to the API as if they had come over the wire, changed on the way.
    private struct Wire: HTTPClient {
        let api: DocumentedAPI
        var change: @Sendable (inout HTTPRequest) -> Void = { _ in }

        func send(
            _ method: String,
            _ url: String,
            headers: HTTPHeaders,
            body: [UInt8],
            timeout: Duration
        ) async throws(HTTPClientError) -> HTTPResponse {
            let target = url.dropFirst("https://switch.example".count).split(separator: "?", maxSplits: 1)
            var request = HTTPRequest(
                method: method,
                path: String(target[0]),
                query: target.count == 2 ? String(target[1]) : "",
                headers: headers,
                body: body
            )
            change(&request)
            return await api.respond(to: request)
        }
    }

    private let key: Ed25519.PrivateKey

    init() {
        var random = SystemRandomNumberGenerator()
        key = Ed25519.PrivateKey(using: &random)
    }

    private func client(
        _ world: APIWorld,
        change: @escaping @Sendable (inout HTTPRequest) -> Void = { _ in }
    ) async throws -> SigningClient {
        let command = AddAPIKey(owner: .participant(Bank.mekong.id), kind: .signing, digest: key.publicKey, grants: [])
        guard case .apiKey(let id) = try await world.operate(.addAPIKey(command)) else { throw CancellationError() }
        let count = Atomic<Int>(0)
        return SigningClient(
            Wire(api: world.api, change: change),
            keyID: id.description,
            clock: world.clock,
            digester: OpenSSLDigester(),
            newNonce: { "nonce-number-\(count.add(1, ordering: .relaxed).newValue + 100_000)" },
            sign: { [key] in key.sign($0) }
        )
    }

    private func status(_ client: SigningClient, _ method: String, _ path: String, _ body: JSON? = nil) async throws
        -> Int
    {
        var headers: HTTPHeaders = ["Authorization": "Bearer \(Bank.mekong.key)", "Idempotency-Key": "one"]
        if body != nil { headers.add("Content-Type", "application/json") }
        return try await client.send(
            method,
            "https://switch.example\(path)",
            headers: headers,
            body: body?.encoded ?? [],
            timeout: .seconds(1)
        ).status
    }

    @Test func areLetIn() async throws {
        let world = try await APIWorld()
        let client = try await client(world)
        #expect(await world.get("/v1/participants/me", as: .mekong).status == 401, "not signed")
        #expect(try await status(client, "GET", "/v1/participants/me") == 200)
        #expect(try await status(client, "GET", "/v1/recalls?limit=5") == 200)
        #expect(try await status(client, "POST", "/v1/resolutions", ["payload": .string(Code.jpqr)]) == 201)
    }

    @Test func areRefusedWhenAnythingSignedIsChanged() async throws {
        let changes: [@Sendable (inout HTTPRequest) -> Void] = [
            { $0.path = "/v1/quotes" }, { $0.method = "PUT" }, { $0.query = "limit=5" }, { $0.body[2] ^= 1 },
            { $0.headers = $0.headers.without("Signature") }, { $0.headers = $0.headers.without("Content-Digest") },
        ]
        for (number, change) in changes.enumerated() {
            let client = try await client(try await APIWorld(), change: change)
            let status = try await status(client, "POST", "/v1/resolutions", ["payload": .string(Code.jpqr)])
            // Another method has no operation to be let in to.
            #expect(status == (number == 1 ? 405 : 401), "\(number)")
        }
    }
}

extension HTTPHeaders {
    fileprivate func without(_ name: String) -> HTTPHeaders {
        var rest: HTTPHeaders = [:]
        for field in fields where field.name != name { rest.add(field.name, field.value) }
        return rest
    }
}
