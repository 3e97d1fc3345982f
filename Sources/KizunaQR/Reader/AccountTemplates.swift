/// What the account templates (26 to 51) say about whose code it is.
struct AccountTemplates {
    /// The first template with JPQR's identifier in 00, `jp.or.paymentsjapan`; 0 when there is none.
    private(set) var jpqrTag: UInt8 = 0
    private(set) var hasSecondJPQR = false
    /// Whether 29.00 and 30.00 look like Bakong accounts.
    private(set) var individualIsBakong = false
    private(set) var merchantIsBakong = false
    /// Whether a Bakong account stands where KHQR does not look for it.
    private(set) var hasStrayBakong = false
    /// The templates whose inside is no row of data objects, and the first with a repeated sub-tag.
    private(set) var malformed = TagBits(bits: 0)
    private(set) var duplicate: (tag: UInt8, sub: UInt8, offset: Int)?

    /// The length of `jp.or.paymentsjapan`.
    private static let jpqrIdentifierLength = 19

    init(root: RootIndex, in bytes: Span<UInt8>, isASCII: Bool) {
        for tag in root.tags(in: RootTag.accountTemplates) {
            let template = TemplateIndex(root[tag], in: bytes, isASCII: isASCII)
            if !template.isWellFormed { malformed.bits |= TagBits.bit(tag) }
            if let found = template.duplicate, duplicate == nil { duplicate = (tag, found.tag, found.offset) }
            take(template[0], tag, bytes)
        }
    }

    private mutating func take(_ identifier: Slot, _ tag: UInt8, _ bytes: Span<UInt8>) {
        if identifier.byteCount == Self.jpqrIdentifierLength,
            Ascii.equals("jp.or.paymentsjapan", identifier, in: bytes)
        {
            if jpqrTag == 0 { jpqrTag = tag } else { hasSecondJPQR = true }
        }
        let isBakong = hasAt(identifier, in: bytes)
        switch tag {
        case RootTag.bakongIndividual: individualIsBakong = isBakong
        case RootTag.bakongMerchant: merchantIsBakong = isBakong
        default: hasStrayBakong = hasStrayBakong || isBakong
        }
    }

    private func hasAt(_ slot: Slot, in bytes: Span<UInt8>) -> Bool {
        guard slot.isPresent else { return false }
        for index in slot.start..<slot.end where bytes[index] == UInt8(ascii: "@") { return true }
        return false
    }
}
