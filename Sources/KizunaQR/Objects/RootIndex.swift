/// Where each object of the root lies: a fixed table by tag, without a heap.
struct RootIndex: Sendable {
    private var slots: InlineArray<100, Slot> = InlineArray(repeating: .absent)
    /// A bit for each tag that is there.
    private(set) var present: UInt128 = 0
    /// The first tag.
    private(set) var first: UInt8?
    /// The object that stands last.
    private(set) var last: UInt8?
    /// Whether the tags rise from each object to the next, 63 and KHQR's 99 apart.
    private(set) var isSorted = true

    /// The place of a tag from 0 to 99.
    @inline(__always)
    subscript(tag: UInt8) -> Slot { slots[Int(tag)] }

    @inline(__always)
    func contains(_ tag: UInt8) -> Bool { slots[Int(tag)].isPresent }

    /// Takes an object, and says whether its tag is new.
    @inline(__always)
    mutating func take(_ tag: UInt8, _ slot: Slot) -> Bool {
        guard !slots[Int(tag)].isPresent else { return false }
        slots[Int(tag)] = slot
        present |= TagBits.bit(tag)
        if let last { isSorted = isSorted && (last < tag || tag == RootTag.crc) } else { first = tag }
        last = tag
        return true
    }

    /// The tags that are there, within a range, in rising order.
    func tags(in range: ClosedRange<UInt8>) -> TagBits {
        let below = TagBits.bit(range.lowerBound) &- 1
        let through = (TagBits.bit(range.upperBound) &- 1) | TagBits.bit(range.upperBound)
        return TagBits(bits: present & through & ~below)
    }
}

/// A set of tags, walked from the lowest.
struct TagBits: Sequence, IteratorProtocol {
    var bits: UInt128

    /// The bit of a tag from 0 to 99.
    @inline(__always)
    static func bit(_ tag: UInt8) -> UInt128 { 1 &<< UInt128(tag) }

    var isEmpty: Bool { bits == 0 }

    @inline(__always)
    mutating func next() -> UInt8? {
        guard bits != 0 else { return nil }
        let tag = UInt8(bits.trailingZeroBitCount)
        bits &= bits - 1
        return tag
    }
}
