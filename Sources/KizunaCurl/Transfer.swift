import KizunaWeb
import Synchronization

typealias TransferResult = Result<HTTPResponse, HTTPClientError>

/// One exchange under way: what is sent, what has come back, and who waits.
final class Transfer: @unchecked Sendable {
    // Sendable because the caller sets `waiter` before it gives the transfer to the loop, and from then on only the
    // loop's thread touches anything but `isCancelled` and `certificate`.

    let request: OutgoingRequest
    /// What drives it, while it is under way.
    var easy: EasyHandle?
    let isCancelled = Atomic(false)
    /// What the server has shown of itself, in PEM, where the request keeps it; set before the caller is told.
    let certificate = Mutex<[UInt8]?>(nil)
    private(set) var isTooLarge = false
    /// Whether it came to an address outside the reach.
    private(set) var wasHeldBack = false

    private let limits: ClientLimits
    private let reach: Reach
    private var waiter: CheckedContinuation<TransferResult, Never>?
    private var headers: HTTPHeaders = [:]
    private var body: [UInt8] = []
    private var headBytes = 0
    /// How much of the request's body has left, where it leaves slowly.
    private var leftBytes = 0
    /// Whether the head being read is one of 1xx, which another will follow.
    private var isInterim = false
    private var isHeadComplete = false

    init(_ request: OutgoingRequest, limits: ClientLimits, reach: Reach) {
        self.request = request
        self.limits = limits
        self.reach = reach
    }

    func answer(to continuation: CheckedContinuation<TransferResult, Never>) { waiter = continuation }

    /// Tells the caller; does nothing the second time.
    func finish(_ result: TransferResult) {
        waiter?.resume(returning: result)
        waiter = nil
    }

    /// The answer, unless the connection ended in mid-head: libcurl calls that a success.
    func response(status: Int) -> HTTPResponse? {
        isHeadComplete ? HTTPResponse(status: status, headers: headers, body: body) : nil
    }

    /// Whether a connection may be made to the address that its host stands for right now.
    func mayConnect(to address: IPAddress?) -> Bool {
        let isWithinReach = address.map(reach.permits) ?? false
        if !isWithinReach { wasHeldBack = true }
        return isWithinReach
    }

    /// Gives the next few bytes of a body that leaves slowly.
    ///
    /// - Returns: how many; none at the end.
    func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
        let piece = request.body[leftBytes...].prefix(min(room.count, Transfer.pieceBytes))
        room.copyBytes(from: piece)
        leftBytes += piece.count
        return piece.count
    }

    private static let pieceBytes = 8

    /// Takes a line of the head, its end included.
    ///
    /// - Returns: whether to go on.
    func take(headLine line: UnsafeBufferPointer<UInt8>) -> Bool {
        headBytes += line.count
        guard headBytes <= limits.answerHeadBytes else {
            isTooLarge = true
            return false
        }
        guard !isHeadComplete else { return true }  // A trailer: nobody asked for one.
        let text = line.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        if text.isEmpty {
            isHeadComplete = !isInterim
        } else if let colon = text.firstIndex(of: UInt8(ascii: ":")), !text.starts(with: "HTTP/".utf8) {
            headers.add(Self.text(text[..<colon]), Self.text(text[text.index(after: colon)...]))
        } else if text.starts(with: "HTTP/".utf8) {
            headers = [:]
            isInterim = text.drop { $0 != UInt8(ascii: " ") }.dropFirst().first == UInt8(ascii: "1")
        }
        return true
    }

    /// Takes a part of the body.
    ///
    /// - Returns: whether to go on.
    func take(bodyPart part: UnsafeBufferPointer<UInt8>) -> Bool {
        guard part.count <= limits.answerBytes - body.count else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: part)
        return true
    }

    private static func text(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
