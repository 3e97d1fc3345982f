/// What the account templates (26 to 51) say about whose code it is.
struct AccountTemplates {
    /// JPQR's identifier in 00: `jp.or.paymentsjapan`.
    private(set) var jpqr: (tag: UInt8, template: TemplateIndex)?
    private(set) var hasSecondJPQR = false
    /// The templates in 29 and 30, whatever they hold.
    private(set) var individual = TemplateIndex()
    private(set) var merchant = TemplateIndex()
    /// Whether 29.00 and 30.00 look like Bakong accounts.
    private(set) var individualIsBakong = false
    private(set) var merchantIsBakong = false
    /// Whether a Bakong account stands where KHQR does not look for it.
    private(set) var hasStrayBakong = false
    /// The first template whose inside is no row of data objects, and the first with a repeated sub-tag.
    private(set) var malformed: TagBits = TagBits(bits: 0)
    private(set) var duplicate: (tag: UInt8, sub: UInt8, offset: Int)?

    /// The length of `jp.or.paymentsjapan`.
    private static let jpqrIdentifierLength = 19

    init(root: RootIndex, in bytes: Span<UInt8>, isASCII: Bool) {
        for tag in root.tags(in: RootTag.accountTemplates) {
            let template = TemplateIndex(root[tag], in: bytes, isASCII: isASCII)
            if !template.isWellFormed { malformed.bits |= 1 << UInt128(tag) }
            if let found = template.duplicate, duplicate == nil { duplicate = (tag, found.tag, found.offset) }
            take(template, tag, bytes)
        }
    }

    private mutating func take(_ template: TemplateIndex, _ tag: UInt8, _ bytes: Span<UInt8>) {
        let identifier = template[0]
        if identifier.byteCount == Self.jpqrIdentifierLength,
            Ascii.equals("jp.or.paymentsjapan", identifier, in: bytes)
        {
            if jpqr == nil { jpqr = (tag, template) } else { hasSecondJPQR = true }
        }
        let isBakong = hasAt(identifier, in: bytes)
        switch tag {
        case RootTag.bakongIndividual:
            individual = template
            individualIsBakong = isBakong
        case RootTag.bakongMerchant:
            merchant = template
            merchantIsBakong = isBakong
        default:
            if isBakong { hasStrayBakong = true }
        }
    }

    private func hasAt(_ slot: Slot, in bytes: Span<UInt8>) -> Bool {
        guard slot.isPresent else { return false }
        for index in slot.start..<slot.end where bytes[index] == UInt8(ascii: "@") { return true }
        return false
    }
}
