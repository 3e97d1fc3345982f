import Foundation
import KizunaMoney
import KizunaQR
import KizunaWeb

/// `kizuna qr decode`: one code for people or programs, or a stream of them.
struct QRDecode {
    let command: QRCommand

    private static let file = Flag("--file", "F", help: "read the code's text from a file; - is standard input")
    private static let image = Flag(
        "--image",
        "F",
        help: "read every code of a PNG or JPEG picture; - is standard input"
    )
    private static let at = Flag(
        "--at",
        "MS",
        help: "judge expiry as of this moment, milliseconds since 1970; default now"
    )
    private static let json = Flag("--json", help: "one JSON object instead of the table")
    private static let lines = Flag("--jsonl", help: "a JSON value a line from standard input, an object a line back")

    static let verb = Verb(
        "qr decode",
        summary: "Shows what a payment code says, or why it is refused and where.",
        operands: "[PAYLOAD]",
        operandCount: 0...1,
        flags: [file, image, at, json, lines],
        examples: [
            "kizuna qr decode 00020101021129170013sok_dara@aclb5204599953031165802KH5908Sok\\ Dara6010Phnom\\ Penh63046D8E",
            "kizuna qr decode --json --at 1760000000000 --file code.txt",
            "kizuna qr decode --image counter.jpg",
            #"echo '{"id": 1, "payload": "hQVDUFYwMQ==", "at": 1760000000000}' | kizuna qr decode --jsonl"#,
        ]
    )

    /// The largest moment that the flag and the stream take: 13 digits.
    static let latestMilliseconds: Int64 = 9_999_999_999_999

    func run(_ arguments: [String]) throws -> Int32 {
        let arguments = try Arguments(arguments, for: Self.verb)
        if arguments.has(Verb.help) {
            command.console.write(Self.verb.helpText)
            return ExitStatus.done
        }
        let at = try arguments.integer(Self.at, in: 0...Self.latestMilliseconds).map(Timestamp.init(milliseconds:))
        if arguments.has(Self.lines) { return try stream(arguments, at: at) }
        if let path = arguments[Self.image] { return try picture(path, arguments, at: at) }
        let payload = try payload(arguments)
        return arguments.has(Self.json) ? answer(payload, at: at) : explain(payload, at: at)
    }

    private func stream(_ arguments: Arguments, at: Timestamp?) throws -> Int32 {
        guard arguments.operands.isEmpty, !arguments.has(Self.file), !arguments.has(Self.json),
            !arguments.has(Self.image)
        else {
            throw arguments.error("--jsonl reads standard input and goes with --at only")
        }
        var stream = DecodeStream(command: command, at: at) {
            [UInt8](try FileHandle.standardInput.read(upToCount: 65_536) ?? Data())
        }
        do {
            try stream.run()
        } catch {
            throw InputError(description: "standard input cannot be read")
        }
        return ExitStatus.done
    }

    private func picture(_ path: String, _ arguments: Arguments, at: Timestamp?) throws -> Int32 {
        guard arguments.operands.isEmpty, !arguments.has(Self.file) else {
            throw arguments.error("give the code's text, --file F or --image F: one of them")
        }
        return try DecodePicture(command: command, at: at ?? command.clock(), asJSON: arguments.has(Self.json)).run(
            path
        )
    }

    private func payload(_ arguments: Arguments) throws -> [UInt8] {
        guard let path = arguments[Self.file] else {
            guard let text = arguments.operands.first else {
                throw arguments.error(
                    "give the code's text, --file F, --image F or --jsonl; see kizuna qr decode --help"
                )
            }
            return Array(text.utf8)
        }
        guard arguments.operands.isEmpty else { throw arguments.error("give the code's text or --file F, not both") }
        return try Self.contents(of: path)
    }

    /// The text of a file without the line end that editors put behind it.
    private static func contents(of path: String) throws -> [UInt8] {
        let handle = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
        // Enough to see that a text is too long, whatever the size of the file.
        let limit = QRReader.longestPayloadBytes + 3
        guard let handle, let data = try? handle.read(upToCount: limit) else {
            throw InputError(description: "\(path) cannot be read")
        }
        var bytes = [UInt8](data)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return bytes
    }

    private func answer(_ payload: [UInt8], at: Timestamp?) -> Int32 {
        let answer = DecodeAnswer(payload, at: at ?? command.clock(), md5: command.md5)
        command.console.write(JSON.object(answer.members).encoded + [UInt8(ascii: "\n")])
        return answer.isAccepted ? ExitStatus.done : ExitStatus.no
    }

    private func explain(_ payload: [UInt8], at: Timestamp?) -> Int32 {
        let explanation = QRExplanation(utf8: payload, at: at ?? command.clock())
        command.console.write(ExplanationReport(explanation, inColour: command.console.isTerminal).text)
        return explanation.fault == nil ? ExitStatus.done : ExitStatus.no
    }
}
