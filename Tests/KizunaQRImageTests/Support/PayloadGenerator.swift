import KizunaMoney
import KizunaQR

/// Payment codes with every field that we write, in every length up to its limit, in three scripts.
struct PayloadGenerator {
    private var random: SplitMix

    init(seed: UInt64) { random = SplitMix(seed: seed) }

    mutating func code() throws -> MerchantPayload {
        chance(2) ? try khqr().written().payload : try jpqr().written().payload
    }

    private mutating func khqr() throws -> KHQRDraft {
        let bank = text(length(1...11), Self.letters)
        let name = text(length(1...(32 - 1 - bank.count)), Self.letters)
        guard let account = BakongAccount("\(name)@\(bank)") else { throw NotAnAccount() }
        let holder: KHQR.Holder =
            chance(2)
            ? .merchant(id: text(length(1...24), Self.ascii), bank: text(length(1...24), Self.ascii))
            : .individual(
                information: chance(2) ? text(length(1...32), Self.letters) : nil,
                bank: chance(2) ? text(length(1...18), Self.ascii) : nil
            )
        var draft = KHQRDraft(account: account, holder: holder, name: text(length(1...25), Self.ascii))
        draft.city = text(length(1...15), Self.ascii)
        draft.category = text(4, Self.digits)
        let currency: Currency = chance(2) ? .khr : .usd
        draft.price = .payerTypes(currency)
        if chance(2) {
            draft.price = .fixed(amount(currency))
            let created = Int64.random(in: 1_000_000_000_000...9_999_999_000_000, using: &random)
            draft.validity = KHQRDraft.Validity(
                created: Timestamp(milliseconds: created),
                expires: Timestamp(milliseconds: .random(in: created + 1...9_999_999_999_999, using: &random))
            )
        }
        if currency == .khr, chance(4) { draft.unionPayAccount = text(length(1...99), Self.letters) }
        if chance(2) {
            draft.local = KHQRDraft.LocalText(
                language: text(2, Self.letters),
                name: text(length(1...25), script()),
                city: chance(2) ? text(length(1...15), script()) : nil
            )
        }
        draft.additional = additional()
        return draft
    }

    private mutating func jpqr() throws -> JPQRDraft {
        let store = StoreIdentifier(
            level1: text(13, Self.letters),
            level2: text(4, Self.letters),
            level3: text(6, Self.digits),
            level4: text(6, Self.digits)
        )
        guard let store else { throw NotAnAccount() }
        var draft = JPQRDraft(
            store: store,
            name: text(length(1...25), Self.latin),
            city: text(length(1...15), Self.latin),
            postalCode: text(7, Self.digits),
            localName: text(length(1...25), script())
        )
        draft.category = text(4, Self.digits)
        if chance(2) { draft.amount = amount(.jpy) }
        draft.additional = additional()
        return draft
    }

    /// Some fields of 62, together within its 99 characters.
    private mutating func additional() -> [AdditionalField: String] {
        var fields: [AdditionalField: String] = [:]
        var room = 99
        for field in AdditionalField.allCases.shuffled(using: &random) where chance(2) {
            guard room > 4, field != .consumerDataRequest else { break }
            let value = text(length(1...min(25, room - 4)), script())
            fields[field] = value
            room -= 4 + value.unicodeScalars.count
        }
        return fields
    }

    /// Up to the 13 characters that the field holds.
    private mutating func amount(_ currency: Currency) -> Money {
        let most: Int64 = currency == .usd ? 999_999_999_999 : 9_999_999_999_999
        let steps = chance(4) ? most : Int64.random(in: 1...most, using: &random)
        return Money(minorUnits: steps * (currency == .usd ? 1 : currency.customerUnitMinorUnits), currency: currency)
    }

    /// A length within a range; its ends more often than by chance.
    private mutating func length(_ range: ClosedRange<Int>) -> Int {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: range.lowerBound
        case 1, 2: range.upperBound
        default: Int.random(in: range, using: &random)
        }
    }

    private mutating func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &random) == 0 }

    private mutating func script() -> [Unicode.Scalar] {
        [Self.khmer, Self.japanese, Self.latin][Int.random(in: 0..<3, using: &random)]
    }

    private mutating func text(_ length: Int, _ scalars: [Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        for _ in 0..<length { view.append(scalars[Int.random(in: scalars.indices, using: &random)]) }
        return String(view)
    }

    private struct NotAnAccount: Error {}

    private static func scalars(_ ranges: [ClosedRange<UInt16>]) -> [Unicode.Scalar] {
        ranges.flatMap { $0.compactMap(Unicode.Scalar.init) }
    }

    private static let digits = scalars([0x30...0x39])
    private static let letters = scalars([0x30...0x39, 0x41...0x5A, 0x61...0x7A])
    private static let ascii = scalars([0x20...0x7E])
    private static let latin = ascii + scalars([0xC0...0xD6, 0xD8...0xF6, 0xF8...0x148, 0x14A...0x17E])
    private static let khmer = scalars([0x1780...0x17B3, 0x17B6...0x17D1, 0x17E0...0x17E9]) + [" "]
    private static let japanese = scalars([0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FA5, 0xFF10...0xFF5A])
}
