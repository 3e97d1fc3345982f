import KizunaCurl
import KizunaWeb

/// Hands requests on to a server behind this one, which may be killed and start again: what it cannot have seen is sent
/// again, and so is what only asks.
struct Forwarder: HTTPHandler {
    private let client: CurlClient
    /// Where the server is; waits while it starts, `nil` when it does not.
    private let target: @Sendable () async -> String?

    private static let attempts = 5
    /// Longer than any answer is held.
    private static let patience = Duration.seconds(40)
    /// What belongs to one connection alone (RFC 9110, section 7.6.1), or is made anew for each.
    private static let ofConnection: Set<String> = [
        "connection", "content-length", "date", "expect", "keep-alive", "transfer-encoding", "te", "upgrade",
    ]

    init(_ client: CurlClient, to target: @escaping @Sendable () async -> String?) {
        self.client = client
        self.target = target
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let place = request.query.isEmpty ? request.path : "\(request.path)?\(request.query)"
        for _ in 0..<Forwarder.attempts {
            guard let base = await target() else { break }
            do throws(HTTPClientError) {
                var answer = try await client.send(
                    request.method,
                    base + place,
                    headers: Forwarder.passedOn(request.headers),
                    body: request.body,
                    timeout: Forwarder.patience
                )
                answer.headers = Forwarder.passedOn(answer.headers)
                return answer
            } catch {
                let mayRepeat = error.code == .neverSent || ["GET", "HEAD"].contains(request.method)
                guard mayRepeat, error.code != .badURL else { break }
                try? await Task.sleep(for: .milliseconds(50))
            }
        }
        let words = "The switch ended before it answered. Load the page again.\n"
        return HTTPResponse(
            status: 503,
            headers: ["Content-Type": "text/plain; charset=utf-8", "Retry-After": "1"],
            body: Array(words.utf8)
        )
    }

    private static func passedOn(_ headers: HTTPHeaders) -> HTTPHeaders {
        headers.fields.reduce(into: HTTPHeaders()) { passed, field in
            if !ofConnection.contains(field.name.lowercased()) { passed.add(field.name, field.value) }
        }
    }
}
