/// Bytes as text of 64 characters, six bits each (RFC 4648).
///
/// Decoding is strict: padding where the alphabet has it, no white space, and no bits left over that are not zero,
/// so that each value has exactly one text.
package struct Base64: Sendable {
    /// With `+` and `/`, padded with `=` (RFC 4648, section 4).
    package static let standard = Base64(characters: "+/", padded: true)
    /// With `-` and `_`, not padded (RFC 4648, section 5).
    package static let url = Base64(characters: "-_", padded: false)

    private let alphabet: [UInt8]
    /// The value of each byte as a character, or ``none``.
    private let values: [UInt8]
    private let padded: Bool

    private static let none: UInt8 = 0xFF
    private static let pad = UInt8(ascii: "=")

    private init(characters lastTwo: String, padded: Bool) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(lastTwo)".utf8)
        var values = [UInt8](repeating: Self.none, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        self.alphabet = alphabet
        self.values = values
        self.padded = padded
    }

    package func encode(_ bytes: [UInt8]) -> String {
        var text = [UInt8]()
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32((3 - group.count) * 8)
            for place in 0...group.count { text.append(alphabet[Int(bits >> UInt32(18 - place * 6) & 0x3F)]) }
            if padded { text.append(contentsOf: repeatElement(Self.pad, count: 3 - group.count)) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nothing unless the text is exactly what ``encode(_:)`` gives for some bytes.
    package func decode(_ text: some StringProtocol) -> [UInt8]? {
        var characters = Array(text.utf8)[...]
        if padded {
            guard characters.count.isMultiple(of: 4) else { return nil }
            for _ in 0..<2 where characters.last == Self.pad { characters.removeLast() }
        }
        guard characters.count % 4 != 1 else { return nil }
        var bytes = [UInt8]()
        bytes.reserveCapacity(characters.count / 4 * 3 + 2)
        var bits: UInt32 = 0
        var bitCount = 0
        for character in characters {
            let value = values[Int(character)]
            guard value != Self.none else { return nil }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            bits &= (1 << UInt32(bitCount)) - 1
        }
        return bits == 0 ? bytes : nil
    }
}
