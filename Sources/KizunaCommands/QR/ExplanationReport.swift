import KizunaQR

/// A code taken apart, as a table of 80 columns for a terminal.
struct ExplanationReport {
    private let explanation: QRExplanation
    private let inColour: Bool

    init(_ explanation: QRExplanation, inColour: Bool) {
        self.explanation = explanation
        self.inColour = inColour
    }

    /// Columns that the table takes, and where its parts begin.
    private enum Column {
        static let whole = 80
        static let tag = 9
        static let title = 25
        static let value = 26
    }

    private enum Colour: String {
        case bold = "1"
        case red = "31"
        case yellow = "33"
        case green = "32"
    }

    var text: String {
        var lines = [heading, ""]
        for line in explanation.lines { lines += rows(line) }
        if let fault = explanation.fault {
            lines += ["", paint("Refused: \(fault.name)", .red)]
            lines += TextWidth.wrapped(fault.message, to: Column.whole)
        } else {
            lines += ["", paint("Accepted.", .green)]
        }
        return lines.map(\.trimmingTrailingBlanks).joined(separator: "\n") + "\n"
    }

    private var heading: String {
        let title =
            switch explanation.scheme {
            case .khqrIndividual: "KHQR of an individual (Cambodia)"
            case .khqrMerchant: "KHQR of a merchant (Cambodia)"
            case .khqrUnionPay: "KHQR with a UnionPay account (Cambodia)"
            case .jpqrMerchant: "JPQR of a store (Japan)"
            case .jpqrConsumer: "JPQR of a consumer (Japan)"
            case .emvcoConsumer: "EMVCo code of a consumer"
            case .emvcoOther: "EMVCo code: " + (explanation.network?.title ?? "a merchant's")
            case nil: "A text of an unknown form"
            }
        return paint(title, .bold)
    }

    private func rows(_ line: QRExplanation.Line) -> [String] {
        guard line.path != nil else { return remark(line) }
        let depth = [line.path?.sub, line.path?.leaf].count { $0 != nil }
        let tag = String(repeating: " ", count: depth) + (line.path?.description ?? "")
        let value = [line.value.map(Self.visible), line.meaning.map { "(\($0))" }].compactMap { $0 }.joined(
            separator: " "
        )
        var rows = Self.columns([
            (tag, Column.tag), (line.title ?? "Not in the standard", Column.title), (value, Column.value),
            (line.source ?? "", Column.whole - Column.tag - Column.title - Column.value),
        ])
        if case .right = line.verdict { return rows }
        rows += remark(line)
        return rows
    }

    /// The verdict below its field, indented.
    private func remark(_ line: QRExplanation.Line) -> [String] {
        let place = line.position.map { "at character \($0): " } ?? ""
        let (mark, message, colour): (String, String, Colour) =
            switch line.verdict {
            case .right: ("", "", .green)
            case .tolerated(let message): ("~ ", message, .yellow)
            case .wrong(let message): ("! ", place + message, .red)
            }
        let indent = String(repeating: " ", count: line.path == nil ? 0 : Column.tag)
        return TextWidth.wrapped(mark + message, to: Column.whole - indent.count).map { indent + paint($0, colour) }
    }

    /// Cells side by side; a cell too wide for its column goes on below.
    private static func columns(_ cells: [(text: String, width: Int)]) -> [String] {
        let wrapped = cells.map { TextWidth.wrapped($0.text, to: $0.width - 1) }
        let height = wrapped.map(\.count).max() ?? 0
        return (0..<height).map { row in
            zip(wrapped, cells).map { lines, cell in
                TextWidth.padded(row < lines.count ? lines[row] : "", to: cell.width)
            }.joined()
        }
    }

    /// Text whose control and direction marks are written out, so that a hostile code cannot paint the terminal.
    private static func visible(_ text: String) -> String {
        String(
            text.unicodeScalars.flatMap { scalar -> [Character] in
                switch scalar.properties.generalCategory {
                case .control,
                    .format where scalar.value != 0x200B && scalar.value != 0x200C && scalar.value != 0x200D:
                    return Array("\\u{\(String(scalar.value, radix: 16, uppercase: true))}")
                default: return [Character(scalar)]
                }
            }
        )
    }

    private func paint(_ text: String, _ colour: Colour) -> String {
        inColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}
