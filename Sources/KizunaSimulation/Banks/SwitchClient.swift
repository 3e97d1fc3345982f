package import KizunaWeb

/// Calls the switch as a bank's own system would: over HTTP, with its key.
package struct SwitchClient: Sendable {
    /// Attempts at one request under one idempotency key before a bank gives up.
    private static let attempts = 5
    private static let timeout = Duration.seconds(30)

    private let baseURL: String
    private let key: String
    private let http: any HTTPClient

    package init(baseURL: String, key: String, http: any HTTPClient) {
        self.baseURL = baseURL
        self.key = key
        self.http = http
    }

    /// Sends a request until it is answered: a repeat under the same key gets the first answer.
    ///
    /// - Throws: ``SwitchProblem`` for a refusal, and when no attempt was answered.
    package func post(_ path: String, _ body: JSON, idempotencyKey: String) async throws(SwitchProblem) -> JSON {
        let headers: HTTPHeaders = [
            "Authorization": "Bearer \(key)", "Content-Type": "application/json", "Idempotency-Key": idempotencyKey,
        ]
        return try await ask("POST", path, headers, body.encoded)
    }

    package func get(_ path: String) async throws(SwitchProblem) -> JSON {
        try await ask("GET", path, ["Authorization": "Bearer \(key)"], [])
    }

    private func ask(
        _ method: String,
        _ path: String,
        _ headers: HTTPHeaders,
        _ body: [UInt8]
    ) async throws(SwitchProblem) -> JSON {
        var last = SwitchProblem(status: 0, code: "no_answer", detail: "The switch did not answer.")
        for attempt in 0..<SwitchClient.attempts {
            if attempt > 0 { try? await Task.sleep(for: .milliseconds(100 << attempt)) }
            let answer: HTTPResponse
            do throws(HTTPClientError) {
                answer = try await http.send(
                    method,
                    baseURL + path,
                    headers: headers,
                    body: body,
                    timeout: SwitchClient.timeout
                )
            } catch {
                last = SwitchProblem(status: 0, code: "no_answer", detail: error.description)
                continue
            }
            guard let json = try? JSON.parse(answer.body) else {
                last = SwitchProblem(status: answer.status, code: "no_sense", detail: "The answer is not JSON.")
                continue
            }
            if 200..<300 ~= answer.status { return json }
            last = SwitchProblem(
                status: answer.status,
                code: json.text(at: "code") ?? "",
                detail: json.text(at: "detail") ?? ""
            )
            let isWorthRepeating = last.code == "idempotency_in_progress" || last.code == "overloaded"
            guard isWorthRepeating else { throw last }
        }
        throw last
    }
}

/// The switch said no, or nothing.
package struct SwitchProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The HTTP status; 0 when nobody answered.
    package let status: Int
    /// The code of `flows.md` section 10.
    package let code: String
    package let detail: String

    package var description: String { "\(status) \(code): \(detail)" }
}
