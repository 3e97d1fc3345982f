import CMicrohttpd
import Glibc
import KizunaWeb

/// A request without its body, after everything that two readers might understand differently has been refused.
///
/// libmicrohttpd takes the first of two lengths, joins folded lines to the name of the field, ends a value at a NUL,
/// accepts a space before the colon and lines that end without a carriage return. A proxy in front of us may take
/// each of these otherwise, and then the two disagree about where a request ends (request smuggling, RFC 9112,
/// section 11.2). All of them are refused here.
struct RequestHead {
    var method: String
    var path: String
    var query: String
    var headers: HTTPHeaders
    var framing: Framing
    /// The client waits for a word before it sends the body.
    var expectsContinue: Bool

    /// Where the body ends.
    enum Framing: Hashable {
        case length(Int)
        case chunked
    }

    /// - Parameters:
    ///   - target: what stood between method and version, as it was sent.
    ///   - lines: where libmicrohttpd keeps the request line's parts.
    /// - Throws: ``ServerRefusal`` with 400, 414 or 431.
    init(_ connection: OpaquePointer, target: [UInt8], lines: RequestLine, limits: ServerLimits) throws(ServerRefusal) {
        guard target.count <= limits.targetBytes else { throw .targetTooLong }
        let size = kizuna_connection_head_size(connection)
        guard size <= limits.headBytes else { throw .headTooLarge }
        let method = lines.methodBytes
        guard HTTPSyntax.isToken(method) else { throw .malformed(.method) }
        guard lines.areContiguous(targetCount: target.count) else { throw .malformed(.requestLine) }

        var scan = HeaderScan(after: lines.end, mostFields: limits.headerFields)
        withUnsafeMutablePointer(to: &scan) { scan in
            _ = MHD_get_connection_values_n(connection, .HEADER_KIND, headerArrived, scan)
        }
        if let refusal = scan.refusal { throw refusal }
        guard scan.endsHead(from: lines.start, size: size) else { throw .malformed(.field) }

        (path, query) = try Self.split(target)
        framing = try scan.framing(isVersion1_0: lines.isVersion1_0)
        expectsContinue = scan.expectsContinue
        headers = scan.fields
        self.method = String(decoding: method, as: UTF8.self)
    }

    /// The path and the query of a target in origin form, asterisk form or absolute form (RFC 9112, section 3.2).
    private static func split(_ target: [UInt8]) throws(ServerRefusal) -> (path: String, query: String) {
        guard HTTPSyntax.isTarget(target) else { throw .malformed(.target) }
        let isHTTP = HTTPSyntax.equals(target.prefix(7), "http://")
        var rest = target[...]
        if isHTTP || HTTPSyntax.equals(target.prefix(8), "https://") {
            rest = rest.dropFirst(isHTTP ? 7 : 8).drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
            if rest.first != UInt8(ascii: "/") { rest = [UInt8(ascii: "/")] + rest }
        }
        guard rest.first == UInt8(ascii: "/") || rest.elementsEqual("*".utf8) else {
            throw .malformed(.targetForm)
        }
        let path = rest.prefix { $0 != UInt8(ascii: "?") }
        return (
            String(decoding: path, as: UTF8.self), String(decoding: rest[path.endIndex...].dropFirst(), as: UTF8.self)
        )
    }
}

/// The parts of a request line, each of them a string in libmicrohttpd's buffer.
struct RequestLine {
    var start: UnsafePointer<CChar>
    private var target: UnsafePointer<CChar>
    private var version: UnsafePointer<CChar>

    init(method: UnsafePointer<CChar>, target: UnsafePointer<CChar>, version: UnsafePointer<CChar>) {
        self.start = method
        self.target = target
        self.version = version
    }

    var methodBytes: UnsafeBufferPointer<UInt8> { bytes(at: start, count: strlen(start)) }

    /// libmicrohttpd has checked that it is `HTTP/1.` and a digit.
    var isVersion1_0: Bool { version[7] == CChar(bitPattern: UInt8(ascii: "0")) }

    /// Behind the version and its line end, of two bytes.
    var end: UnsafePointer<CChar> { version + strlen(version) + 2 }

    /// Whether exactly one byte lies between method and target, and between target and version.
    func areContiguous(targetCount: Int) -> Bool {
        target == start + strlen(start) + 1 && version == target + targetCount + 1
    }
}
