import KizunaMoney
package import KizunaSwitch

/// Signs each request on its way out, in the profile that ``MessageSignature`` takes (RFC 9421): what a participant's
/// system does.
package struct SigningClient: HTTPClient {
    private let client: any HTTPClient
    private let keyID: String
    private let clock: any Clock
    private let digester: any Digester
    private let newNonce: @Sendable () -> String
    private let sign: @Sendable ([UInt8]) -> [UInt8]

    /// - Parameters:
    ///   - keyID: what the switch has registered the public key under.
    ///   - newNonce: 16 to 64 characters that have not been used before.
    ///   - sign: the signature by Ed25519 over a message, 64 bytes.
    package init(
        _ client: any HTTPClient,
        keyID: String,
        clock: any Clock,
        digester: any Digester,
        newNonce: @escaping @Sendable () -> String,
        sign: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
        self.client = client
        self.keyID = keyID
        self.clock = clock
        self.digester = digester
        self.newNonce = newNonce
        self.sign = sign
    }

    package func send(
        _ method: String,
        _ url: String,
        headers: HTTPHeaders,
        body: [UInt8],
        timeout: Duration
    ) async throws(HTTPClientError) -> HTTPResponse {
        guard let target = SigningClient.target(of: url) else {
            throw HTTPClientError(code: .badURL, message: "The URL is not an absolute one of HTTP")
        }
        var request = HTTPRequest(method: method, path: target.path, query: target.query, headers: headers, body: body)
        if !body.isEmpty {
            request.headers.add("Content-Digest", "sha-256=:\(Base64.standard.encode(digester.sha256(body))):")
        }
        let input = parameters(of: request)
        guard let base = try? MessageSignature.base(components(of: request), input, of: request) else {
            throw HTTPClientError(code: .neverSent, message: "A header field to be signed comes twice")
        }
        request.headers.add("Signature-Input", "kizuna=\(input)")
        request.headers.add("Signature", "kizuna=:\(Base64.standard.encode(sign(base))):")
        return try await client.send(method, url, headers: request.headers, body: body, timeout: timeout)
    }

    private func components(of request: HTTPRequest) -> [String] {
        var components = ["@method", "@path"]
        if !request.query.isEmpty { components.append("@query") }
        if !request.body.isEmpty { components.append("content-digest") }
        if request.headers["Idempotency-Key"] != nil { components.append("idempotency-key") }
        return components
    }

    private func parameters(of request: HTTPRequest) -> String {
        let names = components(of: request).map { "\"\($0)\"" }.joined(separator: " ")
        return "(\(names));created=\(clock.now().milliseconds / 1_000);keyid=\"\(keyID)\";nonce=\"\(newNonce())\""
    }

    /// Path and query of an absolute URL.
    private static func target(of url: String) -> (path: String, query: String)? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let rest = url[scheme.upperBound...].prefix { $0 != "#" }
        let target = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count == 2 ? String(parts[1]) : "")
    }
}
