/// First impressions of a text, before it is read.
enum LooksLike {
    /// Whether the text begins like a payload (tag 00) or ends like one (6304 and four digits), so that its faults are
    /// worth naming one by one.
    @inline(__always)
    static func dataObjects(_ bytes: Span<UInt8>) -> Bool { beginsInFormat(bytes) || endsInChecksum(bytes) }

    @inline(__always)
    private static func beginsInFormat(_ bytes: Span<UInt8>) -> Bool {
        bytes.count >= 4 && bytes[0] == UInt8(ascii: "0") && bytes[1] == UInt8(ascii: "0")
            && isDigit(bytes[2]) && isDigit(bytes[3])
    }

    /// Whether the last eight characters are `6304` and four hexadecimal digits.
    static func endsInChecksum(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 8, Ascii.matches("6304", in: bytes, at: bytes.count - 8) else { return false }
        for index in (bytes.count - 4)..<bytes.count where hexadecimalDigit(bytes[index]) == nil { return false }
        return true
    }

    /// What a text that is no payload seems to be.
    @inline(never)
    static func network(_ bytes: Span<UInt8>) -> Network? {
        if Ascii.matches("upi://", in: bytes, at: 0) { return .upiLink }
        if Ascii.matches("https://", in: bytes, at: 0) || Ascii.matches("http://", in: bytes, at: 0) {
            return .webAddress
        }
        for index in 0..<bytes.count where !isDigit(bytes[index]) { return nil }
        switch bytes.count {
        case 8, 12, 13, 14: return .productBarcode
        case 16...24: return .consumerBarcode
        default: return nil
        }
    }
}

/// Comparisons of payload bytes with ASCII text.
enum Ascii {
    /// Whether the bytes at an offset are the text, capitals and small letters alike.
    static func matches(_ text: StaticString, in bytes: Span<UInt8>, at offset: Int) -> Bool {
        guard offset >= 0, bytes.count - offset >= text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { text in
            for index in text.indices {
                guard lowered(text[index]) == lowered(bytes[offset + index]) else { return false }
            }
            return true
        }
    }

    /// Whether a field's value is the text, capitals and small letters alike.
    static func equals(_ text: StaticString, _ slot: Slot, in bytes: Span<UInt8>) -> Bool {
        slot.isPresent && slot.byteCount == text.utf8CodeUnitCount && matches(text, in: bytes, at: slot.start)
    }

    /// Whether a field's value begins with the text, capitals and small letters alike.
    static func begins(_ text: StaticString, _ slot: Slot, in bytes: Span<UInt8>) -> Bool {
        slot.isPresent && slot.byteCount >= text.utf8CodeUnitCount && matches(text, in: bytes, at: slot.start)
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
