/// A command as a table: its flags, its operands and its help.
package struct Verb: Sendable {
    /// What is typed behind `kizuna`: `qr decode`.
    package let name: String
    /// One line.
    package let summary: String
    /// What may stand beside the flags, as help shows it: `[PAYLOAD]`.
    package let operands: String
    package let operandCount: ClosedRange<Int>
    package let flags: [Flag]
    /// Whole command lines that work.
    package let examples: [String]

    package static let help = Flag("--help", help: "show this text")

    package init(
        _ name: String,
        summary: String,
        operands: String = "",
        operandCount: ClosedRange<Int> = 0...0,
        flags: [Flag],
        examples: [String]
    ) {
        self.name = name
        self.summary = summary
        self.operands = operands
        self.operandCount = operandCount
        self.flags = flags
        self.examples = examples
    }

    /// The help of the command.
    package var helpText: String {
        var lines = [summary, "", "Usage: kizuna \(name) [flags] \(operands)".trimmingTrailingBlanks, ""]
        let all = flags + [Verb.help]
        let width = (all.map(\.usage.count).max() ?? 0) + 2
        lines += ["Flags:"] + all.map { "  " + $0.usage.padded(to: width) + $0.help }
        lines += ["", "Examples:"] + examples.map { "  " + $0 }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    var trimmingTrailingBlanks: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// The text with blanks behind it, up to a number of characters; for ASCII.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
}
