public import KizunaLedger
public import KizunaMoney

/// One provider's published rate for a pair: a middle, and what it adds by size and issuer (as Nexus has it).
public struct ProviderRate: Sendable, Hashable {
    /// Another spread for amounts from a size on.
    public struct Tier: Sendable, Hashable {
        /// The smallest amount, in minor units of the pair's merchant currency.
        public let fromMinorUnits: Int64
        /// Takes the place of the standard spread.
        public let spreadBasisPoints: Int64

        public init(fromMinorUnits: Int64, spreadBasisPoints: Int64) {
            self.fromMinorUnits = fromMinorUnits
            self.spreadBasisPoints = spreadBasisPoints
        }
    }

    /// By how much the spread is smaller for one issuer.
    public struct Improvement: Sendable, Hashable {
        public let issuer: ParticipantID
        public let basisPoints: Int64

        public init(issuer: ParticipantID, basisPoints: Int64) {
            self.issuer = issuer
            self.basisPoints = basisPoints
        }
    }

    public let provider: ParticipantID
    /// The market's middle: payer-currency units for one merchant-currency unit; shown, never settled at.
    public let mid: Rate
    /// What the provider adds, 0 to 1,000 basis points.
    public let spreadBasisPoints: Int64
    /// In the order of their sizes.
    public let tiers: [Tier]
    /// In the order of their issuers.
    public let improvements: [Improvement]
    public let publishedAt: Timestamp

    public init(
        provider: ParticipantID,
        mid: Rate,
        spreadBasisPoints: Int64,
        tiers: [Tier] = [],
        improvements: [Improvement] = [],
        publishedAt: Timestamp
    ) {
        self.provider = provider
        self.mid = mid
        self.spreadBasisPoints = spreadBasisPoints
        self.tiers = tiers.sorted { $0.fromMinorUnits < $1.fromMinorUnits }
        self.improvements = improvements.sorted { $0.issuer < $1.issuer }
        self.publishedAt = publishedAt
    }

    /// Whether it may be quoted at a moment.
    public func isFresh(at now: Timestamp) -> Bool { now.since(publishedAt) <= RateBoard.freshness }

    /// What is added for an issuer's payment of an amount, in basis points.
    public func spread(for minorUnits: Int64, to issuer: ParticipantID) -> Int64 {
        let sized = tiers.last { $0.fromMinorUnits <= minorUnits }?.spreadBasisPoints ?? spreadBasisPoints
        return sized - (improvements.first { $0.issuer == issuer }?.basisPoints ?? 0)
    }

    /// `R` of `flows.md` 6.2: the mid rate with a spread, rounded up once.
    public func allIn(spreadBasisPoints: Int64) throws(MoneyError) -> Rate {
        try mid.adding(basisPoints: spreadBasisPoints)
    }
}

extension ProviderRate {
    /// Sizes that a rate may tell apart: bounds the walk that every quote makes.
    public static let mostTiers = 10
    /// Issuers that a rate may be better for: as many as the link may have for years.
    public static let mostImprovements = 100
    /// The widest spread, and the largest improvement.
    public static let largestSpreadBasisPoints: Int64 = 1_000

    /// Whether the rate may be published for a pair.
    ///
    /// - Throws: ``RefusalCode/amountInvalid`` with what is wrong and what would be right.
    public func check(for pair: CurrencyPair) throws(Refusal) {
        let spreads = [spreadBasisPoints] + tiers.map(\.spreadBasisPoints)
        guard spreads.allSatisfy({ 0...ProviderRate.largestSpreadBasisPoints ~= $0 }) else {
            throw Refusal(.amountInvalid, "A spread is 0 to 1,000 basis points.")
        }
        guard tiers.count <= ProviderRate.mostTiers, improvements.count <= ProviderRate.mostImprovements else {
            throw Refusal(
                .amountInvalid,
                "A rate has at most \(ProviderRate.mostTiers) tiers and \(ProviderRate.mostImprovements) improvements."
            )
        }
        let unit = pair.merchant.customerUnitMinorUnits
        guard tiers.allSatisfy({ $0.fromMinorUnits > 0 && $0.fromMinorUnits % unit == 0 }),
            zip(tiers, tiers.dropFirst()).allSatisfy({ $0.fromMinorUnits < $1.fromMinorUnits })
        else {
            throw Refusal(.amountInvalid, "Tiers begin at different amounts above zero, in whole \(pair.merchant).")
        }
        let narrowest = spreads.min() ?? 0
        guard improvements.allSatisfy({ 1...ProviderRate.largestSpreadBasisPoints ~= $0.basisPoints }),
            improvements.allSatisfy({ $0.basisPoints <= narrowest })
        else {
            throw Refusal(.amountInvalid, "An improvement is 1 basis point up to the smallest spread of the rate.")
        }
        guard zip(improvements, improvements.dropFirst()).allSatisfy({ $0.issuer < $1.issuer }) else {
            throw Refusal(.amountInvalid, "A rate names each issuer once.")
        }
        guard let widest = spreads.max(), (try? allIn(spreadBasisPoints: widest)) != nil else {
            throw Refusal(.amountInvalid, "The rate with its spread has more than 11 digits.")
        }
    }
}
