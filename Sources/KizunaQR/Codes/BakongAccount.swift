/// The account of a person or a shop at a bank in Cambodia: `name@bank`, at most 32 characters.
public struct BakongAccount: Sendable, Hashable, LosslessStringConvertible {
    /// The longest account that a KHQR can carry.
    public static let longestCharacters = 32

    /// The account as it is written: `name@bank`.
    public let description: String

    /// Accepts printable ASCII without blanks, with exactly one `@` between a name and a bank.
    public init?(_ text: String) {
        guard Self.isWellFormed(utf8: text.utf8), text.utf8.count <= Self.longestCharacters else { return nil }
        self.description = text
    }

    /// An account whose form the reader has already checked.
    init(checked text: String) { self.description = text }

    /// The account's name at its bank, in front of the `@`.
    public var name: Substring { description.prefix { $0 != "@" } }
    /// The bank's name in Bakong, behind the `@`.
    public var bank: Substring { description.drop { $0 != "@" }.dropFirst() }

    static func isWellFormed(_ slot: Slot, in bytes: Span<UInt8>) -> Bool {
        var at: Int?
        for index in slot.start..<slot.end {
            let byte = bytes[index]
            guard 0x21...0x7E ~= byte else { return false }
            guard byte == UInt8(ascii: "@") else { continue }
            guard at == nil else { return false }
            at = index
        }
        guard let at else { return false }
        return at > slot.start && at < slot.end - 1
    }

    private static func isWellFormed(utf8 text: String.UTF8View) -> Bool {
        let ats = text.count { $0 == UInt8(ascii: "@") }
        return ats == 1 && text.first != UInt8(ascii: "@") && text.last != UInt8(ascii: "@")
            && text.allSatisfy { 0x21...0x7E ~= $0 }
    }
}
