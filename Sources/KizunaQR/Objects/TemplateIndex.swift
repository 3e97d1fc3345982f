/// Where the objects inside one template lie.
///
/// Only the sub-tags that the rules ask for have a place: 00 to 09. The others are checked for form and repeats.
struct TemplateIndex: Sendable {
    private var slots: InlineArray<10, Slot> = InlineArray(repeating: .absent)
    private(set) var present: UInt128 = 0
    /// The first sub-tag that stands twice.
    private(set) var duplicate: (tag: UInt8, offset: Int)?
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

    /// The place of a sub-tag from 0 to 9.
    @inline(__always)
    subscript(sub: UInt8) -> Slot { slots[Int(sub)] }

    /// Whether it holds no sub-tag but those of a set, given as bits.
    func holdsOnly(_ tags: UInt128) -> Bool { present & ~tags == 0 }

    @inline(__always)
    private mutating func take(_ tag: UInt8, _ slot: Slot) {
        let bit: UInt128 = 1 << UInt128(tag)
        if present & bit != 0 {
            if duplicate == nil { duplicate = (tag: tag, offset: slot.header) }
            return
        }
        present |= bit
        if tag < 10 { slots[Int(tag)] = slot }
    }
}
