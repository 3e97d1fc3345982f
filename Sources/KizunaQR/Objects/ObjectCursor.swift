/// Walks a row of data objects: two digits of tag, two digits of length, then the value (EMVCo MPM 3.2, 4.4).
///
/// Lengths count Unicode scalars. The bytes must be valid UTF-8, at most 1,024 of them.
struct ObjectCursor {
    /// What stands at the cursor.
    enum Step {
        case object(tag: UInt8, Slot)
        case end
        case malformed(QRFinding.Malformation, at: Int)
        case overrun(tag: UInt8, declared: Int, available: Int, at: Int)
    }

    private var offset: Int
    private let end: Int
    private let isASCII: Bool

    /// - Parameter isASCII: whether all bytes are ASCII, so that a scalar is a byte.
    @inline(__always)
    init(from start: Int, to end: Int, isASCII: Bool) {
        self.offset = start
        self.end = end
        self.isASCII = isASCII
    }

    /// The whole of a template's value.
    @inline(__always)
    init(inside slot: Slot, isASCII: Bool) { self.init(from: slot.start, to: slot.end, isASCII: isASCII) }

    @inline(__always)
    mutating func next(_ bytes: Span<UInt8>) -> Step {
        guard offset < end else { return .end }
        guard offset + 4 <= end else { return .malformed(.leftOver, at: offset) }
        precondition(end <= bytes.count, "The row lies inside the payload")
        // Inside the bytes by the two lines above.
        let header = unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self)
            .littleEndian
        guard areDigits(header) else { return .malformed(.tagOrLengthNotDigits, at: offset) }
        let tag = UInt8(truncatingIfNeeded: (header & 0xF) * 10 + (header >> 8 & 0xF))
        let length = Int(truncatingIfNeeded: (header >> 16 & 0xF) * 10 + (header >> 24 & 0xF))
        let start = offset + 4
        guard let valueEnd = isASCII ? start + length : skip(length, from: start, bytes), valueEnd <= end else {
            return .overrun(tag: tag, declared: length, available: scalars(from: start, bytes), at: offset)
        }
        offset = valueEnd
        return .object(tag: tag, Slot(start: start, byteCount: valueEnd - start, scalarCount: length))
    }

    /// The offset behind a number of scalars, or nil when there are not so many.
    private func skip(_ count: Int, from start: Int, _ bytes: Span<UInt8>) -> Int? {
        var offset = start
        var left = count
        while left > 0 {
            if left >= 8, offset + 8 <= end {
                // Inside the bytes by the condition above and the precondition of the caller.
                let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
                if word & 0x8080_8080_8080_8080 == 0 {
                    offset += 8
                    left -= 8
                    continue
                }
            }
            guard offset < end else { return nil }
            offset += scalarLength(bytes[offset])
            left -= 1
        }
        return offset
    }

    /// How many bytes a scalar takes, by its first.
    private func scalarLength(_ lead: UInt8) -> Int {
        switch lead {
        case 0xF0...: 4
        case 0xE0...: 3
        case 0xC0...: 2
        default: 1
        }
    }

    @inline(never)
    private func scalars(from start: Int, _ bytes: Span<UInt8>) -> Int {
        var count = 0
        for index in start..<max(start, end) where !isContinuation(bytes[index]) { count += 1 }
        return count
    }
}

/// Whether all four bytes are ASCII digits: no sign, no blank, no full-width digit.
@inline(__always)
private func areDigits(_ word: UInt32) -> Bool {
    (word & 0xF0F0_F0F0) | ((word & 0x0F0F_0F0F &+ 0x0606_0606) & 0xF0F0_F0F0) >> 4 == 0x3030_3030
}
