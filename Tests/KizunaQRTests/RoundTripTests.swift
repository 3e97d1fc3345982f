import KizunaQR
import RandomCodes
import Testing

/// Random drafts and random damage; a failure names the seed that replays it.
@Suite struct RoundTripTests {
    /// One draft a seed.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func whatIsWrittenIsRead(block: UInt64) throws {
        for seed in block * 500..<(block + 1) * 500 {
            var drafts = RandomDrafts(seed: seed)
            let draft = try drafts.draft()
            let code = try draft.written()
            let payload = try #require(code.merchantPayload)
            #expect(payload.quirks.isEmpty, "seed \(seed)")
            let read = try QRCode.read(payload.text, at: draft.moment)
            guard read == code, RandomDraft(read) == draft else {
                Issue.record("seed \(seed): read otherwise than written")
                return
            }
        }
    }

    /// CRC-16 finds every change of a single byte.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func oneChangedByteIsNoticed(seed: UInt64) throws {
        var drafts = RandomDrafts(seed: seed)
        let bytes = try drafts.khqr().written().payload.utf8
        var random = SplitMix(seed: seed)
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= UInt8.random(in: 1...255, using: &random)
            // A digit of the checksum may turn from a capital into a small letter, which is no change.
            if index >= bytes.count - 4, damaged[index] == bytes[index] | 0x20 { continue }
            #expect(throws: QRFault.self) { try QRCode.read(utf8: damaged, at: nil) }
        }
    }

    /// Nothing traps, whatever comes in; a fault explains itself, and explanations hold every field.
    @Test(arguments: 0..<300 as Range<UInt64>)
    func damageIsSurvived(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let vectors = Vector.rows(seed % 2 == 0 ? "qr-valid" : "qr-invalid")
        var bytes = Array(vectors[Int.random(in: vectors.indices, using: &random)].payload.utf8)
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let index = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
            case 1 where index < bytes.count: bytes.remove(at: index)
            case 2 where index < bytes.count: bytes[index] = UInt8.random(in: 0x30...0x39, using: &random)
            default: bytes.removeSubrange(index..<min(index + 5, bytes.count))
            }
        }
        let explanation = QRExplanation(utf8: bytes, at: nil)
        do {
            let code = try QRCode.read(utf8: bytes, at: nil)
            #expect(explanation.fault == nil)
            #expect(code.facts.facts.isEmpty == false)
        } catch {
            #expect(explanation.fault == error)
            #expect(error.message.hasSuffix("."))
        }
    }
}
