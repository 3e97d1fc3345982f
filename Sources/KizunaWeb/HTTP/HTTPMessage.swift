/// A request as it arrived, whole: no socket, no stream.
package struct HTTPRequest: Sendable {
    package var method: String
    /// The path as the client sent it, still percent-encoded, without the query.
    package var path: String
    /// What stood behind the question mark, still percent-encoded; empty when nothing did.
    package var query: String
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// The peer's numeric address, for rate limits and the access log.
    package var remoteAddress: String
    /// What the client has shown over TLS; `nil` where it has shown none, or was not asked.
    package var clientCertificate: ClientCertificate?

    package init(
        method: String,
        path: String,
        query: String = "",
        headers: HTTPHeaders = [:],
        body: [UInt8] = [],
        remoteAddress: String = "",
        clientCertificate: ClientCertificate? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        self.clientCertificate = clientCertificate
    }
}

/// A whole answer.
package struct HTTPResponse: Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]

    package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Header fields in the order in which they came; names compare without case.
package struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
    package private(set) var fields: [(name: String, value: String)] = []

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { (name: $0.0, value: $0.1) }
    }

    package mutating func add(_ name: String, _ value: String) { fields.append((name: name, value: value)) }

    /// The first value of that name.
    package subscript(name: String) -> String? {
        fields.first { $0.name.utf8.count == name.utf8.count && $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Answers requests; what a server adapter is given.
package protocol HTTPHandler: Sendable {
    func respond(to request: HTTPRequest) async -> HTTPResponse

    /// Whether a request may have a large body, such as a file, by its head alone: it has no body yet. Asked while the
    /// body is on its way, so it must not wait; where nobody is known for it, memory is given to strangers.
    func takesLargeBody(_ head: HTTPRequest) -> Bool

    /// The server's own refusal in the form that this handler's clients expect of errors.
    func response(to refusal: ServerRefusal) -> HTTPResponse
}

extension HTTPHandler {
    package func takesLargeBody(_ head: HTTPRequest) -> Bool { false }

    package func response(to refusal: ServerRefusal) -> HTTPResponse { refusal.plainResponse }
}

/// Sends one request to somebody else's server; what the courier is given.
package protocol HTTPClient: Sendable {
    /// - Parameters:
    ///   - url: absolute, `http` or `https`.
    ///   - timeout: for the whole exchange.
    /// - Throws: ``HTTPClientError`` when no answer arrived.
    func send(
        _ method: String,
        _ url: String,
        headers: HTTPHeaders,
        body: [UInt8],
        timeout: Duration
    ) async throws(HTTPClientError) -> HTTPResponse
}

/// Why no answer arrived. Whether the other side acted on the request is unknown unless ``Code/neverSent``.
package struct HTTPClientError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The connection was never made: the other side cannot have seen the request.
        case neverSent
        case timedOut
        case connectionLost
        case answerTooLarge
        case badURL
        /// The operator does not let the switch call there; nothing was sent.
        case notReachable
    }

    package var code: Code
    /// The library's own words, without address or payload.
    package var message: String

    package init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "\(code.rawValue): \(message)" }
}
