/// Splits a stream of bytes into lines, with memory for one line at most.
struct LineReader {
    enum Line: Equatable {
        case line([UInt8])
        /// A line past the limit: read over, not kept.
        case tooLong
    }

    private let longestLineBytes: Int
    private let read: () throws -> [UInt8]
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    private var isSkipping = false

    /// - Parameter read: returns the next bytes, and none at the end.
    init(longestLineBytes: Int, read: @escaping () throws -> [UInt8]) {
        self.longestLineBytes = longestLineBytes
        self.read = read
    }

    /// Whether a whole line is at hand without waiting for more.
    var hasLine: Bool { buffer[start...].contains(UInt8(ascii: "\n")) }

    /// The next line without its end, or nil at the end of the stream.
    mutating func next() throws -> Line? {
        while true {
            if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return finish(buffer[start..<end])
            }
            if buffer.count - start > longestLineBytes {
                isSkipping = true
                buffer.removeAll(keepingCapacity: true)
                start = 0
            }
            guard !isAtEnd else { return takeRest() }
            try fill()
        }
    }

    private mutating func fill() throws {
        buffer.removeFirst(start)
        start = 0
        let bytes = try read()
        isAtEnd = bytes.isEmpty
        buffer += bytes
    }

    /// The last line, which may lack its end.
    private mutating func takeRest() -> Line? {
        guard isSkipping || start < buffer.count else { return nil }
        defer { start = buffer.count }
        return finish(buffer[start...])
    }

    private mutating func finish(_ line: ArraySlice<UInt8>) -> Line {
        defer { isSkipping = false }
        if isSkipping || line.count > longestLineBytes { return .tooLong }
        return .line(Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line))
    }
}
