public import KizunaLedger
public import KizunaMoney

/// Money on its way back from a shop to a payer, at the original rate (`flows.md` 6.4 and 7).
public struct Refund: Sendable, Hashable {
    /// How long after its commit a payment may be refunded.
    public static let window = Duration.seconds(30 * 24 * 60 * 60)
    /// In how many parts the shop gives money back at most.
    public static let maximumParts = 10
    /// In how many parts at most when those are counted that follow a recall or a dispute: they may come after the
    /// shop's own.
    public static let maximumPartsWithClaims = 20

    /// What a refund follows from, and which bounds it has.
    public enum Basis: Sendable, Hashable {
        /// The shop gives back of its own accord, within ``window`` and ``maximumParts``.
        case shop
        /// A recall or a dispute has been granted. These have time limits of their own.
        case claim
    }

    /// Why money goes back (ISO 20022 ExternalReturnReason1Code).
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        case customerRequest = "MD06"
        case duplicate = "DUPL"
        case wrongAmount = "AM09"
        case serviceNotRendered = "SVNR"
        case customerDecision = "CUST"
        case fraud = "FR01"
        /// A recall for a technical reason was granted.
        case followingRecall = "FOCR"

        /// The reasons that a shop's bank may give; the others say what a refund follows from.
        public static let ofShops = allCases.filter { $0 != .followingRecall }
    }

    public let id: RefundID
    public let payment: PaymentID
    public let uetr: UETR
    public let acquirer: ParticipantID
    public let issuer: ParticipantID
    /// 1 to 20.
    public let part: Int
    /// What the shop gives back, in its currency.
    public let merchantAmount: Money
    /// What the second provider gives back to the first, where the payment went over two; may be zero.
    public let bridgeAmount: Money?
    /// What the payer receives, in the payer's currency; zero when a tiny part does not reach a whole unit yet.
    public let payerAmount: Money
    /// The issuer's own fee, which it gives back when the whole payment is refunded; zero before.
    public let issuerFeeReturned: Money
    public let reason: Reason
    public let createdAt: Timestamp

    public init(
        id: RefundID,
        payment: PaymentID,
        uetr: UETR,
        acquirer: ParticipantID,
        issuer: ParticipantID,
        part: Int,
        merchantAmount: Money,
        bridgeAmount: Money? = nil,
        payerAmount: Money,
        issuerFeeReturned: Money,
        reason: Reason,
        createdAt: Timestamp
    ) {
        self.id = id
        self.payment = payment
        self.uetr = uetr
        self.acquirer = acquirer
        self.issuer = issuer
        self.part = part
        self.merchantAmount = merchantAmount
        self.bridgeAmount = bridgeAmount
        self.payerAmount = payerAmount
        self.issuerFeeReturned = issuerFeeReturned
        self.reason = reason
        self.createdAt = createdAt
    }
}

/// What a payment's refunds add up to so far, in minor units.
public struct RefundTally: Sendable, Hashable {
    public private(set) var parts: Int
    public private(set) var merchantMinorUnits: Int64
    public private(set) var payerMinorUnits: Int64

    public init(parts: Int = 0, merchantMinorUnits: Int64 = 0, payerMinorUnits: Int64 = 0) {
        self.parts = parts
        self.merchantMinorUnits = merchantMinorUnits
        self.payerMinorUnits = payerMinorUnits
    }

    mutating func add(_ refund: Refund) {
        parts += 1
        merchantMinorUnits += refund.merchantAmount.minorUnits
        payerMinorUnits += refund.payerAmount.minorUnits
    }
}

extension Payment {
    /// Refunds a part of the payment, or what is left of it, and moves the payment's state.
    ///
    /// What the payer receives is computed on the sum of all parts, so that parts always add up to the whole:
    /// `floor(S × refunded / M)` less what went back before; over two exchanges, each in turn by this rule.
    ///
    /// - Parameters:
    ///   - amount: in the merchant's currency; `nil` for all that is left.
    ///   - basis: who wants it, which says how long and how often.
    /// - Throws: ``RefusalCode/refundNotPossible`` (not paid, 30 days over, ten parts used, nothing left),
    ///   ``RefusalCode/currencyNotSupported``, ``RefusalCode/amountInvalid``, ``RefusalCode/amountMismatch`` (more than
    ///   is left).
    public mutating func refund(
        _ amount: Money?,
        id: RefundID,
        uetr: UETR,
        reason: Refund.Reason,
        basis: Refund.Basis = .shop,
        at now: Timestamp
    ) throws(Refusal) -> Refund {
        let merchantAmount = try refundable(amount, basis, at: now)
        let whole = price.merchantAmount.minorUnits
        let sum = refunded.merchantMinorUnits + merchantAmount.minorUnits
        let (before, after): (Returned, Returned)
        do throws(MoneyError) {
            before = try price.returned(of: refunded.merchantMinorUnits)
            after = try price.returned(of: sum)
        } catch {
            throw Refusal(.amountInvalid, "The refund does not fit.")
        }
        let refund = Refund(
            id: id,
            payment: self.id,
            uetr: uetr,
            acquirer: acquirer,
            issuer: issuer,
            part: refunded.parts + 1,
            merchantAmount: merchantAmount,
            bridgeAmount: after.bridge.map { after in
                Money(minorUnits: after.minorUnits - (before.bridge?.minorUnits ?? 0), currency: after.currency)
            },
            payerAmount: Money(
                minorUnits: after.payer.minorUnits - refunded.payerMinorUnits,
                currency: after.payer.currency
            ),
            issuerFeeReturned: sum == whole ? price.issuerFee : .zero(price.issuerFee.currency),
            reason: reason,
            createdAt: now
        )
        add(refund)
        do throws(PaymentMachine.OutOfOrder) {
            _ = try handle(sum == whole ? .refundedInFull : .refundedInPart, by: .acquirer, at: now)
        } catch {
            throw Refusal(.refundNotPossible, "A payment that is \(state.name) cannot be refunded.")
        }
        return refund
    }

    private typealias Returned = (bridge: Money?, payer: Money)

    private func refundable(_ amount: Money?, _ basis: Refund.Basis, at now: Timestamp) throws(Refusal) -> Money {
        switch state {
        case .completed, .partiallyRefunded: break
        case .refunded: throw Refusal(.refundNotPossible, "The payment has been refunded in full.")
        case .resolved, .quoted, .submitted, .reserved, .sent, .accepted, .rejected, .unknown, .reversing, .reversed,
            .exception, .expired:
            throw Refusal(.refundNotPossible, "Only a completed payment can be refunded; this one is \(state.name).")
        }
        switch basis {
        case .shop:
            guard now.since(paidAt) <= Refund.window else {
                throw Refusal(.refundNotPossible, "Refunds are possible for 30 days after the payment.")
            }
            guard refunded.parts < Refund.maximumParts else {
                throw Refusal(.refundNotPossible, "A payment can be refunded in \(Refund.maximumParts) parts at most.")
            }
        case .claim:
            guard refunded.parts < Refund.maximumPartsWithClaims else {
                throw Refusal(
                    .refundNotPossible,
                    "This payment has gone back in \(Refund.maximumPartsWithClaims) parts; settle the rest outside."
                )
            }
        }
        return try amountBack(amount)
    }
}
