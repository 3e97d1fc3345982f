import KizunaMoney

/// The text of KHQR's timestamps: 13 digits, milliseconds since 1970.
enum TimestampText {
    static let length = 13

    /// The moment, or nil when the text is not 13 ASCII digits.
    static func read(_ slot: Slot, in bytes: Span<UInt8>) -> Timestamp? {
        slot.byteCount == length ? number(slot, in: bytes) : nil
    }

    /// The moment that 1 to 18 ASCII digits stand for.
    static func number(_ slot: Slot, in bytes: Span<UInt8>) -> Timestamp? {
        guard 1...18 ~= slot.byteCount else { return nil }
        var milliseconds: Int64 = 0
        for index in slot.start..<slot.end {
            let byte = bytes[index]
            guard isDigit(byte) else { return nil }
            milliseconds = milliseconds &* 10 &+ Int64(byte &- UInt8(ascii: "0"))
        }
        return Timestamp(milliseconds: milliseconds)
    }

    static func isDigits(_ slot: Slot, in bytes: Span<UInt8>) -> Bool {
        for index in slot.start..<slot.end where !isDigit(bytes[index]) { return false }
        return slot.byteCount > 0
    }
}
