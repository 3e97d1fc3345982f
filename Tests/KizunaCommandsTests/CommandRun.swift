import KizunaMoney
import KizunaWeb

@testable import KizunaCommands

/// A run of `kizuna qr` with its words caught.
final class CommandRun {
    private(set) var output = ""
    private(set) var complaints: [String] = []
    private(set) var status: Int32 = -1

    init(_ arguments: [String]) { status = command.run(arguments) }

    convenience init(_ arguments: String...) { self.init(arguments) }

    /// A run of the stream over some input, which comes in pieces of so many bytes.
    init(stream input: String, pieceBytes: Int = 65_536, at: Timestamp? = nil) throws {
        var rest = Array(input.utf8)[...]
        var stream = DecodeStream(command: command, at: at) {
            let piece = rest.prefix(pieceBytes)
            rest = rest.dropFirst(pieceBytes)
            return Array(piece)
        }
        try stream.run()
    }

    /// The lines of the answer as JSON.
    var answers: [JSON] {
        get throws { try output.split(separator: "\n").map { try JSON.parse(Array($0.utf8)) } }
    }

    private var command: QRCommand {
        QRCommand(console: console, clock: { Timestamp(milliseconds: 1_760_000_000_000) }, md5: { "\($0.count) bytes" })
    }

    private var console: Console {
        Console(
            write: { [self] in output += String(decoding: $0, as: UTF8.self) },
            complain: { [self] in complaints.append($0) },
            isTerminal: false
        )
    }
}
