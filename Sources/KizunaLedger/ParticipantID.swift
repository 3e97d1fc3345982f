/// Names an institution on the switch: an issuer, an acquirer, an FX provider or the switch itself.
public struct ParticipantID: Sendable, Hashable, Comparable, LosslessStringConvertible {
    public let description: String

    /// The longest id, so that it fits ISO 20022's `Othr/Id` and every log line.
    public static let maximumLength = 20

    /// Accepts 2 to 20 lower-case letters, digits and inner hyphens, the first a letter: `acleda-kh`.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, 2...ParticipantID.maximumLength ~= bytes.count,
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= first, last != UInt8(ascii: "-"),
            bytes.allSatisfy(ParticipantID.isAllowed)
        else { return nil }
        description = text
    }

    private init(known text: String) { description = text }

    /// The switch's own books: fee income.
    public static let theSwitch = ParticipantID(known: "kizuna")

    public static func < (left: ParticipantID, right: ParticipantID) -> Bool { left.description < right.description }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
