import Foundation
import KizunaQR
import KizunaQRImage
import RandomCodes
import Testing

/// A draft to payment code to picture, and all the way back. A failure names the seed of its draft.
///
/// `KIZUNA_ROUND_TRIPS` asks for another number of drafts and `KIZUNA_ROUND_TRIP_FIRST` for another first seed:
/// `make roundtrip` does a million, and goes on where it is told to.
@Suite struct RoundTripTests {
    private static let first = number("KIZUNA_ROUND_TRIP_FIRST") ?? 0
    private static let cases = number("KIZUNA_ROUND_TRIPS") ?? 10_000
    private static let casesInBlock: UInt64 = 500
    /// One in so many goes through a PNG file as well, which takes a process of its own to read.
    private static let casesForEachFile: UInt64 = 20
    private static let progress = RoundTripProgress(first: first, past: first + cases)

    @Test(arguments: stride(from: first, to: first + cases, by: UInt64.Stride(casesInBlock)).map { $0 })
    func whatWasDrawnIsRead(from seed: UInt64) throws {
        let block = seed..<min(seed + Self.casesInBlock, Self.first + Self.cases)
        for seed in block { try roundTrip(seed) }
        Self.progress.finish(block)
    }

    private func roundTrip(_ seed: UInt64) throws {
        var drafts = RandomDrafts(seed: seed)
        let draft = try drafts.draft()
        let payload = try #require(draft.written().merchantPayload)
        let symbol = try QRSymbol(payload.text, correction: ErrorCorrection.allCases[Int(seed % 4)])
        let picture = QRPicture(symbol, modulePixels: 2 + Int(seed % 3))
        try compare(PictureReader().codes(in: picture), with: draft, seed)
        if seed % Self.casesForEachFile == 0 {
            try compare(PictureReader().codes(in: picture.png()), with: draft, seed)
        }
    }

    private func compare(_ found: [FoundCode], with draft: RandomDraft, _ seed: UInt64) throws {
        guard found.count == 1 else {
            Issue.record("seed \(seed): \(found.count) codes were seen")
            return
        }
        let read = try QRCode.read(utf8: found[0].utf8, at: draft.moment)
        guard RandomDraft(read) == draft else {
            Issue.record("seed \(seed): read otherwise than written")
            return
        }
    }

    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }
}
