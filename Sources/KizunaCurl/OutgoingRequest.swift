import KizunaWeb

/// A request that says on the wire what it says here: nothing in it can end a line or a field early.
struct OutgoingRequest: Sendable {
    let method: String
    let url: String
    /// Each as `Name: value`.
    let headerLines: [String]
    let body: [UInt8]
    let deadline: ContinuousClock.Instant
    /// How fast the body leaves, a few bytes at a time; `nil` for as fast as it goes.
    var bytesPerSecond: Int?
    /// Whether the certificate that the server shows is kept.
    var keepsCertificate = false

    /// Fields by which the connection or the body is framed: libcurl alone writes them.
    private static let ownFields: Set<String> = [
        "connection", "content-length", "expect", "keep-alive", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade",
    ]

    /// - Throws: `badURL` when the URL is too long, not absolute, not of HTTP or not in ASCII, `notReachable` for plain
    ///   HTTP where the operator does not allow it, and `neverSent` when method, header fields or time-out cannot be
    ///   sent.
    init(
        method: String,
        url: String,
        headers: HTTPHeaders,
        body: [UInt8],
        timeout: Duration,
        limits: ClientLimits,
        reach: Reach
    ) throws(HTTPClientError) {
        guard url.utf8.count <= limits.urlBytes, url.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
            let separator = url.firstRange(of: "://"),
            ["http", "https"].contains(url[..<separator.lowerBound].lowercased()),
            // libcurl would overlook a third slash and take the path's first part for the host.
            url[separator.upperBound...].first != "/"
        else { throw HTTPClientError(code: .badURL, message: "The URL is not an absolute one of HTTP") }
        guard reach.allowsPlainHTTP || url.prefix(6).lowercased() == "https:" else {
            throw HTTPClientError(code: .notReachable, message: "The operator does not allow plain HTTP")
        }
        guard Self.isToken(method) else { throw .unsendable("The method is not a token") }
        guard method != "HEAD" || body.isEmpty else { throw .unsendable("HEAD has no body") }
        guard timeout > .zero else { throw .unsendable("There is no time left to send it") }
        self.method = method
        self.url = url
        self.headerLines = try Self.lines(headers, hasBody: !body.isEmpty)
        self.body = body
        self.deadline = .now + timeout
    }

    private static func lines(_ headers: HTTPHeaders, hasBody: Bool) throws(HTTPClientError) -> [String] {
        // Without a value behind the colon, libcurl leaves out what it would send by itself.
        var lines = ["Expect:"]
        if hasBody, headers["Content-Type"] == nil { lines.append("Content-Type:") }
        for (name, value) in headers.fields {
            guard isToken(name), !ownFields.contains(name.lowercased()) else {
                throw .unsendable("A header field has a name that may not be sent")
            }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw .unsendable("A header field holds a character that it must not")
            }
            let isBlank = value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            // A semicolon is libcurl's sign for a field that is sent although it is empty.
            lines.append(isBlank ? "\(name);" : "\(name): \(value)")
        }
        return lines
    }

    /// Whether the text is a `token` of RFC 9110, section 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}

extension HTTPClientError {
    static func unsendable(_ message: String) -> HTTPClientError { HTTPClientError(code: .neverSent, message: message) }
}
