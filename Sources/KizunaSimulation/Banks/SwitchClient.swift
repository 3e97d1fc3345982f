package import KizunaWeb

/// Calls the switch as a bank's own system would: over HTTP, with its key.
package struct SwitchClient: Sendable {
    /// How long a bank repeats a request that was not answered, unless told otherwise.
    package static let usualPatience = Duration.seconds(5)
    private static let shortestPause = Duration.milliseconds(200)
    private static let longestPause = Duration.seconds(2)
    private static let timeout = Duration.seconds(30)

    private let baseURL: String
    private let key: String
    private let http: any HTTPClient
    private let patience: Duration

    /// - Parameter patience: how long a request that was not answered is repeated under its idempotency key.
    package init(baseURL: String, key: String, http: any HTTPClient, patience: Duration = usualPatience) {
        self.baseURL = baseURL
        self.key = key
        self.http = http
        self.patience = patience
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
        let deadline = ContinuousClock.now + patience
        var pause = SwitchClient.shortestPause
        while true {
            let problem: SwitchProblem
            do throws(SwitchProblem) { return try await askOnce(method, path, headers, body) } catch { problem = error }
            guard problem.isWorthRepeating, ContinuousClock.now + pause < deadline else { throw problem }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, SwitchClient.longestPause)
        }
    }

    private func askOnce(
        _ method: String,
        _ path: String,
        _ headers: HTTPHeaders,
        _ body: [UInt8]
    ) async throws(SwitchProblem) -> JSON {
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
            throw SwitchProblem(status: 0, code: "no_answer", detail: error.description)
        }
        guard let json = try? JSON.parse(answer.body) else {
            throw SwitchProblem(status: answer.status, code: "no_sense", detail: "The answer is not JSON.")
        }
        if 200..<300 ~= answer.status { return json }
        throw SwitchProblem(
            status: answer.status,
            code: json.text(at: "code") ?? "",
            detail: json.text(at: "detail") ?? ""
        )
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

    /// Whether the same request may have another answer a moment later: nobody has decided about it, or not yet.
    var isWorthRepeating: Bool {
        [0, 502, 503, 504].contains(status) || code == "idempotency_in_progress" || code == "overloaded"
    }
}
