import Foundation
import KizunaQR
import KizunaQRImage
import Testing

/// Payment code to picture and back. A failure names the seed of its code.
///
/// `KIZUNA_ROUND_TRIPS` asks for another number of codes, `KIZUNA_ROUND_TRIP_SEED` for others: `make roundtrip` does a
/// million.
@Suite struct RoundTripTests {
    private static let blocks: UInt64 = 20
    private static let cases = number("KIZUNA_ROUND_TRIPS") ?? 10_000
    private static let firstSeed = number("KIZUNA_ROUND_TRIP_SEED") ?? 0

    /// Text to modules and back, without a file between.
    @Test(arguments: 0..<blocks)
    func whatWasDrawnIsRead(block: UInt64) throws {
        for seed in seeds(block, of: Self.cases) { try roundTrip(seed) { try PictureReader().codes(in: $0) } }
    }

    /// The same through PNG files.
    @Test(arguments: 0..<blocks)
    func whatWasSavedIsRead(block: UInt64) throws {
        for seed in seeds(block, of: Self.cases / 20) {
            try roundTrip(seed) { try PictureReader().codes(in: $0.png()) }
        }
    }

    private func roundTrip(_ seed: UInt64, _ read: (QRPicture) throws -> [FoundCode]) throws {
        var generator = PayloadGenerator(seed: seed)
        let payload = try generator.code()
        let correction = ErrorCorrection.allCases[Int(seed % 4)]
        let symbol = try QRSymbol(payload.text, correction: correction)
        let found = try read(QRPicture(symbol, modulePixels: 2 + Int(seed % 3)))
        guard found.map(\.utf8) == [payload.utf8] else {
            Issue.record("seed \(seed): \(found.count) codes, and not the one that was written")
            return
        }
        let code = try QRCode.read(utf8: found[0].utf8, at: nil)
        #expect(code.scheme == payload.scheme, "seed \(seed)")
    }

    private func seeds(_ block: UInt64, of cases: UInt64) -> StrideTo<UInt64> {
        stride(from: Self.firstSeed + block, to: Self.firstSeed + cases, by: UInt64.Stride(Self.blocks))
    }

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }
}
