public import KizunaMoney

/// A UUID of RFC 9562 as two machine words: version 7 inside Kizuna, version 4 where ISO 20022 asks for it (UETR).
public struct UniqueID: Sendable, WordHashed, Comparable {
    public let high: UInt64
    public let low: UInt64

    /// The id itself.
    public var hashWords: (high: UInt64, low: UInt64) { (high, low) }

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A version 7 id: the moment in front, so that ids sort by time, and 74 random bits behind.
    public static func version7(at now: Timestamp, using random: inout some RandomNumberGenerator) -> UniqueID {
        let time = UInt64(bitPattern: now.milliseconds) << 16
        let high = time | 0x7000 | random.next() & 0x0FFF
        return UniqueID(high: high, low: random.next() & variantMask | variantBits)
    }

    /// What stands in front of every version 7 id of a moment, and behind every one of the moments before.
    public static func version7(before moment: Timestamp) -> UniqueID {
        UniqueID(high: UInt64(max(0, moment.milliseconds)) << 16, low: 0)
    }

    /// The moment that stands in front of a version 7 id.
    public var moment: Timestamp { Timestamp(milliseconds: Int64(high >> 16)) }

    /// A version 4 id: 122 random bits.
    public static func version4(using random: inout some RandomNumberGenerator) -> UniqueID {
        let high = random.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        return UniqueID(high: high, low: random.next() & variantMask | variantBits)
    }

    /// The version that the id claims: 4, 7 or another.
    public var version: Int { Int(high >> 12 & 0xF) }

    public static func < (left: UniqueID, right: UniqueID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    private static let variantMask: UInt64 = 0x3FFF_FFFF_FFFF_FFFF
    private static let variantBits: UInt64 = 0x8000_0000_0000_0000
}

extension UniqueID: LosslessStringConvertible {
    /// Accepts 32 hexadecimal digits, with the four hyphens of RFC 9562 or with none.
    public init?(_ text: String) {
        var words: (high: UInt64, low: UInt64) = (0, 0)
        var digits = 0
        let hyphened = text.utf8.count == 36
        guard hyphened || text.utf8.count == 32 else { return nil }
        for (position, byte) in text.utf8.enumerated() {
            if hyphened, UniqueID.isHyphen(at: position) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let value = UniqueID.hexadecimalValue(of: byte) else { return nil }
            if digits < 16 { words.high = words.high << 4 | value } else { words.low = words.low << 4 | value }
            digits += 1
        }
        self.init(high: words.high, low: words.low)
    }

    /// The form of RFC 9562: 36 characters, lower case.
    public var description: String { text(hyphened: true) }

    /// The form for ISO 20022's Max35Text: 32 characters, lower case, no hyphens.
    public var compact: String { text(hyphened: false) }

    private func text(hyphened: Bool) -> String {
        let digits = UniqueID.hexadecimalDigits
        return String(unsafeUninitializedCapacity: 36) { buffer in
            var count = 0
            for place in 0..<32 {
                if hyphened, UniqueID.isHyphen(at: count) {
                    buffer[count] = UInt8(ascii: "-")
                    count += 1
                }
                let word = place < 16 ? high : low
                buffer[count] = digits[Int(word >> UInt64(60 - place % 16 * 4) & 0xF)]
                count += 1
            }
            return count
        }
    }

    private static func isHyphen(at position: Int) -> Bool {
        position == 8 || position == 13 || position == 18 || position == 23
    }

    private static let hexadecimalDigits = Array("0123456789abcdef".utf8)

    private static func hexadecimalValue(of byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
