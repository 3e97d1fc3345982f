import Foundation
import KizunaMoney
import KizunaQR
import Testing

/// Ten thousand drafts written, read and compared; a million with `make roundtrip`.
///
/// A block's number is its seed, and a failure names the case in it.
@Suite struct RoundTripVolumeTests {
    private static let blocks: UInt64 = 20
    private static let casesInBlock =
        ProcessInfo.processInfo.environment["KIZUNA_ROUND_TRIPS"].flatMap { Int($0) }.map { $0 / Int(blocks) } ?? 500

    @Test(arguments: 0..<blocks)
    func whatIsWrittenIsRead(block: UInt64) throws {
        var drafts = RandomDrafts(seed: block)
        for number in 0..<Self.casesInBlock {
            if number % 4 == 0 {
                let draft = try drafts.jpqr()
                let code = try draft.written()
                guard try QRCode.read(code.payload.text, at: nil) == .jpqr(code), JPQRDraft(code) == draft else {
                    Issue.record("case \(number) of block \(block)")
                    return
                }
            } else {
                let draft = try drafts.khqr()
                let code = try draft.written()
                let now = draft.validity?.created
                guard try QRCode.read(code.payload.text, at: now) == .khqr(code), KHQRDraft(code) == draft,
                    code.payload.quirks.isEmpty
                else {
                    Issue.record("case \(number) of block \(block)")
                    return
                }
            }
        }
    }
}
