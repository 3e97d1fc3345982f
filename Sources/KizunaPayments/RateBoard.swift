public import KizunaLedger
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

/// One provider's published rate for a pair.
public struct ProviderRate: Sendable, Hashable {
    public let provider: ParticipantID
    /// The market's middle: payer-currency units for one merchant-currency unit; shown, never settled at.
    public let mid: Rate
    /// What the provider adds, 0 to 1,000 basis points.
    public let spreadBasisPoints: Int64
    public let publishedAt: Timestamp

    public init(provider: ParticipantID, mid: Rate, spreadBasisPoints: Int64, publishedAt: Timestamp) {
        self.provider = provider
        self.mid = mid
        self.spreadBasisPoints = spreadBasisPoints
        self.publishedAt = publishedAt
    }

    /// Whether it may be quoted at a moment.
    public func isFresh(at now: Timestamp) -> Bool { now.since(publishedAt) <= RateBoard.freshness }

    /// `R` of `flows.md` 6.2: the mid rate with the spread, rounded up once.
    public func allIn() throws(MoneyError) -> Rate { try mid.adding(basisPoints: spreadBasisPoints) }
}

/// All providers' rates for one pair.
public struct RateBoard: Sendable, Hashable {
    /// A rate older than this is not quotable (`flows.md` 4.3).
    public static let freshness = Duration.seconds(60)
    /// The widest spread that a provider may publish.
    public static let largestSpreadBasisPoints: Int64 = 1_000

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
