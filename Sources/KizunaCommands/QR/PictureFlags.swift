import KizunaQR
import KizunaQRImage

/// The flags that make a picture of a code.
enum PictureFlags {
    private static let png = Flag("--png", "F", help: "write the code as a PNG picture")
    private static let svg = Flag("--svg", "F", help: "write the code as an SVG picture")
    private static let terminal = Flag("--terminal", help: "show the code in the terminal")
    static let correction = Flag(
        "--correction",
        "L|M|Q|H",
        help: "how much of the picture may be lost: 7, 15, 25 or 30 %; default M"
    )
    private static let quiet = Flag("--quiet-zone", "N", help: "light modules around the code; default 4")
    private static let pixels = Flag("--module-pixels", "N", help: "pixels of a module's side in a PNG; default 8")

    static let all = [png, svg, terminal, correction, quiet, pixels]

    /// Makes what was asked for.
    static func draw(_ payload: MerchantPayload, _ arguments: Arguments, on console: Console) throws {
        let symbol = try symbol(payload, arguments)
        let quiet = try number(quiet, in: QRPicture.quietModulesAllowed, arguments)
        let pixels = try number(pixels, in: QRPicture.modulePixelsAllowed, arguments)
        guard [png, svg, terminal].contains(where: { arguments.has($0) }) else { return }
        let picture = QRPicture(
            symbol,
            quietModules: quiet ?? QRPicture.standardQuietModules,
            modulePixels: pixels ?? QRPicture.usualModulePixels
        )
        if let path = arguments[png] { try FileBytes.write(try picture.png(), to: path) }
        if let path = arguments[svg] { try FileBytes.write(Array(picture.svg.utf8), to: path) }
        if arguments.has(terminal) { console.write(picture.terminalText(console.isTerminal ? .coloured : .onDark)) }
    }

    /// Refuses what does not go together, before anything is written.
    static func check(_ arguments: Arguments) throws(UsageError) {
        if arguments.has(terminal), arguments.has(EncodeFlags.json) {
            throw arguments.error("--terminal is for people, --json for programs: give one of them")
        }
        _ = try level(arguments)
    }

    /// The symbol of a payload at the error correction asked for.
    static func symbol(_ payload: MerchantPayload, _ arguments: Arguments) throws -> QRSymbol {
        try QRSymbol(payload.text, correction: try level(arguments))
    }

    private static func level(_ arguments: Arguments) throws(UsageError) -> ErrorCorrection {
        guard let text = arguments[correction] else { return .medium }
        guard let level = ErrorCorrection(rawValue: text.uppercased()) else {
            throw arguments.error("--correction takes L, M, Q or H")
        }
        return level
    }

    private static func number(
        _ flag: Flag,
        in range: ClosedRange<Int>,
        _ arguments: Arguments
    ) throws(UsageError) -> Int? {
        try arguments.integer(flag, in: Int64(range.lowerBound)...Int64(range.upperBound)).map { Int($0) }
    }
}
