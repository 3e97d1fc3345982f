/// The checksum of tag 63: CRC-16 with polynomial 1021 hex, initial value FFFF, no reflection and no final XOR, known as
/// CRC-16/CCITT-FALSE (EMVCo MPM 4.7.3; ISO/IEC 13239).
public enum CRC16 {
    /// The checksum of some bytes: for a payload, everything before the four digits, `6304` included.
    public static func checksum(of bytes: Span<UInt8>) -> UInt16 { checksum(of: bytes, count: bytes.count) }

    /// The four digits of tag 63: capitals, leading zeros kept.
    public static func text(_ checksum: UInt16) -> String {
        let digits = String(checksum, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }

    /// The checksum of the first `count` bytes, sixteen of them a step.
    static func checksum(of bytes: Span<UInt8>, count: Int) -> UInt16 {
        precondition(0...bytes.count ~= count, "The checksum ends inside the bytes")
        let tables = tables
        let raw = bytes.bytes
        var checksum: UInt16 = 0xFFFF
        var offset = 0
        while offset + 16 <= count {
            // Inside the bytes by the loop's condition and the precondition above.
            let first = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self).littleEndian
            let second = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset + 8, as: UInt64.self)
                .littleEndian
            let far = unsafe folded(first ^ UInt64(checksum.byteSwapped), tables + 8 * 256)
            checksum = unsafe far ^ folded(second, tables)
            offset += 16
        }
        if offset + 8 <= count {
            let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self).littleEndian
            checksum = unsafe folded(word ^ UInt64(checksum.byteSwapped), tables)
            offset += 8
        }
        while offset < count {
            let index = Int(UInt8(truncatingIfNeeded: checksum >> 8) ^ bytes[offset])
            checksum = unsafe (checksum << 8) ^ tables[index]
            offset += 1
        }
        return checksum
    }

    /// Eight bytes at once: each is looked up in the table for its distance from the last of them, which `tables` begins
    /// with.
    @inline(__always)
    private static func folded(_ word: UInt64, _ tables: UnsafePointer<UInt16>) -> UInt16 {
        @inline(__always) func entry(_ byte: Int) -> UInt16 {
            unsafe tables[(7 - byte) << 8 | Int(UInt8(truncatingIfNeeded: word >> UInt64(byte * 8)))]
        }
        let first = entry(0) ^ entry(1) ^ entry(2) ^ entry(3)
        return first ^ entry(4) ^ entry(5) ^ entry(6) ^ entry(7)
    }

    /// Sixteen tables of 256 entries: table `n` holds the checksum of a byte with `n` zero bytes behind it.
    ///
    /// Written once, before anyone can read it, and kept for the life of the process.
    nonisolated(unsafe) private static let tables: UnsafePointer<UInt16> = {
        let tables = UnsafeMutablePointer<UInt16>.allocate(capacity: 16 * 256)
        for byte in 0..<256 {
            var checksum = UInt16(byte) << 8
            for _ in 0..<8 { checksum = (checksum << 1) ^ (checksum & 0x8000 == 0 ? 0 : 0x1021) }
            unsafe tables[byte] = checksum
        }
        for index in 256..<(16 * 256) {
            let before = unsafe tables[index - 256]
            unsafe tables[index] = (before << 8) ^ tables[Int(before >> 8)]
        }
        return unsafe UnsafePointer(tables)
    }()
}
