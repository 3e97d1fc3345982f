import KizunaWeb

/// What came back, or that nothing did.
struct Answer: Sendable {
    let response: HTTPResponse?
    /// Why there is no response.
    let error: HTTPClientError?
    let duration: Duration

    var status: Int? { response?.status }
    var isGood: Bool { status.map { 200..<300 ~= $0 } ?? false }
    /// Whether the other side says that the sender is at fault.
    var isRefusal: Bool { status.map { 400..<500 ~= $0 } ?? false }
    /// Whether the other side has answered and not broken down.
    var isSound: Bool { status.map { $0 < 500 } ?? false }
    /// The body, where it is JSON.
    var json: JSON? { response.flatMap { try? JSON.parse($0.body) } }
    /// What `status` in the body says.
    var word: String? { json?.text(at: "status") }

    /// What came, for people: no longer than a line or two.
    var words: String {
        guard let response else { return error.map { "There was no answer (\($0.message))" } ?? "There was no answer" }
        let body = String(decoding: response.body.prefix(Answer.longestQuotation), as: UTF8.self)
        return body.isEmpty ? "It answered \(response.status)" : "It answered \(response.status) \(body)"
    }

    private static let longestQuotation = 200

    // MARK: What would be right

    /// Any 2xx.
    func mustBeGood() throws(Finding) {
        guard isGood else { throw .failed("\(words), not 2xx.") }
    }

    /// Any 4xx.
    func mustBeRefusal() throws(Finding) {
        guard isRefusal else { throw .failed("\(words), not 4xx.") }
    }

    /// One of some words, with 2xx.
    func mustSay(_ right: String...) throws(Finding) {
        guard isGood, let word, right.contains(word) else {
            throw .failed("\(words), not 200 with \"status\": \(right.map { "\"\($0)\"" }.joined(separator: " or ")).")
        }
    }

    /// A clear no: `REJECTED` with a reason that we know, or 4xx.
    func mustReject() throws(Finding) {
        guard isRefusal || isGood && word == "REJECTED", word != "ACCEPTED" else {
            throw .failed("\(words), not \"status\": \"REJECTED\" or 4xx.")
        }
    }
}
