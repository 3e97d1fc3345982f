/// Why a server answers by itself, without any handler having seen the request, or in the place of one that has.
package enum ServerRefusal: Error, Sendable, Hashable {
    /// The head can be understood in two ways, or in none.
    case malformed(Fault)
    case bodyTooLarge
    case targetTooLong
    case headTooLarge
    /// Too many requests are waiting.
    case overloaded
    /// Too many connections are open.
    case crowded
    /// The server ends before the handler's answer is there.
    case stopping
    /// The handler's answer cannot be written as HTTP.
    case unusableAnswer

    /// What is malformed in a head.
    package enum Fault: String, Sendable, Hashable {
        case method = "The method is not a token."
        case requestLine = "The request line is malformed."
        case target = "The target holds a byte that must be escaped."
        case targetForm = "The target is not a path."
        case field = "A header field is malformed."
        case fieldCharacter = "A header field holds a character that it must not."
        case host = "There is not exactly one Host."
        case lengthTwice = "The body's length is given twice."
        case transferCoding = "The only transfer coding is chunked, in HTTP/1.1."
        case length = "Content-Length is not a number."
    }

    package var status: Int {
        switch self {
        case .malformed: 400
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .headTooLarge: 431
        case .overloaded, .crowded, .stopping: 503
        case .unusableAnswer: 500
        }
    }

    /// What the client can do about it. Holds nothing that the client sent.
    package var detail: String {
        switch self {
        case .malformed(let fault): fault.rawValue
        case .bodyTooLarge: "The body is larger than this server takes."
        case .targetTooLong: "Path and query are longer than this server takes."
        case .headTooLarge: "There are more or longer header fields than this server takes."
        case .overloaded: "Too many requests are waiting. Try again soon."
        case .crowded: "Too many connections are open. Try again soon."
        case .stopping: "The server stopped before the answer was ready. Ask what became of the request."
        case .unusableAnswer: "The answer could not be written. Ask what became of the request."
        }
    }

    /// Whether the connection ends with it, because where the next request begins is not certain.
    package var closesConnection: Bool {
        switch self {
        case .malformed, .targetTooLong, .headTooLarge, .crowded, .stopping: true
        case .bodyTooLarge, .overloaded, .unusableAnswer: false
        }
    }

    private var title: String {
        switch self {
        case .malformed: "Bad Request"
        case .bodyTooLarge: "Content Too Large"
        case .targetTooLong: "URI Too Long"
        case .headTooLarge: "Request Header Fields Too Large"
        case .overloaded, .crowded, .stopping: "Service Unavailable"
        case .unusableAnswer: "Internal Server Error"
        }
    }

    /// The refusal as a problem document (RFC 9457), for those who have no words of their own.
    var plainResponse: HTTPResponse {
        let problem: JSON = [
            "type": "about:blank", "title": .string(title), "status": JSON(status), "detail": .string(detail),
        ]
        return HTTPResponse(status: status, headers: ["Content-Type": Problem.mediaType], body: problem.encoded)
    }
}
