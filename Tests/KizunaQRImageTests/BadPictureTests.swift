import KizunaQRImage
import RandomCodes
import Testing

/// What is not a picture, or too much of one: the right error, quickly.
@Suite struct BadPictureTests {
    @Test(
        arguments: [
            ([], .empty), ([0], .notAPicture), (Array("00020101021129".utf8), .notAPicture),
            (Array("BM and so on".utf8), .unsupported), (Array("GIF89a".utf8), .unsupported),
            (Array("%PDF-1.7".utf8), .unsupported), ([0x49, 0x49, 0x2A, 0x00], .unsupported),
            (Array("\0\0\0\u{18}ftypheic".utf8), .unsupported), (PNGFile.signature, .truncated),
            ([0xFF, 0xD8, 0xFF], .truncated), ([0xFF, 0xD8, 0xFF, 0xD9], .damaged),
        ] as [([UInt8], PictureError.Code)]
    )
    func namesWhatItIsNot(file: [UInt8], code: PictureError.Code) { expect(code, file) }

    @Test(
        arguments: [
            ("animated.png", .animated), ("animated.gif", .unsupported), ("animated.webp", .unsupported),
            ("cmyk.jpg", .printColours),
        ] as [(String, PictureError.Code)]
    )
    func refusesWhatNobodyCanDecide(name: String, code: PictureError.Code) throws {
        expect(code, try Fixture.bytes(name))
    }

    /// Wherever the file breaks off.
    @Test(arguments: ["small.png", "sheet.png", "grey.jpg", "progressive.jpg"])
    func seesThatAFileEndsTooEarly(name: String) throws {
        let file = try Fixture.bytes(name)
        let cuts = stride(from: 24, to: file.count - 2, by: max(file.count / 40, 1))
        for cut in cuts { expect(.truncated, Array(file[..<cut])) }
    }

    /// Damage in the middle is found by the checksums of PNG; JPEG has none, and there the code's own correction decides.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func survivesDamage(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for name in ["sheet.png", "grey.jpg", "progressive.jpg", "tilted.jpg"] {
            var file = try Fixture.bytes(name)
            for _ in 0..<4 {
                file[Int.random(in: 4..<file.count, using: &random)] = UInt8(truncatingIfNeeded: random.next())
            }
            guard let codes = try? PictureReader().codes(in: file) else { continue }
            let known = [Fixture.text, "one", "two", "four", "five", "six"]
            #expect(codes.allSatisfy { known.contains($0.text) })
        }
    }

    @Test func aWrongChecksumIsDamage() throws {
        var file = try Fixture.bytes("small.png")
        file[file.count - 20] ^= 0x55
        expect(.damaged, file)
    }

    @Test func theLimitOnBytesIsExact() throws {
        var limits = PictureLimits.standard
        let file = try Fixture.bytes("small.png")
        limits.fileBytes = file.count
        #expect(try PictureReader(limits: limits).codes(in: file).count == 1)
        limits.fileBytes = file.count - 1
        expect(.tooManyBytes, file, limits)
        expect(.tooManyBytes, [UInt8](repeating: 0xFF, count: PictureLimits.standard.fileBytes + 1))
    }

    @Test func theLimitsOnPixelsAreExact() throws {
        var limits = PictureLimits.standard
        let png = try Fixture.bytes("small.png")
        let jpeg = try Fixture.bytes("grey.jpg")
        for (file, side) in [(png, 74), (jpeg, 222)] {
            limits.pixels = side * side
            limits.sidePixels = side
            #expect(try PictureReader(limits: limits).codes(in: file).count == 1)
            limits.pixels = side * side - 1
            expect(.tooManyPixels, file, limits)
            (limits.pixels, limits.sidePixels) = (side * side, side - 1)
            expect(.tooManyPixels, file, limits)
        }
    }

    /// The head alone decides: nothing is unpacked, so nothing needs to be there.
    @Test(arguments: [(7_072, 7_072), (20_001, 1), (1, 20_001), (100_000, 100_000), (0x7FFF_FFFF, 0x7FFF_FFFF)])
    func doesNotUnpackWhatIsTooLarge(width: Int, height: Int) {
        let head = PNGFile(width: width, height: height).head
        expect(.tooManyPixels, PNGFile.file(head: head, packed: PNGFile.zeros(atLeast: 1_000)))
        guard width <= 65_500, height <= 65_500 else { return }
        expect(.tooManyPixels, JPEGFile(width: width, height: height, idlePasses: 0).bytes)
    }

    @Test(arguments: [(0, 5), (5, 0)])
    func aPictureHasASize(width: Int, height: Int) {
        let head = PNGFile(width: width, height: height).head
        expect(.damaged, PNGFile.file(head: head, packed: PNGFile.stored([0])))
    }

    /// 40 black megapixels in 250 kB: allowed, unpacked row by row, and without a code.
    @Test func unpacksAnHonestBomb() throws {
        let head = PNGFile(width: 8_000, height: 5_000).head
        let file = PNGFile.file(head: head, packed: PNGFile.zeros(atLeast: 8_001 * 5_000))
        #expect(file.count < 300_000)
        #expect(try PictureReader().codes(in: file) == [])
    }

    /// 16-bit colour with alpha makes eight times as many bytes of the same pixels; time is what stops it.
    @Test func stopsABombThatTakesTooLong() {
        var large = PNGFile(width: 6_000, height: 6_000, colours: .colourAlpha)
        large.depth = 16
        let file = PNGFile.file(head: large.head, packed: PNGFile.zeros(atLeast: 48_001 * 6_000))
        var limits = PictureLimits.standard
        limits.unpackingSeconds = 0.05
        expect(.tooSlow, file, limits)
    }

    /// A profile or a text that unpacks to 200 MB is never unpacked.
    @Test(arguments: ["iCCP", "zTXt"])
    func skipsPackedChunks(name: String) throws {
        let packed = PNGFile.zeros(atLeast: 200_000_000)
        var file = PNGFile(width: 40, height: 40)
        file.extra = PNGFile.chunk(name, Array("bomb".utf8) + [0, 0] + packed)
        #expect(try PictureReader().codes(in: file.bytes) == [])
    }

    /// A thousand passes over six megapixels, in 30 kB.
    @Test func stopsAJPEGOfEndlessPasses() {
        var limits = PictureLimits.standard
        limits.unpackingSeconds = 0.2
        expect(.tooSlow, JPEGFile(width: 3_000, height: 2_000, idlePasses: 1_000).bytes, limits)
    }

    @Test func stopsAJPEGThatNeedsTooMuchMemory() {
        var limits = PictureLimits.standard
        limits.libraryBytes = 2_000_000
        expect(.outOfMemory, JPEGFile(width: 3_000, height: 2_000, idlePasses: 1).bytes, limits)
    }

    /// Hundreds of corner marks and no code: the library would try all triples of them for days.
    @Test func stopsAPictureThatTakesTooLongToRead() {
        let marks = PNGFile(width: 27 * 40, height: 27 * 40) { x, y in
            let distance = max(abs(x / 3 % 9 - 4), abs(y / 3 % 9 - 4))
            return [distance == 2 || distance == 4 ? 255 : 0]
        }
        var limits = PictureLimits.standard
        limits.readingSeconds = 0.5
        expect(.tooSlow, marks.bytes, limits)
    }

    private func expect(
        _ code: PictureError.Code,
        _ file: [UInt8],
        _ limits: PictureLimits = .standard,
        _ location: SourceLocation = #_sourceLocation
    ) {
        do {
            let codes = try PictureReader(limits: limits).codes(in: file)
            Issue.record("\(codes.count) codes, and no error", sourceLocation: location)
        } catch {
            #expect(error.code == code, "\(error.detail ?? "")", sourceLocation: location)
            #expect(!error.message.isEmpty, sourceLocation: location)
        }
    }
}
