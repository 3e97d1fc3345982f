import KizunaMoney
import Testing

@testable import KizunaPrint

@Suite struct StandTests {
    @Test(arguments: Stand.Scheme.allCases, StandPaper.allCases)
    func everyPaperCarriesEverything(scheme: Stand.Scheme, paper: StandPaper) throws {
        var stand = Self.stand(scheme)
        stand.amount = Money(minorUnits: 1980, currency: .jpy)
        let svg = try stand.svg(on: paper)
        let wanted = [
            "Sokha Coffee", "ហាងកាហ្វេ សុខា", "ភ្នំពេញ  ·  Phnom Penh", "¥1,980", "place for the official mark",
            ">\(scheme.rawValue)<", "Scan, then check the name and the amount", "スキャンして店名と金額をご確認ください",
            "'Noto Sans CJK JP'", "'Khmer OS Battambang'", "'Khmer OS Muol Light'", "<path",
        ]
        for text in wanted { #expect(svg.contains(text), "\(text) is missing") }
        let faces = paper == .tent ? 2 : 1
        #expect(svg.split(separator: "¥1,980").count == faces + 1)
    }

    @Test(arguments: [(StandPaper.a6, "297.637", "419.527"), (.tent, "595.27", "841.88")])
    func thePDFHasTheSizeOfThePaper(paper: StandPaper, width: String, height: String) throws {
        let pdf = String(decoding: try Self.stand(.jpqr).pdf(on: paper), as: UTF8.self)
        #expect(pdf.hasPrefix("%PDF-1."))
        #expect(pdf.contains("/MediaBox [ 0 0 \(width)"))
        #expect(pdf.contains(" \(height)"))
        // Letters come with the file: a printer has no Khmer.
        #expect(pdf.contains("/FontFile"))
        #expect(pdf.contains("KhmerOS"))
        #expect(pdf.contains("NotoSansCJK"))
    }

    @Test func withoutAnAmountThePayerIsToldToTypeIt() throws {
        let svg = try Self.stand(.khqr).svg(on: .a6)
        #expect(svg.contains("Scan, then enter the amount"))
        #expect(svg.contains("បញ្ចូលចំនួនទឹកប្រាក់"))
    }

    @Test func theShopsLanguageComesFirst() {
        #expect(StandWords(stand: Self.stand(.khqr)).instructions[0].hasPrefix("ស្កេន"))
        #expect(StandWords(stand: Self.stand(.jpqr)).instructions[0].hasPrefix("スキャン"))
    }

    @Test(
        arguments: [
            (198_000, Currency.jpy, "¥198,000"), (7, .jpy, "¥7"), (4_200_000, .khr, "៛\u{2009}42,000"),
            (1_250, .usd, "$12.50"), (123_456_789, .usd, "$1,234,567.89"),
        ]
    )
    func amountsReadLikePriceTags(minorUnits: Int64, currency: Currency, text: String) {
        var stand = Self.stand(.khqr)
        stand.amount = Money(minorUnits: minorUnits, currency: currency)
        #expect(StandWords(stand: stand).amount == text)
    }

    /// The longest names of the standards, in the widest letters.
    @Test(arguments: StandPaper.allCases, [true, false])
    func nothingLeavesTheSafeArea(paper: StandPaper, hasAmount: Bool) throws {
        var stand = Self.stand(.khqr)
        stand.name = String(repeating: "W", count: 25)
        stand.localName = String(repeating: "ណ្ណ", count: 8) + "ណ"
        stand.city = String(repeating: "M", count: 15)
        stand.localCity = String(repeating: "京", count: 15)
        stand.amount = hasAmount ? Money(minorUnits: 999_999_999_999_999, currency: .usd) : nil
        let sheet = try stand.sheet(on: paper)
        let page = Sheet.Frame(x: 0, y: 0, width: sheet.width, height: sheet.height).inset(by: 5.9)
        let setter = try TypeSetter()
        for element in sheet.elements {
            switch element {
            case .text(let text, let font, _, let point, let anchor):
                let width = try setter.set(text, font)
                let left = anchor == .middle ? point.x - width / 2 : point.x
                #expect(left >= page.x && left + width <= page.right, "\(text) is too wide")
                #expect(page.y...page.bottom ~= point.y, "\(text) is too high or too low")
            case .box(let frame, _, _, _), .code(_, let frame, _):
                #expect(frame.x >= page.x && frame.right <= page.right)
                #expect(frame.y >= page.y && frame.bottom <= page.bottom)
            case .line, .halfTurned: break
            }
        }
    }

    /// Khmer's subscripts reach deep: no line of the names touches the next one, nor the mark above or the code below.
    @Test(arguments: StandPaper.allCases, ["គីហ្សូណា កាហ្វេ", "ភោជនីយដ្ឋានស្ត្រីហ្ស៊ូ", "株式会社きずな商店銀座本店東京中央通り一丁目四番地"])
    func linesKeepApart(paper: StandPaper, localName: String) throws {
        var stand = Self.stand(.khqr)
        stand.localName = localName
        stand.amount = Money(minorUnits: 1_250, currency: .usd)
        let setter = try TypeSetter()
        var inks: [(left: Double, right: Double, top: Double, bottom: Double)] = []
        for case .text(let text, let font, _, let point, .middle) in try stand.sheet(on: paper).elements {
            let width = try setter.set(text, font)
            let ink = try setter.ink(text, font)
            inks.append((point.x - width / 2, point.x + width / 2, point.y - ink.above, point.y + ink.below))
        }
        for (index, ink) in inks.enumerated() {
            for other in inks[(index + 1)...] where ink.left < other.right && other.left < ink.right {
                #expect(ink.bottom < other.top || other.bottom < ink.top)
            }
        }
    }

    @Test(
        arguments: [
            ("株式会社きずな商店銀座本店", "株式会社きず|な商店銀座本店"), ("カフェ・スーパーマーケット", "カフェ・スー|パーマーケット"),
            ("SUPER LONG MARKET", "SUPER|LONG MARKET"), ("ភោជនីយដ្ឋាន សុខា", "ភោជនីយដ្ឋាន|សុខា"),
        ]
    )
    func longNamesArePartedWhereALineMayEnd(name: String, parts: String) {
        let halves = StandArtist.halves(of: name)
        #expect(halves.map { $0.first + "|" + $0.second } == parts)
    }

    @Test(arguments: ["WWWWWWWWWWWWW", "ភោជនីយដ្ឋាន", ""])
    func aWordIsNotParted(name: String) { #expect(StandArtist.halves(of: name) == nil) }

    /// Four modules on each side, whatever the symbol's size.
    @Test(arguments: [21, 57, 177], StandPaper.allCases)
    func theQuietZoneStaysFree(width: Int, paper: StandPaper) throws {
        var stand = Self.stand(.jpqr)
        stand.code = CodeSquare(width: width, modules: Array(repeating: true, count: width * width))
        let elements = try stand.sheet(on: paper).elements
        let symbols = elements.indices.filter { if case .code = elements[$0] { true } else { false } }
        #expect(symbols.count == 1)
        for index in symbols {
            guard case .code(_, let symbol, _) = elements[index], case .box(let around, _, _, _) = elements[index - 1]
            else { continue }
            #expect(symbol.x - around.x > 4 * symbol.width / Double(width))
        }
    }

    @Test func namesCannotBreakOutOfTheSVG() throws {
        var stand = Self.stand(.jpqr)
        stand.name = "A & B <script>"
        let svg = try stand.svg(on: .a6)
        #expect(svg.contains("A &amp; B &lt;script&gt;"))
        #expect(!svg.contains("<script>"))
    }

    @Test func saysWhichLettersAreMissing() {
        var stand = Self.stand(.jpqr)
        stand.name = "\u{E123}"
        #expect(throws: PrintError.missingGlyphs(text: "\u{E123}")) { try stand.pdf(on: .a6) }
    }

    private static func stand(_ scheme: Stand.Scheme) -> Stand {
        let modules = (0..<29 * 29).map { $0.isMultiple(of: 3) }
        var stand = Stand(scheme: scheme, code: CodeSquare(width: 29, modules: modules), name: "Sokha Coffee")
        stand.localName = "ហាងកាហ្វេ សុខា"
        stand.city = "Phnom Penh"
        stand.localCity = "ភ្នំពេញ"
        return stand
    }
}
