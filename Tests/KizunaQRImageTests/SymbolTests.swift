import KizunaQRImage
import Testing

@Suite struct SymbolTests {
    /// ISO/IEC 18004, table 7, with and without the room that the announcement of UTF-8 takes.
    @Test(arguments: ErrorCorrection.allCases)
    func fillsTheLargestSymbolAndNoMore(correction: ErrorCorrection) throws {
        let plain = correction.limitBytes(isASCII: true)
        #expect(try QRSymbol(String(repeating: "a", count: plain), correction: correction).width == 177)
        #expect(throws: QRSymbolError.tooLong(bytes: plain + 1, limitBytes: plain)) {
            try QRSymbol(String(repeating: "a", count: plain + 1), correction: correction)
        }
        let announced = correction.limitBytes(isASCII: false)
        let khmer = String(repeating: "a", count: announced - 3) + "ក"
        #expect(try QRSymbol(khmer, correction: correction).width == 177)
        #expect(throws: QRSymbolError.tooLong(bytes: announced + 1, limitBytes: announced)) {
            try QRSymbol(khmer + "a", correction: correction)
        }
    }

    @Test func refusesAnEmptyText() {
        #expect(throws: QRSymbolError.empty) { try QRSymbol("") }
    }

    /// Digits and capitals would fit into a smaller symbol in other modes; EMVCo wants bytes (MPM 4.12.1).
    @Test func usesByteModeOnly() throws {
        let digits = try QRSymbol(String(repeating: "0", count: 14))
        let letters = try QRSymbol(String(repeating: "a", count: 14))
        #expect(digits.width == letters.width)
        // 14 bytes are all that version 1 holds at M.
        #expect(digits.width == 21)
        #expect(try QRSymbol(String(repeating: "0", count: 15)).width == 25)
    }

    @Test func moreCorrectionNeedsMoreRoom() throws {
        let text = String(repeating: "x", count: 190)
        let widths = try ErrorCorrection.allCases.map { try QRSymbol(text, correction: $0).width }
        #expect(widths == [49, 57, 65, 73])
    }

    @Test func drawsTheThreeCornerMarks() throws {
        let symbol = try QRSymbol("kizuna")
        for (column, row) in [(0, 0), (symbol.width - 7, 0), (0, symbol.width - 7)] {
            for step in 0..<7 {
                #expect(symbol.isDark(column: column + step, row: row))
                #expect(symbol.isDark(column: column, row: row + step))
            }
            #expect(!symbol.isDark(column: column + 1, row: row + 1))
            #expect(symbol.isDark(column: column + 3, row: row + 3))
        }
        #expect(!symbol.isDark(column: -1, row: 0))
        #expect(!symbol.isDark(column: 0, row: symbol.width))
    }
}
