public import KizunaMoney

/// Payments to a shop were stopped by one person who works for the switch, and may have been let go on by another.
///
/// To stop is urgent and takes one; to let go on takes somebody else, who has looked at it as well.
public struct ShopFreeze: Sendable, Hashable {
    /// Who did it, when and why.
    public struct Act: Sendable, Hashable {
        public let person: OperatorID
        public let at: Timestamp
        /// 1 to ``ShopFreeze/longestReason`` characters.
        public let reason: String

        public init(person: OperatorID, at: Timestamp, reason: String) {
            self.person = person
            self.at = at
            self.reason = reason
        }
    }

    /// As much as ISO 20022 has for a remark (Max140Text).
    public static let longestReason = 140

    /// Whom nobody may pay.
    public let shop: MerchantID
    public let freezing: Act
    /// `nil` while nobody may be paid there.
    public private(set) var lifting: Act?

    public init(shop: MerchantID, freezing: Act, lifting: Act? = nil) {
        self.shop = shop
        self.freezing = freezing
        self.lifting = lifting
    }

    /// Whether nobody may be paid there.
    public var isInForce: Bool { lifting == nil }

    /// Lets payments go on.
    ///
    /// - Throws: ``RefusalCode/forbidden`` for the person who stopped them.
    public mutating func lift(by act: Act) throws(Refusal) {
        guard act.person != freezing.person else {
            throw Refusal(.forbidden, "Whoever froze the shop does not lift it; ask another person.")
        }
        lifting = act
    }
}
