import KizunaQR

/// Writes for people on a terminal of 80 columns; colours only where there is one.
struct TerminalPage {
    private enum Style: String {
        case bold = "1", faint = "2", good = "32", bad = "31", accent = "36", title = "1;36"
    }

    private static let columns = 80
    private static let nameColumns = 22

    private let console: Console

    init(_ console: Console) { self.console = console }

    func banner(_ title: String, _ right: String) {
        let gap = TerminalPage.columns - TextWidth.of(title) - TextWidth.of(right)
        line(styled(title, .title) + spaces(gap) + styled(right, .faint))
        line(styled(String(repeating: "═", count: TerminalPage.columns), .faint))
    }

    func heading(_ text: String) {
        line("")
        line(styled(text, .title))
        line(styled(String(repeating: "─", count: TerminalPage.columns), .faint))
    }

    func section(_ name: String, _ remark: String) {
        line("")
        line("  \(styled(name, .bold))  \(styled(remark, .faint))")
    }

    func fact(_ name: String, _ value: String) {
        line("    \(TextWidth.padded(name, to: TerminalPage.nameColumns)) \(value)")
    }

    /// A fact whose value is money, aligned at the right.
    func amount(_ name: String, _ value: String, isTotal: Bool = false) {
        let text = right(value, in: 16)
        line("    \(TextWidth.padded(name, to: TerminalPage.nameColumns)) \(isTotal ? styled(text, .bold) : text)")
    }

    /// A line of the journal; one that is too long for its amount gives it a line of its own.
    func entry(kind: String, debit: String, credit: String, amount: String) {
        let sides = "\(debit) → \(credit)"
        let room = TerminalPage.columns - 4 - 7 - 1 - TextWidth.of(amount)
        let head = "    " + styled(TextWidth.padded(kind.lowercased(), to: 7), .faint)
        if TextWidth.of(sides) <= room {
            line(head + TextWidth.padded(sides, to: room) + " " + amount)
        } else {
            line(head + sides)
            line(spaces(TerminalPage.columns - TextWidth.of(amount)) + amount)
        }
    }

    /// What an account stands at.
    func position(of owner: String, _ role: String, _ amount: String) {
        line("    " + TextWidth.padded(owner, to: 20) + TextWidth.padded(role, to: 24) + right(amount, in: 32))
    }

    /// A code, field by field.
    func explanation(of payload: String) {
        let explanation = QRExplanation(utf8: Array(payload.utf8), at: nil)
        for row in ExplanationReport(explanation, inColour: console.isTerminal).text.split(separator: "\n") {
            line("  " + row)
        }
    }

    func state(_ name: String, detail: String, isGood: Bool) {
        line("")
        line("  \(styled((isGood ? "✔ " : "✘ ") + name, isGood ? .good : .bad)) \(styled(detail, .faint))")
    }

    func receipt(_ rows: [(String, String)]) {
        let inside = 58
        line("")
        line("    ┌" + String(repeating: "─", count: inside) + "┐")
        for (left, right) in rows {
            let gap = inside - 2 - TextWidth.of(left) - TextWidth.of(right)
            line("    │ \(left)\(spaces(gap))\(right) │")
        }
        line("    └" + String(repeating: "─", count: inside) + "┘")
    }

    func line(_ text: String) { console.write(text + "\n") }

    func remark(_ text: String) { line(styled(text, .faint)) }

    private func styled(_ text: String, _ style: Style) -> String {
        console.isTerminal ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    private func right(_ text: String, in width: Int) -> String { spaces(width - TextWidth.of(text)) + text }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
