// A shop: is told that it was paid, and believes only what the switch has signed.
//
// usage: shop PORT
// with the webhook's secret in SECRET. Prints each event once. It listens by itself, one caller after the other; behind a
// web server of yours, keep `status(of:_:)` and leave out the rest.
import Foundation

let secret = ProcessInfo.processInfo.environment["SECRET"] ?? ""
let largestBody = 64 * 1_024
let largestHead = 16 * 1_024
let patienceSeconds = 10
nonisolated(unsafe) var seen: Set<String> = []  // A table of your own: an event that comes again has the same id.

func status(of headers: [String: String], _ body: Data) -> Int {
    guard let id = headers["webhook-id"] else { return 400 }
    guard isFromSwitch(secret: secret, headers: headers, body: body) else { return 401 }
    guard let event = try? JSONSerialization.jsonObject(with: body) as? Object else { return 400 }
    if seen.insert(id).inserted {
        let data = event["data"] as? Object ?? [:]
        say(["type": event["type"] ?? "", "amount": data["amount"] ?? NSNull()])
    }
    return 204  // A repeat is taken as well, or it would come for days.
}

/// Reads one request; nil where it is none, or too large.
func request(from connection: Int32) -> (headers: [String: String], body: Data)? {
    var bytes = Data()
    var buffer = [UInt8](repeating: 0, count: 4_096)
    var needed = largestHead
    var head: (headers: [String: String], end: Data.Index)?
    while bytes.count < needed {
        let count = read(connection, &buffer, buffer.count)
        guard count > 0 else { return nil }
        bytes.append(contentsOf: buffer[..<count])
        guard head == nil, let blank = bytes.range(of: Data("\r\n\r\n".utf8)) else { continue }
        let headers = fields(of: String(decoding: bytes[..<blank.lowerBound], as: UTF8.self))
        guard let length = Int(headers["content-length"] ?? "0"), 0...largestBody ~= length else { return nil }
        head = (headers, blank.upperBound)
        needed = blank.upperBound + length
    }
    return head.map { ($0.headers, Data(bytes[$0.end..<needed])) }
}

func fields(of head: String) -> [String: String] {
    let pairs = head.split(separator: "\r\n").dropFirst().map { $0.split(separator: ":", maxSplits: 1) }
    return Dictionary(
        pairs.compactMap { $0.count == 2 ? ($0[0].lowercased(), $0[1].trimmingCharacters(in: .whitespaces)) : nil },
        uniquingKeysWith: { first, _ in first }
    )
}

func serve(on port: UInt16) {
    let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(server, $0, size) == 0 }
    }
    guard isBound, listen(server, 16) == 0 else { return complain("Port \(port) is taken.") }
    var patience = timeval(tv_sec: patienceSeconds, tv_usec: 0)
    while true {
        let connection = accept(server, nil, nil)
        guard connection >= 0 else { continue }
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let code = request(from: connection).map { status(of: $0.headers, $0.body) } ?? 400
        let answer = Array("HTTP/1.1 \(code) \r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
        _ = write(connection, answer, answer.count)
        close(connection)
    }
}

guard let port = CommandLine.arguments.dropFirst().first.flatMap({ UInt16($0) }) else {
    complain("usage: shop PORT")
    exit(2)
}
serve(on: port)
