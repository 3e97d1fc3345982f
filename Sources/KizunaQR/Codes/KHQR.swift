public import KizunaMoney

/// A KHQR: who is to be paid in Cambodia, and how much if the code says so.
public struct KHQR: Sendable, Hashable {
    /// Everything else that the code says.
    public let payload: MerchantPayload
    /// The Bakong account to pay (29.00 or 30.00).
    public let account: BakongAccount

    /// Whose account it is.
    public enum Holder: Sendable, Hashable {
        /// A person's or small shop's own account (29), with a phone or account number if given.
        case individual(information: String?, bank: String?)
        /// A merchant known to its bank (30).
        case merchant(id: String?, bank: String?)
    }

    /// - Returns: nil for a payload of another scheme.
    public init?(_ payload: MerchantPayload) {
        guard payload.scheme.isKHQR, let account = payload.accountField(0) else { return nil }
        self.payload = payload
        self.account = BakongAccount(checked: account)
    }

    /// Whose account it is, as the template says.
    public var holder: Holder {
        let (first, bank) = (payload.accountField(1), payload.accountField(2))
        return payload.index.accountTag == RootTag.bakongMerchant
            ? .merchant(id: first, bank: bank) : .individual(information: first, bank: bank)
    }

    /// The merchant's identifier at its bank (30.01); nil for individuals.
    public var merchantID: String? {
        if case .merchant(let id, _) = holder { id } else { nil }
    }

    /// The bank that acquires the payment (29.02 or 30.02), by its own name.
    public var acquiringBank: String? { payload.accountField(2) }
    /// The UnionPay account beside it (15).
    public var unionPayAccount: String? { payload[RootTag.unionPay] }
    /// Riel or US dollar.
    public var currency: Currency { payload.currency ?? .khr }
    /// The amount; nil when the payer types it.
    public var amount: Money? { payload.amount }
    /// When the code was made (99.00).
    public var created: Timestamp? { payload.index.created }
    /// Until when it can be paid, the moment itself included (99.01).
    public var expires: Timestamp? { payload.index.expires }
    /// Why strict verification as of the clock given fails, if it does.
    public var strictError: KHQRStrictError? { payload.index.strictError }
}
