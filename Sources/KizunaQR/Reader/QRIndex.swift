public import KizunaMoney

/// What the reader found out about a merchant-presented payload: its scheme, and where each field lies.
///
/// A value of fixed size without a heap. It holds places, not text: ask it for a field together with the same bytes.
public struct QRIndex: Sendable {
    /// The scheme whose rules the payload keeps.
    public internal(set) var scheme = QRScheme.emvcoOther
    /// Whose code it is, when it is neither a KHQR nor a JPQR.
    public internal(set) var network: Network?
    /// The currency of tag 53; nil when it is none that ISO 4217 gives a minor unit.
    public internal(set) var currency: Currency?
    /// The amount of tag 54 in minor units of the currency; nil when the payer types it, or when the code is of another
    /// scheme and its amount is no whole number of minor units.
    public internal(set) var amountMinorUnits: Int64?
    /// Whether the code is for one payment: tag 01 is 12, or tag 01 is missing and there is an amount.
    public internal(set) var isDynamic = false
    /// When a KHQR was made (99.00).
    public internal(set) var created: Timestamp?
    /// Until when a KHQR can be paid (99.01).
    public internal(set) var expires: Timestamp?
    /// The code of ``KHQRStrictError`` with which strict verification ends; 0 when it passes.
    var strictErrorCode: UInt8 = 0

    var root = RootIndex()
    var isASCII = true
    /// The template that names the payee: 29 or 30 in a KHQR, JPQR's own in a JPQR, 0 in other codes.
    var accountTag: UInt8 = 0
    var account = TemplateIndex()
    /// The inside of 62, empty when 62 is no template.
    var additional = TemplateIndex()
    var language = TemplateIndex()
    /// Whether 99 holds a KHQR's timestamps, not something of a bank's own.
    var hasTimestamps = false

    /// Why strict KHQR verification as of the clock given would fail; nil when it passes, or for other schemes.
    public var strictError: KHQRStrictError? { KHQRStrictError(rawValue: Int(strictErrorCode)) }

    /// Whether a tag, 0 to 99, stands in the root.
    public func contains(_ tag: Int) -> Bool { 0...99 ~= tag && root.contains(UInt8(tag)) }

    /// The byte range of a root object's value, or nil when the tag, 0 to 99, is not there.
    public func range(of tag: Int) -> Range<Int>? {
        guard contains(tag) else { return nil }
        let slot = root[UInt8(tag)]
        return slot.start..<slot.end
    }
}
