import KizunaWeb

/// An answer that the server gives by itself, before any handler has seen the request.
struct Refusal: Error, Hashable {
    var status: Int
    var title: StaticString
    /// What the client can do about it. Holds nothing that the client sent.
    var detail: StaticString
    /// Whether the connection ends with it, because where the next request begins is not certain.
    var closes: Bool

    static func malformed(_ detail: StaticString) -> Refusal {
        Refusal(status: 400, title: "Bad Request", detail: detail, closes: true)
    }

    static let bodyTooLarge = Refusal(
        status: 413,
        title: "Content Too Large",
        detail: "The body is larger than this server takes.",
        closes: false
    )
    static let targetTooLong = Refusal(
        status: 414,
        title: "URI Too Long",
        detail: "Path and query are longer than this server takes.",
        closes: true
    )
    static let headTooLarge = Refusal(
        status: 431,
        title: "Request Header Fields Too Large",
        detail: "There are more or longer header fields than this server takes.",
        closes: true
    )
    static let overloaded = Refusal(
        status: 503,
        title: "Service Unavailable",
        detail: "Too many requests are waiting. Try again soon.",
        closes: false
    )
    static let crowded = Refusal(
        status: 503,
        title: "Service Unavailable",
        detail: "Too many connections are open. Try again soon.",
        closes: true
    )
    static let stopping = Refusal(
        status: 503,
        title: "Service Unavailable",
        detail: "The server stopped before the answer was ready. Ask what became of the request.",
        closes: true
    )
    static let unusableAnswer = Refusal(
        status: 500,
        title: "Internal Server Error",
        detail: "The answer could not be written.",
        closes: false
    )

    static func == (left: Refusal, right: Refusal) -> Bool {
        left.status == right.status && left.detail.description == right.detail.description
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(status)
        hasher.combine(detail.description)
    }

    /// The refusal as a problem document (RFC 9457).
    func response(retryAfterSeconds: Int) -> HTTPResponse {
        let problem = #"{"type":"about:blank","title":"\#(title)","status":\#(status),"detail":"\#(detail)"}"#
        var response = HTTPResponse(
            status: status,
            headers: ["Content-Type": "application/problem+json"],
            body: Array(problem.utf8)
        )
        if status == 503 { response.headers.add("Retry-After", "\(retryAfterSeconds)") }
        return response
    }
}
