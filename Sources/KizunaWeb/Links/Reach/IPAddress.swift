/// An address of the Internet Protocol, version 4 or 6.
package enum IPAddress: Sendable, Hashable {
    case v4(UInt32)
    case v6(high: UInt64, low: UInt64)

    /// Takes the bytes as they travel: 4 or 16, the highest first.
    package init?(bytes: some Collection<UInt8>) {
        switch bytes.count {
        case 4: self = .v4(bytes.reduce(0) { $0 << 8 | UInt32($1) })
        case 16:
            let words = [Array(bytes.prefix(8)), Array(bytes.suffix(8))].map {
                $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            self = .v6(high: words[0], low: words[1])
        default: return nil
        }
    }

    /// Accepts four decimal numbers with points, and the forms of RFC 4291, section 2.2, without a zone.
    ///
    /// The old forms of `inet_aton` (octal, hexadecimal, fewer than four numbers) are refused: programs disagree on
    /// what they mean.
    package init?(_ text: some StringProtocol) {
        if text.contains(":") {
            guard let groups = IPAddress.groups(of: text) else { return nil }
            let word = { (groups: ArraySlice<UInt16>) in groups.reduce(UInt64(0)) { $0 << 16 | UInt64($1) } }
            self = .v6(high: word(groups[..<4]), low: word(groups[4...]))
        } else {
            guard let number = IPAddress.dotted(text) else { return nil }
            self = .v4(number)
        }
    }

    private static func dotted(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var number: UInt32 = 0
        for part in parts {
            guard 1...3 ~= part.utf8.count, part.utf8.allSatisfy(isDigit), let byte = UInt8(part),
                part.utf8.count == 1 || part.first != "0"
            else { return nil }
            number = number << 8 | UInt32(byte)
        }
        return number
    }

    /// The eight groups of 16 bits; `nil` when the text is no address of version 6.
    private static func groups(of text: some StringProtocol) -> [UInt16]? {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard halves.count <= 2, let front = run(halves[0], endsAddress: halves.count == 1) else { return nil }
        guard halves.count == 2 else { return front.count == 8 ? front : nil }
        guard let back = run(halves[1], endsAddress: true), front.count + back.count < 8 else { return nil }
        return front + [UInt16](repeating: 0, count: 8 - front.count - back.count) + back
    }

    /// Groups with colons between them, of which the last may be an address of version 4; none for no text.
    private static func run(_ text: some StringProtocol, endsAddress: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var groups: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if part.contains(".") {
                guard endsAddress, index == parts.count - 1, let number = dotted(part) else { return nil }
                groups += [UInt16(number >> 16), UInt16(truncatingIfNeeded: number)]
            } else {
                guard 1...4 ~= part.utf8.count, part.utf8.allSatisfy({ isDigit($0) || isHexadecimalLetter($0) }),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func isHexadecimalLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
    }
}

extension IPAddress {
    /// The address of version 4 that one of version 6 stands for, where a packet ends up there: IPv4-mapped
    /// (`::ffff:0:0/96`) and translated (`64:ff9b::/96`, RFC 6052).
    var reached: IPAddress {
        switch self {
        case .v6(high: 0, let low) where low >> 32 == 0xFFFF: .v4(UInt32(truncatingIfNeeded: low))
        case .v6(high: 0x0064_FF9B_0000_0000, let low) where low >> 32 == 0: .v4(UInt32(truncatingIfNeeded: low))
        case .v4, .v6: self
        }
    }
}
