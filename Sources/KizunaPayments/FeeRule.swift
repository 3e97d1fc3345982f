public import KizunaLedger
public import KizunaMoney

/// A line of a corridor's tariff: what one fee is, for whom and for what, from a moment on.
///
/// A line is never changed. A later line with the same ``scope`` takes its place from its own moment on, so that every
/// fee of the past can be found again.
public struct FeeRule: Sendable, Hashable {
    /// Which of the fees of `flows.md` 6.2 and 6.3. The raw value is what is stored.
    public enum Kind: Int, Sendable, Hashable, CaseIterable {
        /// From the payer to the issuer, on the interbank amount.
        case issuerFee = 1
        /// From the shop to its acquirer, on the merchant amount.
        case merchantDiscount = 2
        /// From the acquirer to the issuer, on the merchant amount.
        case interchange = 3
        /// From the acquirer to the switch, on the merchant amount.
        case switchFee = 4

        /// The name in files and in the API.
        public var name: String {
            switch self {
            case .issuerFee: "issuer-fee"
            case .merchantDiscount: "merchant-discount"
            case .interchange: "interchange"
            case .switchFee: "switch-fee"
            }
        }

        /// Reads a ``name``.
        public init?(name: some StringProtocol) {
            guard let kind = Kind.allCases.first(where: { $0.name == name }) else { return nil }
            self = kind
        }
    }

    /// Whom and what a line is for. What is left out matches everything.
    public struct Scope: Sendable, Hashable {
        public let kind: Kind
        /// The issuer whose payers pay the issuer's fee; for the other fees, the acquirer.
        public let participant: ParticipantID?
        /// The currency that the fee is charged in: the payer's for the issuer's fee, the merchant's for the others.
        public let currency: Currency?
        /// Merchant category codes (ISO 18245), 0 to 9999.
        public let categories: ClosedRange<Int>?
        /// The smallest merchant amount; a line with a size is for merchants that are paid in its currency.
        public let from: Money?

        public init(
            _ kind: Kind,
            participant: ParticipantID? = nil,
            currency: Currency? = nil,
            categories: ClosedRange<Int>? = nil,
            from: Money? = nil
        ) {
            self.kind = kind
            self.participant = participant
            self.currency = currency
            self.categories = categories
            self.from = from
        }
    }

    public let scope: Scope
    /// `nil` where lines with this scope end, and wider ones, or the corridor's standard, hold again.
    public let terms: FeeTerms?
    public let effectiveFrom: Timestamp
    public let recordedAt: Timestamp

    public init(scope: Scope, terms: FeeTerms?, effectiveFrom: Timestamp, recordedAt: Timestamp) {
        self.scope = scope
        self.terms = terms
        self.effectiveFrom = effectiveFrom
        self.recordedAt = recordedAt
    }
}

/// What a fee is: a share of the amount, rounded half up, and something on top.
public struct FeeTerms: Sendable, Hashable {
    /// 0 to 1,000.
    public let basisPoints: Int64
    /// In the currency that the fee is charged in, which a line with a flat part names in its scope.
    public let flat: Money?

    public init(basisPoints: Int64, flat: Money? = nil) {
        self.basisPoints = basisPoints
        self.flat = flat
    }

    /// The largest share: more is a slip of the pen.
    public static let largestBasisPoints: Int64 = 1_000

    /// The fee on an amount, in whole customer units.
    ///
    /// - Throws: ``MoneyError/overflow``, and ``MoneyError/currencyMismatch`` for a flat part in another currency.
    public func fee(on amount: Money) throws(MoneyError) -> Money {
        let share = try amount.share(basisPoints: basisPoints, rounding: .halfUp)
        guard let flat else { return share }
        return try share.adding(flat)
    }
}

/// The four fees of one payment, as they were chosen for it.
public struct Fees: Sendable, Hashable {
    public let issuerFee: FeeTerms
    public let merchantDiscount: FeeTerms
    public let interchange: FeeTerms
    public let switchFee: FeeTerms

    public init(issuerFee: FeeTerms, merchantDiscount: FeeTerms, interchange: FeeTerms, switchFee: FeeTerms) {
        self.issuerFee = issuerFee
        self.merchantDiscount = merchantDiscount
        self.interchange = interchange
        self.switchFee = switchFee
    }
}
