/// Where the objects inside one template lie.
///
/// Only the sub-tags that the rules ask for have a place: 00 to 09. The others are checked for form and repeats.
struct TemplateIndex: Sendable {
    private var slots: InlineArray<10, Slot> = InlineArray(repeating: .absent)
    private(set) var present: UInt128 = 0
    /// The first sub-tag that stands twice, and the offset of its repeat; 0 when none does.
    private var duplicateTag: UInt8 = 0
    private var duplicateOffset: UInt16 = 0
    /// Whether the value is a row of data objects from end to end.
    private(set) var isWellFormed = true

    init() {}

    init(_ slot: Slot, in bytes: Span<UInt8>, isASCII: Bool) {
        var cursor = ObjectCursor(inside: slot, isASCII: isASCII)
        while true {
            switch cursor.next(bytes) {
            case .object(let tag, let slot): take(tag, slot)
            case .end: return
            case .malformed, .overrun:
                isWellFormed = false
                return
            }
        }
    }

    /// The first sub-tag that stands twice, and where it does so.
    var duplicate: (tag: UInt8, offset: Int)? {
        duplicateOffset == 0 ? nil : (tag: duplicateTag, offset: Int(duplicateOffset))
    }

    /// The place of a sub-tag from 0 to 9.
    @inline(__always)
    subscript(sub: UInt8) -> Slot { slots[Int(sub)] }

    /// Whether it holds no sub-tag but those of a set, given as bits.
    func holdsOnly(_ tags: UInt128) -> Bool { present & ~tags == 0 }

    @inline(__always)
    private mutating func take(_ tag: UInt8, _ slot: Slot) {
        let bit = TagBits.bit(tag)
        guard present & bit == 0 else {
            if duplicateOffset == 0 { (duplicateTag, duplicateOffset) = (tag, UInt16(slot.header)) }
            return
        }
        present |= bit
        if tag < 10 { slots[Int(tag)] = slot }
    }
}
