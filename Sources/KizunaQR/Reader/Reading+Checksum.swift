extension Reading {
    /// Checks tag 63: there, four hexadecimal digits, last, and right (EMVCo MPM 4.7.3).
    ///
    /// - Parameter isRow: whether the root could be walked to its end. If not, the last eight characters decide, for a
    ///   text damaged on its way shows it by its checksum first.
    mutating func checkChecksum(_ bytes: Span<UInt8>, isRow: Bool) {
        guard isRow else {
            guard LooksLike.endsInChecksum(bytes) else { return faults.note(.crcMissing, at: bytes.count) }
            return compareChecksum(at: bytes.count - 4, bytes)
        }
        let slot = index.root[RootTag.crc]
        guard slot.isPresent else { return faults.note(.crcMissing, at: bytes.count) }
        guard slot.end == bytes.count else { return faults.note(.crcNotLast, at: slot.header) }
        guard slot.scalarCount == 4 else { return faults.note(.crcLength(found: slot.scalarCount), at: slot.start) }
        guard slot.byteCount == 4 else { return faults.note(.crcNotHex, at: slot.start) }
        compareChecksum(at: slot.start, bytes)
    }

    private mutating func compareChecksum(at offset: Int, _ bytes: Span<UInt8>) {
        guard let stated = hexadecimal(in: bytes, at: offset) else { return faults.note(.crcNotHex, at: offset) }
        let computed = CRC16.checksum(of: bytes, count: offset)
        if stated != computed { faults.noteFirst(.crcMismatch(computed: computed), at: offset) }
    }

    /// Four hexadecimal digits, in either case: published codes use both.
    private func hexadecimal(in bytes: Span<UInt8>, at offset: Int) -> UInt16? {
        var value: UInt16 = 0
        for index in offset..<(offset + 4) {
            guard let digit = hexadecimalDigit(bytes[index]) else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }
}

/// The value of an ASCII hexadecimal digit.
@inline(__always)
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
}
