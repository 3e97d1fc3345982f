public import KizunaLedger
public import KizunaMoney

/// How the payer's currency becomes the merchant's: in one exchange, or in two with another currency between them.
public enum ExchangeRoute: Sendable, Hashable {
    case direct
    /// Kept in a box of its own, so that direct payments, which most are, stay small.
    indirect case bridged(Bridge)

    /// What stands between two exchanges; `nil` where there is one.
    public var bridge: Bridge? {
        switch self {
        case .direct: nil
        case .bridged(let bridge): bridge
        }
    }
}

/// What stands between the two exchanges of a route: the first provider takes the payer's currency and owes the second
/// this amount; the second takes it and delivers the merchant's.
public struct Bridge: Sendable, Hashable {
    /// The currency over which routes may go.
    public static let currency = Currency.usd

    /// Delivers the merchant's currency; another than the one that takes the payer's.
    public let provider: ParticipantID
    /// `U`: what the first provider owes the second.
    public let amount: Money
    /// The payer's currency for one unit of the bridge's.
    public let payerSide: QuotedRate
    /// The bridge's currency for one unit of the merchant's.
    public let merchantSide: QuotedRate

    public init(provider: ParticipantID, amount: Money, payerSide: QuotedRate, merchantSide: QuotedRate) {
        self.provider = provider
        self.amount = amount
        self.payerSide = payerSide
        self.merchantSide = merchantSide
    }
}

/// What one exchange is settled at, and the market's middle beside it.
public struct QuotedRate: Sendable, Hashable {
    /// With the provider's spread.
    public let rate: Rate
    public let mid: Rate

    public init(rate: Rate, mid: Rate) {
        self.rate = rate
        self.mid = mid
    }
}

/// One exchange of a payment: a provider takes an amount and delivers another.
public struct Exchange: Sendable, Hashable {
    public let provider: ParticipantID
    /// In the currency nearer to the payer, rounded up to a whole unit of it.
    public let taken: Money
    /// In the currency nearer to the merchant.
    public let delivered: Money
    public let quoted: QuotedRate
}

extension Price {
    /// The exchanges from the payer's currency to the merchant's, in this order.
    ///
    /// - Parameter provider: the one that takes the payer's currency.
    public func exchanges(by provider: ParticipantID) -> [Exchange] {
        switch route {
        case .direct:
            [
                Exchange(
                    provider: provider,
                    taken: interbankAmount,
                    delivered: merchantAmount,
                    quoted: QuotedRate(rate: rate, mid: midRate)
                )
            ]
        case .bridged(let bridge):
            [
                Exchange(
                    provider: provider,
                    taken: interbankAmount,
                    delivered: bridge.amount,
                    quoted: bridge.payerSide
                ),
                Exchange(
                    provider: bridge.provider,
                    taken: bridge.amount,
                    delivered: merchantAmount,
                    quoted: bridge.merchantSide
                ),
            ]
        }
    }
}

extension Price {
    /// What has gone back in all once a part of the merchant amount has (`flows.md` 6.4): each exchange gives back its
    /// share of what it took, rounded down, so that parts add up to the whole and no provider gives before it gets.
    ///
    /// - Parameter merchantMinorUnits: 0 up to the merchant amount.
    /// - Throws: ``MoneyError/overflow``.
    func returned(of merchantMinorUnits: Int64) throws(MoneyError) -> (bridge: Money?, payer: Money) {
        let whole = merchantAmount.minorUnits
        guard let bridge = route.bridge?.amount else {
            return (nil, try interbankAmount.proportion(merchantMinorUnits, of: whole, rounding: .down))
        }
        let back = try bridge.proportion(merchantMinorUnits, of: whole, rounding: .down)
        return (back, try interbankAmount.proportion(back.minorUnits, of: bridge.minorUnits, rounding: .down))
    }
}
