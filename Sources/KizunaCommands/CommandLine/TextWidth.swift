/// How many columns text takes on a terminal: two for East Asian characters, none for marks that sit on others.
enum TextWidth {
    static func of(_ text: some StringProtocol) -> Int { text.unicodeScalars.reduce(0) { $0 + columns(of: $1) } }

    /// The text with blanks behind it, up to a width in columns.
    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - of(text)))
    }

    /// Breaks text into pieces of at most a width, between characters as people see them, at blanks where it can.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for character in text {
            if of(line) + of(String(character)) > width {
                let blank = line.lastIndex(of: " ").map { line.index(after: $0) } ?? line.endIndex
                lines.append(String(line[..<blank]).trimmingTrailingBlanks)
                line = String(line[blank...])
            }
            line.append(character)
        }
        return lines + [line]
    }

    private static func columns(of scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: 0
        default: isWide(scalar.value) ? 2 : 1
        }
    }

    /// East Asian Width W or F, as far as payment codes go (Unicode annex 11).
    private static func isWide(_ code: UInt32) -> Bool {
        switch code {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
