import KizunaLedger
public import KizunaMoney

/// What a payer pays in and what a merchant is paid in.
public struct CurrencyPair: Sendable, Hashable {
    public let payer: Currency
    public let merchant: Currency

    public init(payer: Currency, merchant: Currency) {
        self.payer = payer
        self.merchant = merchant
    }
}

/// All providers' rates for one pair.
public struct RateBoard: Sendable, Hashable {
    /// A rate older than this is not quotable (`flows.md` 4.3).
    public static let freshness = Duration.seconds(60)

    public let pair: CurrencyPair
    /// In order of the provider's id, one each.
    public private(set) var rates: [ProviderRate]

    public init(pair: CurrencyPair, rates: [ProviderRate] = []) {
        self.pair = pair
        self.rates = rates.sorted { $0.provider < $1.provider }
    }

    /// Puts a provider's new rate in the place of its last one.
    public mutating func publish(_ rate: ProviderRate) {
        rates.removeAll { $0.provider == rate.provider }
        let place = rates.firstIndex { rate.provider < $0.provider } ?? rates.endIndex
        rates.insert(rate, at: place)
    }

    /// The rates that may be quoted at a moment: none older than ``freshness``.
    public func quotable(at now: Timestamp) -> [ProviderRate] {
        rates.filter { $0.isFresh(at: now) }
    }
}
