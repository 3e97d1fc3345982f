import KizunaMoney
package import KizunaQR

/// Drafts over everything that can be written: all fields, three scripts, every currency, and lengths at their limits
/// as often as between them.
package struct RandomDrafts {
    private var random: SplitMix

    package init(seed: UInt64) { random = SplitMix(seed: seed) }

    private static let digits = scalars([0x30...0x39])
    private static let ascii = scalars([0x20...0x7E])
    /// Only what is composed already: what is written is in NFC.
    private static let latin = ascii + scalars([0xC0...0xD6, 0xD8...0xF6, 0xF8...0x148, 0x14A...0x17E])
    private static let khmer = scalars([0x1780...0x17B3, 0x17B6...0x17D2, 0x17E0...0x17E9]) + [" "]
    private static let japanese = scalars([0x3041...0x3096, 0x30A1...0x30FC, 0x4E00...0x9FA5, 0xFF10...0xFF5A])
    private static let visible = scalars([0x21...0x3F, 0x41...0x7E])
    private static let scripts = [khmer, japanese, latin]

    /// The most characters in a template, and what each of its fields costs beside its value.
    private static let templateRoom = 99
    private static let headerLength = 4

    /// One of both countries' codes.
    package mutating func draft() throws -> RandomDraft {
        random.next() & 3 == 0 ? .jpqr(try jpqr()) : .khqr(try khqr())
    }

    package mutating func khqr() throws -> KHQRDraft {
        var room = Self.templateRoom
        let name = text(1...20, Self.visible)
        let account = name + "@" + text(1...(31 - name.unicodeScalars.count), Self.visible)
        room -= Self.headerLength + account.unicodeScalars.count
        guard let account = BakongAccount(account) else { throw Impossible() }
        var draft = KHQRDraft(account: account, holder: holder(room: room), name: text(1...25, Self.ascii))
        draft.city = text(1...15, Self.ascii)
        draft.category = text(4...4, Self.digits)
        draft.price = khqrPrice()
        if draft.price.currency == .khr, flip() { draft.unionPayAccount = text(1...99, Self.ascii) }
        draft.additional = additional()
        if flip() {
            draft.local = .init(language: text(2...2, Self.ascii), name: local(25), city: flip() ? local(15) : nil)
        }
        if draft.price.amount != nil { draft.validity = validity() }
        return draft
    }

    package mutating func jpqr() throws -> JPQRDraft {
        let letters = Self.digits + Array("AZaz".unicodeScalars)
        guard
            let store = StoreIdentifier(
                level1: text(13...13, letters),
                level2: text(4...4, letters),
                level3: text(6...6, letters),
                level4: text(6...6, letters)
            )
        else { throw Impossible() }
        var draft = JPQRDraft(
            store: store,
            name: text(1...25, Self.latin),
            city: text(1...15, Self.latin),
            postalCode: text(7...7, Self.digits),
            localName: local(25)
        )
        draft.category = text(4...4, Self.digits)
        draft.additional = additional()
        if flip() { draft.amount = Money(minorUnits: number(upTo: 9_999_999_999_999), currency: .jpy) }
        return draft
    }

    /// A draft that its own rules do not allow: a fault of this file.
    struct Impossible: Error {}

    /// A person or a merchant, whose texts share the room that the account leaves in its template.
    private mutating func holder(room: Int) -> KHQR.Holder {
        let first = text(1...min(32, room - 2 * Self.headerLength - 1), Self.ascii)
        let left = room - Self.headerLength - first.unicodeScalars.count
        let bank = text(1...min(32, left - Self.headerLength), Self.ascii)
        if flip() { return .merchant(id: first, bank: bank) }
        return .individual(information: flip() ? first : nil, bank: flip() ? bank : nil)
    }

    private mutating func khqrPrice() -> QRPrice {
        let currency: Currency = flip() ? .khr : .usd
        guard flip() else { return .payerTypes(currency) }
        // Thirteen characters: whole riel and dollars, or ten digits and two decimals.
        let units =
            currency == .khr || flip() ? number(upTo: 9_999_999_999_999) * 100 : number(upTo: 999_999_999_999)
        return .fixed(Money(minorUnits: units, currency: currency))
    }

    private mutating func validity() -> KHQRDraft.Validity {
        let created =
            flip() ? 1_000_000_000_000 : Int64.random(in: 1_700_000_000_000...1_800_000_000_000, using: &random)
        let expires = flip() ? 9_999_999_999_999 : created + number(upTo: 600_000)
        return .init(created: Timestamp(milliseconds: created), expires: Timestamp(milliseconds: expires))
    }

    /// Some of the fields of 62, as many as its 99 characters hold.
    private mutating func additional() -> [AdditionalField: String] {
        var fields: [AdditionalField: String] = [:]
        var room = Self.templateRoom
        for field in AdditionalField.allCases where flip() && room > Self.headerLength {
            let longest = min(field == .consumerDataRequest ? 3 : 25, room - Self.headerLength)
            let text = local(longest)
            room -= Self.headerLength + text.unicodeScalars.count
            fields[field] = text
        }
        return fields
    }

    /// Text of one of the scripts, at a limit half of the time.
    private mutating func local(_ longest: Int) -> String {
        text(1...longest, Self.scripts[Int(random.next() % 3)])
    }

    private mutating func text(_ lengths: ClosedRange<Int>, _ scalars: [Unicode.Scalar]) -> String {
        let length =
            switch random.next() & 3 {
            case 0: lengths.lowerBound
            case 1: lengths.upperBound
            default: Int.random(in: lengths, using: &random)
            }
        var view = String.UnicodeScalarView()
        for _ in 0..<length { view.append(scalars[Int(random.next() % UInt64(scalars.count))]) }
        return String(view)
    }

    /// A number from 1 on, at the limit a quarter of the time.
    private mutating func number(upTo limit: Int64) -> Int64 {
        random.next() & 3 == 0 ? limit : Int64.random(in: 1...limit, using: &random)
    }

    private mutating func flip() -> Bool { random.next() & 1 == 0 }

    private static func scalars(_ ranges: [ClosedRange<UInt16>]) -> [Unicode.Scalar] {
        ranges.flatMap { $0.compactMap(Unicode.Scalar.init) }
    }
}
