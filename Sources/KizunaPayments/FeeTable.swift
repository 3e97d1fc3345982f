public import KizunaLedger
public import KizunaMoney

/// A direction of the link, by the countries at its ends.
public struct CorridorID: Sendable, Hashable {
    public let payer: Country
    public let merchant: Country

    public init(payer: Country, merchant: Country) {
        self.payer = payer
        self.merchant = merchant
    }
}

/// The tariff of one corridor, with everything that it ever was: lines are added and never changed or removed.
public struct FeeTable: Sendable, Hashable {
    /// The most lines of a corridor: bounds the walk that every quote makes.
    public static let mostRules = 1_000

    public let corridor: CorridorID
    /// In the order in which they were recorded; a line's place, from 1, is its number.
    public private(set) var rules: [FeeRule]

    public init(corridor: CorridorID, rules: [FeeRule] = []) {
        self.corridor = corridor
        self.rules = rules
    }

    /// Records a line.
    ///
    /// - Returns: whether it is new; the very same line again changes nothing.
    /// - Throws: ``RefusalCode/amountInvalid`` for terms or a scope that make no sense, ``RefusalCode/tooLate`` for a
    ///   line from before it is recorded, ``RefusalCode/limitExceeded`` past ``mostRules``.
    public mutating func record(_ rule: FeeRule) throws(Refusal) -> Bool {
        let isKnown = rules.contains {
            ($0.scope, $0.terms, $0.effectiveFrom) == (rule.scope, rule.terms, rule.effectiveFrom)
        }
        guard !isKnown else { return false }
        try check(rule)
        guard rule.effectiveFrom >= rule.recordedAt else {
            throw Refusal(.tooLate, "A fee holds from now or a later moment on; what was quoted stays as it was.")
        }
        guard rules.count < FeeTable.mostRules else {
            throw Refusal(.limitExceeded, "A corridor's tariff has at most \(FeeTable.mostRules) lines.")
        }
        rules.append(rule)
        return true
    }

    private func check(_ rule: FeeRule) throws(Refusal) {
        guard corridor.payer != corridor.merchant else {
            throw Refusal(.currencyNotSupported, "There is no corridor inside one country.")
        }
        if let terms = rule.terms {
            guard 0...FeeTerms.largestBasisPoints ~= terms.basisPoints else {
                throw Refusal(.amountInvalid, "A fee is 0 to \(FeeTerms.largestBasisPoints) basis points.")
            }
            guard terms.flat.map({ $0.isPositive && $0.isPayable && $0.currency == rule.scope.currency }) ?? true else {
                throw Refusal(.amountInvalid, "A flat fee is more than zero, in whole units of the line's currency.")
            }
        }
        guard rule.scope.from.map({ $0.isPositive && $0.isPayable }) ?? true else {
            throw Refusal(.amountInvalid, "A size is more than zero, in whole units.")
        }
        guard rule.scope.categories.map({ 0...9_999 ~= $0.lowerBound && 0...9_999 ~= $0.upperBound }) ?? true else {
            throw Refusal(.amountInvalid, "Merchant categories are 0000 to 9999.")
        }
    }
}

extension FeeTable {
    /// The payment that fees are chosen for.
    public struct Occasion: Sendable, Hashable {
        public let issuer: ParticipantID
        public let acquirer: ParticipantID
        /// The shop's merchant category code; `nil` where it has none that can be read.
        public let category: Int?
        public let payerCurrency: Currency
        public let merchantAmount: Money

        public init(
            issuer: ParticipantID,
            acquirer: ParticipantID,
            category: Int?,
            payerCurrency: Currency,
            merchantAmount: Money
        ) {
            self.issuer = issuer
            self.acquirer = acquirer
            self.category = category
            self.payerCurrency = payerCurrency
            self.merchantAmount = merchantAmount
        }
    }

    /// The fees that hold for a payment at a moment.
    ///
    /// - Parameter standard: what holds where no line says otherwise.
    public func fees(for occasion: Occasion, at now: Timestamp, standard: Fees) -> Fees {
        Fees(
            issuerFee: terms(.issuerFee, for: occasion, at: now) ?? standard.issuerFee,
            merchantDiscount: terms(.merchantDiscount, for: occasion, at: now) ?? standard.merchantDiscount,
            interchange: terms(.interchange, for: occasion, at: now) ?? standard.interchange,
            switchFee: terms(.switchFee, for: occasion, at: now) ?? standard.switchFee
        )
    }

    /// Of each scope the line that came into force last, and of those that match the most particular one: a
    /// participant's own before everybody's, then one currency's, then narrower categories, then larger sizes.
    private func terms(_ kind: FeeRule.Kind, for occasion: Occasion, at now: Timestamp) -> FeeTerms? {
        var inForce: [FeeRule.Scope: FeeRule] = [:]
        for rule in rules where rule.scope.kind == kind && rule.effectiveFrom <= now {
            guard rule.scope.matches(occasion) else { continue }
            // Of two from the same moment on, the one that was recorded later corrects the other.
            if let other = inForce[rule.scope], other.effectiveFrom > rule.effectiveFrom { continue }
            inForce[rule.scope] = rule
        }
        return inForce.values.filter { $0.terms != nil }.max { $0.scope.isWider(than: $1.scope) }?.terms
    }
}

extension FeeRule.Kind {
    fileprivate func currency(for occasion: FeeTable.Occasion) -> Currency {
        self == .issuerFee ? occasion.payerCurrency : occasion.merchantAmount.currency
    }
}

extension FeeRule.Scope {
    fileprivate func matches(_ occasion: FeeTable.Occasion) -> Bool {
        let own = kind == .issuerFee ? occasion.issuer : occasion.acquirer
        if let participant, participant != own { return false }
        if let currency, currency != kind.currency(for: occasion) { return false }
        if let categories {
            guard let category = occasion.category, categories.contains(category) else { return false }
        }
        guard let from else { return true }
        return from.currency == occasion.merchantAmount.currency
            && from.minorUnits <= occasion.merchantAmount.minorUnits
    }

    /// Orders every two scopes that match one payment and are not the same.
    fileprivate func isWider(than other: FeeRule.Scope) -> Bool { rank < other.rank }

    private var rank: (Int, Int, Int, Int64, Int) {
        (
            participant == nil ? 0 : 1, currency == nil ? 0 : 1, categories.map { 10_000 - $0.count } ?? -1,
            from?.minorUnits ?? 0, categories?.lowerBound ?? 0
        )
    }
}
