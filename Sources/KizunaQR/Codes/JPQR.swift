public import KizunaMoney

/// A Japanese store's code (JPQR MPM).
public struct JPQR: Sendable, Hashable {
    /// Everything else that the code says.
    public let payload: MerchantPayload
    /// The store, as the association numbers it.
    public let store: StoreIdentifier

    /// - Returns: nil for a payload of another scheme.
    public init?(_ payload: MerchantPayload) {
        guard payload.scheme == .jpqrMerchant, let first = payload.accountField(1),
            let second = payload.accountField(2), let third = payload.accountField(3),
            let fourth = payload.accountField(4),
            let store = StoreIdentifier(level1: first, level2: second, level3: third, level4: fourth)
        else { return nil }
        self.payload = payload
        self.store = store
    }

    /// The tag, 26 to 51, of the template that holds the identifier.
    public var accountTag: Int { Int(payload.index.accountTag) }
    /// The amount in yen; nil when the payer types it, as with every printed sticker.
    public var amount: Money? { payload.amount }
}

/// The unified store identifier of JPQR: four levels, in which leading zeros count.
public struct StoreIdentifier: Sendable, Hashable {
    /// 13 characters.
    public let level1: String
    /// 4 characters.
    public let level2: String
    /// 6 characters.
    public let level3: String
    /// 6 characters.
    public let level4: String

    /// The lengths of the four levels.
    static let lengths = [13, 4, 6, 6]

    /// Accepts ASCII letters and digits of exactly the levels' lengths.
    public init?(level1: String, level2: String, level3: String, level4: String) {
        for (level, length) in zip([level1, level2, level3, level4], Self.lengths) {
            guard level.utf8.count == length, level.utf8.allSatisfy(isAlphanumeric) else { return nil }
        }
        self.level1 = level1
        self.level2 = level2
        self.level3 = level3
        self.level4 = level4
    }
}

@inline(__always)
func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
    default: false
    }
}
