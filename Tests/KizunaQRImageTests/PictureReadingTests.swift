import KizunaQRImage
import Testing

@Suite struct PictureReadingTests {
    @Test(
        arguments: [
            "grey.jpg", "colour.jpg", "progressive.jpg", "tilted.jpg", "faded.png", "covered.png", "small.png",
            "inverted.png",
        ]
    )
    func readsPhotographs(name: String) throws {
        #expect(try PictureReader().codes(in: Fixture.bytes(name)).map(\.text) == [Fixture.text])
    }

    @Test func listsEveryCodeOfASheetInReadingOrder() throws {
        let codes = try PictureReader().codes(in: Fixture.bytes("sheet.png"))
        #expect(codes.map(\.text) == ["one", "two", "one", "four", "five", "six"])
        #expect(
            codes[0].corners == [(58, 58), (205, 58), (205, 205), (58, 205)].map { FoundCode.Corner(x: $0, y: $1) }
        )
        // Upside down: its top left corner is the lower right one of the picture.
        #expect(codes[3].corners[0].x > codes[3].corners[1].x)
        #expect(codes[3].corners[0].y > codes[3].corners[3].y)
    }

    /// Every kind of PNG, straight and interlaced.
    @Test(arguments: PNGFile.Colours.allCases, [false, true])
    func readsEveryKindOfPNG(colours: PNGFile.Colours, isInterlaced: Bool) throws {
        for depth in colours.depths {
            let file = try Self.drawing(colours, depth, isInterlaced)
            #expect(try PictureReader().codes(in: file).map(\.text) == [Fixture.text], "\(depth) bits")
        }
    }

    /// Black on nothing, and the nothing black too: only the alpha tells.
    @Test(arguments: [PNGFile.Colours.greyAlpha, .colourAlpha])
    func takesWhatIsTransparentForPaper(colours: PNGFile.Colours) throws {
        let picture = QRPicture(try QRSymbol(Fixture.text), modulePixels: 3)
        let black = [Int](repeating: 0, count: colours.channels - 1)
        var file = PNGFile(width: picture.widthPixels, height: picture.widthPixels, colours: colours)
        file.pixel = { x, y in black + [Self.isDark(picture, x, y) ? 255 : 0] }
        #expect(try PictureReader().codes(in: file.bytes).map(\.text) == [Fixture.text])
    }

    @Test func aPictureWithoutACodeHasNone() throws {
        let grey = PNGFile(width: 300, height: 200) { x, y in [(x * 7 + y * 13) % 256] }
        #expect(try PictureReader().codes(in: grey.bytes) == [])
        let dot = PNGFile(width: 1, height: 1)
        #expect(try PictureReader().codes(in: dot.bytes) == [])
        #expect(try PictureReader().codes(in: JPEGFile(width: 17, height: 9, idlePasses: 1).bytes) == [])
    }

    /// Corners are places in the file's picture, however much smaller it was made for reading.
    @Test func cornersAreThoseOfTheFile() throws {
        let picture = QRPicture(try QRSymbol(Fixture.text), modulePixels: 16)
        var limits = PictureLimits.standard
        limits.keptPixels = picture.widthPixels * picture.widthPixels / 4
        let found = try PictureReader(limits: limits).codes(in: picture.png())
        let corners = try #require(found.first).corners
        let (near, far) = (4 * 16, 4 * 16 + picture.symbol.width * 16)
        for (corner, expected) in zip(corners, [(near, near), (far, near), (far, far), (near, far)]) {
            #expect(abs(corner.x - expected.0) <= 16 && abs(corner.y - expected.1) <= 16)
        }
    }

    private static func drawing(_ colours: PNGFile.Colours, _ depth: Int, _ isInterlaced: Bool) throws -> [UInt8] {
        let picture = QRPicture(try QRSymbol(Fixture.text), modulePixels: 3)
        let most = 1 << depth - 1
        var file = PNGFile(width: picture.widthPixels, height: picture.widthPixels)
        (file.colours, file.depth, file.isInterlaced) = (colours, depth, isInterlaced)
        file.pixel = { x, y in
            let isDark = isDark(picture, x, y)
            return switch colours {
            case .grey: [isDark ? 0 : most]
            case .colour: [isDark ? most / 4 : most, isDark ? 0 : most, isDark ? most / 3 : most]
            // Paper comes first in the palette below.
            case .palette: [isDark ? 1 : 0]
            case .greyAlpha: [isDark ? 0 : most, most]
            case .colourAlpha: [isDark ? 0 : most, isDark ? 0 : most, isDark ? most / 2 : most, most]
            }
        }
        if colours == .palette { file.extra = PNGFile.chunk("PLTE", [250, 240, 220, 60, 10, 20]) }
        return file.bytes
    }

    private static func isDark(_ picture: QRPicture, _ x: Int, _ y: Int) -> Bool {
        let (quiet, size) = (picture.quietModules, picture.modulePixels)
        return picture.symbol.isDark(column: x / size - quiet, row: y / size - quiet)
    }
}
