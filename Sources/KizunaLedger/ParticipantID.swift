/// Names an institution on the switch: an issuer, an acquirer, an FX provider or the switch itself.
///
/// The text is kept in two machine words, six bits a character, so that accounts and transfers are plain values and
/// comparing ids costs nothing.
public struct ParticipantID: Sendable, WordHashed {
    /// The first and the last ten characters, the earliest in the highest bits; unused places are zero.
    private let high: UInt64
    private let low: UInt64

    /// The text itself.
    public var hashWords: (high: UInt64, low: UInt64) { (high, low) }

    /// The longest id, so that it fits ISO 20022's `Othr/Id` and every log line.
    public static let maximumLength = 20

    /// The switch's own books: fee income.
    public static let theSwitch = known("kizuna")

    private static func known(_ text: String) -> ParticipantID {
        guard let id = ParticipantID(text) else { preconditionFailure("\(text) is no participant's id") }
        return id
    }
}

extension ParticipantID: LosslessStringConvertible {
    /// Accepts 2 to 20 lower-case letters, digits and inner hyphens, the first a letter: `acleda-kh`.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, 2...ParticipantID.maximumLength ~= bytes.count,
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= first, last != UInt8(ascii: "-")
        else { return nil }
        var words: (high: UInt64, low: UInt64) = (0, 0)
        for (place, byte) in bytes.enumerated() {
            guard let code = ParticipantID.code(of: byte) else { return nil }
            let shift = UInt64(54 - place % 10 * 6)
            if place < 10 { words.high |= code << shift } else { words.low |= code << shift }
        }
        (high, low) = words
    }

    public var description: String {
        String(unsafeUninitializedCapacity: ParticipantID.maximumLength) { bytes in
            var count = 0
            for place in 0..<ParticipantID.maximumLength {
                let word = place < 10 ? high : low
                let code = word >> UInt64(54 - place % 10 * 6) & 0x3F
                guard code != 0 else { break }
                bytes[count] = ParticipantID.byte(of: code)
                count += 1
            }
            return count
        }
    }

    /// 1 for the hyphen, then the digits, then the letters: the order of ASCII, so that ids order as their texts do.
    private static func code(of byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "-"): 1
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0")) + 2
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt64(byte - UInt8(ascii: "a")) + 12
        default: nil
        }
    }

    private static func byte(of code: UInt64) -> UInt8 {
        switch code {
        case 1: UInt8(ascii: "-")
        case 2...11: UInt8(ascii: "0") + UInt8(code - 2)
        default: UInt8(ascii: "a") + UInt8(code - 12)
        }
    }
}

extension ParticipantID: Comparable {
    /// Orders as the texts do.
    public static func < (left: ParticipantID, right: ParticipantID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}
