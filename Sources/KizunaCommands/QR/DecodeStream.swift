import KizunaMoney
import KizunaQR
import KizunaWeb

/// `kizuna qr decode --jsonl`: a JSON value a line in, an object a line out, in order, in constant memory.
///
/// A line is a string (the payload) or an object of `payload` and, if wanted, `id` and `at`. A line that is neither is
/// answered with `input-malformed`, and the stream goes on.
struct DecodeStream {
    /// The longest line that is read: any payload with every character escaped, and an id of a reasonable size.
    static let longestLineBytes = 65_536
    /// How much of the answer is gathered before it is written while more input is at hand.
    private static let flushBytes = 65_536

    private let command: QRCommand
    private let at: Timestamp?
    private var lines: LineReader
    private var output: [UInt8] = []

    /// - Parameters:
    ///   - at: the moment for lines that name none; nil takes the clock for each line.
    ///   - read: returns the next bytes of the input, and none at its end.
    init(command: QRCommand, at: Timestamp?, read: @escaping () throws -> [UInt8]) {
        self.command = command
        self.at = at
        lines = LineReader(longestLineBytes: Self.longestLineBytes, read: read)
    }

    /// Answers line by line until the input ends; answers never wait for input that has not come yet.
    mutating func run() throws {
        while let line = try lines.next() {
            answer(line)
            if !lines.hasLine || output.count >= Self.flushBytes { flush() }
        }
        flush()
    }

    private mutating func flush() {
        guard !output.isEmpty else { return }
        command.console.write(output)
        output.removeAll(keepingCapacity: true)
    }

    private mutating func answer(_ line: LineReader.Line) {
        switch line {
        case .tooLong:
            append(id: .null, Self.malformed("The line has more than \(Self.longestLineBytes) bytes."))
        case .line(let bytes):
            guard bytes.contains(where: { $0 != UInt8(ascii: " ") }) else { return }
            answer(bytes)
        }
    }

    private mutating func answer(_ line: [UInt8]) {
        do {
            let request = try DecodeRequest(JSON.parse(line))
            let now = request.at ?? at ?? command.clock()
            append(id: request.id, DecodeAnswer(request.payload, at: now, md5: command.md5).members)
        } catch let error as JSONFault {
            append(id: .null, Self.malformed(error.detail.replacing("The body", with: "The line")))
        } catch let error as DecodeRequest.Malformed {
            append(id: error.id, Self.malformed(error.message))
        } catch {
            preconditionFailure("Reading a line fails in one of the two ways above")
        }
    }

    private mutating func append(id: JSON, _ members: [JSON.Member]) {
        output += JSON.object([JSON.Member(name: "id", value: id)] + members).encoded
        output.append(UInt8(ascii: "\n"))
    }

    private static func malformed(_ message: String) -> [JSON.Member] {
        [
            .init(name: "ok", value: .bool(false)), .init(name: "error", value: .string("input-malformed")),
            .init(name: "also", value: .array([])),
            .init(name: "scheme", value: .null), .init(name: "position", value: .null),
            .init(name: "message", value: .string(message)),
        ]
    }
}

/// One line of the stream.
private struct DecodeRequest {
    /// Comes back with the answer, unchanged.
    var id = JSON.null
    let payload: [UInt8]
    var at: Timestamp?

    struct Malformed: Error {
        let id: JSON
        let message: String
    }

    init(_ line: JSON) throws(Malformed) {
        if case .string(let text) = line {
            payload = Array(text.utf8)
            return
        }
        id = line["id"] ?? .null
        guard case .string(let text) = line["payload"] else {
            throw Malformed(id: id, message: #"A line is a string, or an object with a string under "payload"."#)
        }
        payload = Array(text.utf8)
        switch line["at"] {
        case nil, .null: break
        case .number(let digits):
            guard let milliseconds = Int64(digits), 0...QRDecode.latestMilliseconds ~= milliseconds else { fallthrough }
            at = Timestamp(milliseconds: milliseconds)
        default: throw Malformed(id: id, message: #"A moment under "at" is a whole number of milliseconds since 1970."#)
        }
    }
}
