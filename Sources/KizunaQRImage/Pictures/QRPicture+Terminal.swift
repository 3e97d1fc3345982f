extension QRPicture {
    /// How the picture is to be seen in a terminal.
    package enum TerminalStyle: Sendable, Hashable, CaseIterable {
        /// Light letters on a dark ground: the light modules are drawn.
        case onDark
        /// Dark letters on a light ground: the dark modules are drawn.
        case onLight
        /// The picture brings its own black and white (ANSI escape codes), whatever the terminal's colours are.
        case coloured
    }

    /// The picture in lines of half blocks, two modules above each other in one character.
    package func terminalText(_ style: TerminalStyle) -> String {
        var text = ""
        for row in stride(from: 0, to: widthModules, by: 2) {
            if style == .coloured { text += "\u{1B}[38;5;231;48;5;16m" }
            for column in 0..<widthModules {
                let upper = isInk(column: column, row: row, style)
                // Below the last row there is only paper: the terminal's own, so nothing is drawn there.
                let lower = row + 1 < widthModules && isInk(column: column, row: row + 1, style)
                text += Self.block(upper: upper, lower: lower)
            }
            if style == .coloured { text += "\u{1B}[0m" }
            text += "\n"
        }
        return text
    }

    private func isInk(column: Int, row: Int, _ style: TerminalStyle) -> Bool {
        isDark(column: column, row: row) == (style == .onLight)
    }

    private static func block(upper: Bool, lower: Bool) -> String {
        switch (upper, lower) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
    }
}
