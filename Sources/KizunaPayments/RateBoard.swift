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
        rates.filter { now.since($0.publishedAt) <= RateBoard.freshness }
    }

    /// One provider's offer for one amount.
    public struct Offer: Sendable, Hashable {
        public let provider: ParticipantID
        public let mid: Rate
        public let rate: Rate
        /// `S`: what the issuer would owe the provider.
        public let interbankAmount: Money

        fileprivate let utilisation: Int64
    }

    /// The offer that costs the payer least; ties go to the provider that is used less, then to the first id.
    ///
    /// - Parameter liquidity: a provider's account in the merchant's currency. A provider whose headroom does not
    ///   cover the amount makes no offer; nor does one without an account.
    /// - Throws: ``RefusalCode/noRate`` when nobody publishes a fresh rate, ``RefusalCode/liquidity`` when those who do
    ///   are at their cap, ``RefusalCode/amountInvalid`` when the result does not fit.
    public func bestOffer(
        for amount: Money,
        at now: Timestamp,
        liquidity: (ParticipantID) -> Account?
    ) throws(Refusal) -> Offer {
        let fresh = quotable(at: now)
        guard !fresh.isEmpty else {
            throw Refusal(
                .noRate,
                "No provider has published a \(pair.payer)/\(pair.merchant) rate in the last minute."
            )
        }
        var best: Offer?
        for published in fresh {
            guard let account = liquidity(published.provider) else { continue }
            if let headroom = account.headroomMinorUnits, headroom < amount.minorUnits { continue }
            let offer = try offer(published, amount, account)
            if let leader = best, !RateBoard.isBetter(offer, than: leader) { continue }
            best = offer
        }
        guard let best else {
            throw Refusal(
                .liquidity,
                "Every provider of \(pair.payer)/\(pair.merchant) is at its cap; try again later."
            )
        }
        return best
    }

    private func offer(_ published: ProviderRate, _ amount: Money, _ account: Account) throws(Refusal) -> Offer {
        do throws(MoneyError) {
            let rate = try published.allIn()
            return Offer(
                provider: published.provider,
                mid: published.mid,
                rate: rate,
                interbankAmount: try rate.converting(amount, to: pair.payer, rounding: .up),
                utilisation: RateBoard.utilisation(of: account)
            )
        } catch {
            throw Refusal(.amountInvalid, "The amount cannot be converted at the rate published.")
        }
    }

    private static func isBetter(_ offer: Offer, than other: Offer) -> Bool {
        (offer.interbankAmount.minorUnits, offer.utilisation, offer.provider)
            < (other.interbankAmount.minorUnits, other.utilisation, other.provider)
    }

    /// How much of the cap is used, in basis points; 0 without a cap.
    private static func utilisation(of account: Account) -> Int64 {
        guard let cap = account.netDebitCapMinorUnits, cap > 0, let headroom = account.headroomMinorUnits else {
            return 0
        }
        return Int64(clamping: (Int128(cap) - Int128(headroom)) * 10_000 / Int128(cap))
    }
}
