import KizunaLedger

/// Names a person who works for the switch, such as `sokha` or `m-tanaka`.
public struct OperatorID: Sendable, Hashable, LosslessStringConvertible {
    public let description: String

    /// Accepts what a ``ParticipantID`` accepts: 2 to 20 lower-case letters, digits and inner hyphens, the first a
    /// letter.
    public init?(_ text: String) {
        guard ParticipantID(text) != nil else { return nil }
        description = text
    }
}
