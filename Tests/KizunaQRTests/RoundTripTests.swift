import KizunaMoney
import KizunaQR
import Testing

/// Random drafts and random damage; the seed in the test's name replays a failure.
@Suite struct RoundTripTests {
    @Test(arguments: 0..<200 as Range<UInt64>)
    func whatWasWrittenIsRead(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let draft = try draft(using: &random)
        let code = try draft.written()
        let read = try QRCode.read(code.payload.text, at: draft.validity?.created)
        #expect(read == .khqr(code))
        #expect(KHQRDraft(code) == draft)
        #expect(code.payload.quirks.isEmpty)
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func whatWasWrittenInJapanIsRead(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let store = try #require(
            StoreIdentifier(
                level1: text(13, Self.digits, &random),
                level2: text(4, Self.digits, &random),
                level3: text(6, Self.digits, &random),
                level4: text(6, Self.digits, &random)
            )
        )
        var draft = JPQRDraft(
            store: store,
            name: text(1...25, Self.latin, &random),
            city: text(1...15, Self.ascii, &random),
            postalCode: text(7, Self.digits, &random),
            localName: text(1...25, Self.japanese, &random)
        )
        if Bool.random(using: &random) {
            draft.amount = Money(minorUnits: .random(in: 1...9_999_999, using: &random), currency: .jpy)
        }
        draft.additional[.billNumber] = text(1...25, Self.japanese, &random)
        let code = try draft.written()
        #expect(try QRCode.read(code.payload.text, at: nil) == .jpqr(code))
        #expect(JPQRDraft(code) == draft)
    }

    /// CRC-16 finds every change of a single byte.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func oneChangedByteIsNoticed(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let bytes = try draft(using: &random).written().payload.utf8
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

    private static let digits = Array("0123456789".unicodeScalars)
    private static let ascii = (0x20...0x7E).compactMap { Unicode.Scalar(UInt8($0)) }
    private static let latin = ascii + Array("ÀÉîöūžÅßøŁ".unicodeScalars)
    private static let khmer = (0x1780...0x17D1).compactMap { Unicode.Scalar(UInt16($0)) }
    private static let japanese = Array("きずな商店カフェ・東京ガ゙ー銀座".unicodeScalars).filter { $0.value != 0x3099 }

    private func text(_ lengths: ClosedRange<Int>, _ scalars: [Unicode.Scalar], _ random: inout SplitMix) -> String {
        text(Int.random(in: lengths, using: &random), scalars, &random)
    }

    private func text(_ length: Int, _ scalars: [Unicode.Scalar], _ random: inout SplitMix) -> String {
        var view = String.UnicodeScalarView()
        for _ in 0..<length { view.append(scalars[Int.random(in: scalars.indices, using: &random)]) }
        return String(view)
    }

    private func draft(using random: inout SplitMix) throws -> KHQRDraft {
        let name = text(1...20, Self.digits, &random)
        let account = try #require(BakongAccount("u\(name)@bank"))
        let isMerchant = Bool.random(using: &random)
        let holder: KHQR.Holder =
            isMerchant
            ? .merchant(id: text(1...20, Self.ascii, &random), bank: text(1...20, Self.ascii, &random))
            : .individual(information: Bool.random(using: &random) ? text(1...32, Self.ascii, &random) : nil, bank: nil)
        var draft = KHQRDraft(account: account, holder: holder, name: text(1...25, Self.ascii, &random))
        draft.city = text(1...15, Self.ascii, &random)
        draft.category = text(4, Self.digits, &random)
        let scripts = [Self.khmer, Self.japanese, Self.ascii]
        draft.local = KHQRDraft.LocalText(
            language: "km",
            name: text(1...25, scripts[Int(random.next() % 3)], &random),
            city: Bool.random(using: &random) ? text(1...15, scripts[Int(random.next() % 3)], &random) : nil
        )
        draft.additional[.billNumber] = text(1...25, scripts[Int(random.next() % 3)], &random)
        draft.additional[.terminalLabel] = text(1...25, Self.ascii, &random)
        if Bool.random(using: &random) {
            let currency: Currency = Bool.random(using: &random) ? .khr : .usd
            let steps = Int64.random(in: 1...9_999_999, using: &random)
            draft.price = .fixed(Money(minorUnits: steps * currency.customerUnitMinorUnits, currency: currency))
            let created = Int64.random(in: 1_700_000_000_000...1_800_000_000_000, using: &random)
            draft.validity = KHQRDraft.Validity(
                created: Timestamp(milliseconds: created),
                expires: Timestamp(milliseconds: created + 600_000)
            )
        }
        return draft
    }
}

/// A small generator whose whole state is its seed (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
