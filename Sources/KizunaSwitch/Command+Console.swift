package import KizunaLedger
package import KizunaPayments

/// What a person who works for the switch does beside deciding about payments, each in his or her own name.
package enum ConsoleCommand: Sendable {
    case freeze(FreezeShop)
    case importShops(ImportShops)
    /// Writes down that something was looked at.
    case look(Look)
}

/// Stops payments to a shop, or lets them go on.
package struct FreezeShop: Sendable {
    package let shop: MerchantKey
    package let isFrozen: Bool
    /// 1 to ``ShopFreeze/longestReason`` characters.
    package let reason: String

    package init(shop: MerchantKey, isFrozen: Bool, reason: String) {
        self.shop = shop
        self.isFrozen = isFrozen
        self.reason = reason
    }
}

/// Registers shops for an acquirer, or brings what is known of them up to date: all of them or none.
package struct ImportShops: Sendable {
    /// The most at once, so that payments do not wait: some five milliseconds of one commit.
    package static let most = 500

    package let acquirer: ParticipantID
    package let shops: [RegisterMerchant]

    package init(acquirer: ParticipantID, shops: [RegisterMerchant]) {
        self.acquirer = acquirer
        self.shops = shops
    }
}

/// Something that was looked at; see ``AuditEntry``.
package struct Look: Sendable {
    package let act: AuditEntry.Act
    package let subject: UniqueID?
    package let detail: String?

    package init(_ act: AuditEntry.Act, _ subject: UniqueID? = nil, detail: String? = nil) {
        self.act = act
        self.subject = subject
        self.detail = detail
    }
}

/// What an import has changed.
package struct ImportCount: Sendable, Hashable {
    package var added = 0
    package var changed = 0
    package var unchanged = 0

    package init() {}
}

extension ConsoleCommand {
    /// The records that the step is sure to read.
    var firstRecords: [RecordKey] {
        switch self {
        case .freeze(let command): [.merchant(command.shop)]
        case .importShops(let command): [.participant(command.acquirer)] + command.shops.map { .merchant($0.key) }
        case .look: []
        }
    }
}
