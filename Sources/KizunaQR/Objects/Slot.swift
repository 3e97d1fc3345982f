/// Where the value of one data object lies in the payload: 27 bits.
///
/// No value starts at 0, for a tag and a length stand before it; so a slot of nothing but zeros is an absent object.
struct Slot: Sendable, Hashable {
    private let bits: UInt32

    static let absent = Slot(bits: 0)

    private init(bits: UInt32) { self.bits = bits }

    /// - Parameters:
    ///   - start: the byte offset of the value, at most 2,047.
    ///   - byteCount: its length in bytes, at most 511.
    ///   - scalarCount: its length in Unicode scalars, at most 99.
    @inline(__always)
    init(start: Int, byteCount: Int, scalarCount: Int) {
        bits =
            UInt32(truncatingIfNeeded: start) << 16 | UInt32(truncatingIfNeeded: byteCount) << 7
            | UInt32(truncatingIfNeeded: scalarCount)
    }

    var isPresent: Bool { bits != 0 }
    /// The byte offset of the value.
    var start: Int { Int(bits >> 16) }
    /// The byte offset of the object: its tag's first digit.
    var header: Int { start - 4 }
    var byteCount: Int { Int(bits >> 7 & 0x1FF) }
    var scalarCount: Int { Int(bits & 0x7F) }
    /// The byte offset behind the value.
    var end: Int { start + byteCount }
}
