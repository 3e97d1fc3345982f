public import KizunaLedger

/// What a code says about who is to be paid, in the form in which an acquirer registers it.
public enum MerchantKey: Sendable, Hashable {
    /// A Bakong account, with the merchant id of tag 30.01 where the code has one (KHQR, `qr.md` 3.1).
    case khqr(account: String, merchantID: String?)
    /// The unified store identifier: the four levels of `jp.or.paymentsjapan` (JPQR, `qr.md` 4).
    case jpqr(levels: [String])

    /// The country whose scheme the code belongs to.
    public var country: Country {
        switch self {
        case .khqr: .cambodia
        case .jpqr: .japan
        }
    }

    /// One text for storage and comparison: `khqr:account`, `khqr:account/merchant`, `jpqr:l1.l2.l3.l4`.
    public var text: String {
        switch self {
        case .khqr(let account, nil): "khqr:\(account)"
        case .khqr(let account, let merchantID?): "khqr:\(account)/\(merchantID)"
        case .jpqr(let levels): "jpqr:\(levels.joined(separator: "."))"
        }
    }

    /// Reads what ``text`` wrote.
    public init?(text: String) {
        if text.hasPrefix("khqr:") {
            let parts = text.dropFirst(5).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let account = parts.first, !account.isEmpty else { return nil }
            self = .khqr(account: String(account), merchantID: parts.count == 2 ? String(parts[1]) : nil)
        } else if text.hasPrefix("jpqr:") {
            let levels = text.dropFirst(5).split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            guard levels.count == 4 else { return nil }
            self = .jpqr(levels: levels)
        } else {
            return nil
        }
    }
}

/// A shop as its acquirer registered it.
public struct Merchant: Sendable, Hashable {
    /// Whether the shop may be paid. The raw value is what is stored.
    public enum Status: Int, Sendable, Hashable {
        case active = 1
        case blocked = 2
        case closed = 3
    }

    public let id: MerchantID
    public let acquirer: ParticipantID
    public let key: MerchantKey
    /// In Latin script; shown to the payer instead of what the code says.
    public var name: String
    /// In the shop's own script.
    public var localName: String?
    public var city: String
    /// ISO 18245 merchant category code, four digits.
    public var categoryCode: String
    /// Whether foreign payers may pay here; private persons may not.
    public var acceptsForeignPayers: Bool
    public var status: Status

    public init(
        id: MerchantID,
        acquirer: ParticipantID,
        key: MerchantKey,
        name: String,
        localName: String?,
        city: String,
        categoryCode: String,
        acceptsForeignPayers: Bool,
        status: Status = .active
    ) {
        self.id = id
        self.acquirer = acquirer
        self.key = key
        self.name = name
        self.localName = localName
        self.city = city
        self.categoryCode = categoryCode
        self.acceptsForeignPayers = acceptsForeignPayers
        self.status = status
    }

    /// Whether a payment may go to this shop now.
    public func checkPayable() throws(Refusal) {
        switch status {
        case .active: break
        case .blocked: throw Refusal(.merchantBlocked, "The shop's account is blocked; it must ask its bank.")
        case .closed: throw Refusal(.merchantClosed, "The shop's account is closed; it must ask its bank.")
        }
        guard acceptsForeignPayers else {
            throw Refusal(.merchantNotEnabled, "The shop does not take part in cross-border payments.")
        }
    }
}
