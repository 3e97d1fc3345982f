package import KizunaMoney

/// What a stand on a shop's counter says: who is paid, perhaps how much, and the code to scan.
package struct Stand: Sendable, Hashable {
    /// Whose code it is; decides colours, labels and languages.
    package enum Scheme: String, Sendable, Hashable, CaseIterable {
        case khqr = "KHQR"
        case jpqr = "JPQR"
    }

    package var scheme: Scheme
    package var code: CodeSquare
    /// In Latin letters.
    package var name: String
    /// As people there write it.
    package var localName: String?
    package var city: String?
    package var localCity: String?
    /// Nil when the payer types it.
    package var amount: Money?

    package init(scheme: Scheme, code: CodeSquare, name: String) {
        self.scheme = scheme
        self.code = code
        self.name = name
    }

    /// The city in both scripts, as far as it is known.
    var place: String? {
        let parts = [localCity, city].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: "  ·  ")
    }
}

/// The modules of a QR symbol, without its quiet zone.
package struct CodeSquare: Sendable, Hashable {
    /// How many modules lie along a side.
    package let width: Int
    /// Row by row from the top: true is dark.
    package let modules: [Bool]

    /// Takes `width` rows of `width` modules.
    package init(width: Int, modules: [Bool]) {
        precondition(width > 0 && modules.count == width * width, "A symbol is a square of modules")
        self.width = width
        self.modules = modules
    }

    /// The dark modules as one rectangle for each run in a row.
    var runs: [(row: Int, columns: Range<Int>)] {
        (0..<width).flatMap { row in
            var runs: [(row: Int, columns: Range<Int>)] = []
            var column = 0
            while column < width {
                let start = column
                while column < width, modules[row * width + column] { column += 1 }
                if column > start { runs.append((row, start..<column)) }
                column += 1
            }
            return runs
        }
    }
}

/// What a stand is printed on.
package enum StandPaper: String, Sendable, Hashable, CaseIterable {
    /// A card of 105 by 148 mm.
    case a6
    /// An A4 sheet that is folded into a roof with a face on each side.
    case tent
}
