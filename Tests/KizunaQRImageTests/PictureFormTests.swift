import KizunaQRImage
import Testing

/// The same symbol as PNG, SVG and terminal text.
@Suite struct PictureFormTests {
    private let text = "kizuna ពាណិជ្ជករ 商店"

    @Test(arguments: [(4, 1), (4, 8), (0, 3), (10, 2)])
    func pngIsReadBack(quietModules: Int, modulePixels: Int) throws {
        let picture = QRPicture(try QRSymbol(text), quietModules: quietModules, modulePixels: modulePixels)
        let png = try picture.png()
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(bigEndian(png[16..<20]) == picture.widthPixels)
        #expect(bigEndian(png[20..<24]) == picture.widthPixels)
        // One bit a pixel, grey.
        #expect(png[24..<26] == [1, 0])
        guard quietModules >= 4 else { return }
        #expect(try PictureReader().codes(in: png).map(\.text) == [text])
    }

    @Test func aQuietZoneOfFourModulesIsTheRule() throws {
        let symbol = try QRSymbol(text)
        let picture = QRPicture(symbol)
        #expect(picture.quietModules == 4)
        #expect(picture.widthModules == symbol.width + 8)
    }

    @Test func numbersOutsideTheirRangeAreBroughtBack() throws {
        let symbol = try QRSymbol(text)
        #expect(
            QRPicture(symbol, quietModules: -1, modulePixels: 0) == QRPicture(symbol, quietModules: 0, modulePixels: 1)
        )
        let largest = QRPicture(symbol, quietModules: .max, modulePixels: .max)
        #expect((largest.quietModules, largest.modulePixels) == (64, 64))
    }

    /// Each run of the path, drawn again, gives the symbol.
    @Test func svgDrawsEveryDarkModule() throws {
        let picture = QRPicture(try QRSymbol(text), quietModules: 2)
        let svg = picture.svg
        #expect(svg.contains("viewBox=\"0 0 \(picture.widthModules) \(picture.widthModules)\""))
        var drawn: Set<[Int]> = []
        for run in svg.split(separator: "M").dropFirst() {
            let numbers = run.split { !$0.isNumber }.compactMap { Int($0) }
            #expect(numbers.count >= 4)
            for column in numbers[0]..<numbers[0] + numbers[2] { drawn.insert([column, numbers[1]]) }
        }
        for row in 0..<picture.widthModules {
            for column in 0..<picture.widthModules {
                #expect(drawn.contains([column, row]) == picture.symbol.isDark(column: column - 2, row: row - 2))
            }
        }
    }

    @Test(arguments: QRPicture.TerminalStyle.allCases)
    func terminalTextShowsEveryModule(style: QRPicture.TerminalStyle) throws {
        let picture = QRPicture(try QRSymbol(text), quietModules: 1)
        let lines = picture.terminalText(style).split(separator: "\n").map(withoutColours)
        #expect(lines.count == (picture.widthModules + 1) / 2)
        for (index, line) in lines.enumerated() {
            #expect(line.count == picture.widthModules)
            for (column, block) in line.enumerated() {
                let upper = picture.symbol.isDark(column: column - 1, row: 2 * index - 1)
                #expect("▀█".contains(block) == (upper == (style == .onLight)))
                guard 2 * index + 1 < picture.widthModules else { continue }
                let lower = picture.symbol.isDark(column: column - 1, row: 2 * index)
                #expect("▄█".contains(block) == (lower == (style == .onLight)))
            }
        }
    }

    private func withoutColours(_ line: Substring) -> String {
        line.split(separator: "\u{1B}").map { part in
            part.first == "[" ? String(part.drop { $0 != "m" }.dropFirst()) : String(part)
        }.joined()
    }

    private func bigEndian(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
