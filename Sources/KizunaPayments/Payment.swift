public import KizunaLedger
public import KizunaMoney

/// One payment, from submission to its end: what decides about money and nothing else.
///
/// Names and texts ride along in ``PaymentParties``.
public struct Payment: Sendable, Hashable {
    /// The switch decides within this time after submission (`flows.md` 4.5).
    public static let decisionTime = Duration.seconds(20)
    /// How long a destination is asked what became of a payment before it is asked to undo it (`flows.md` 4.5).
    public static let resolutionTime = Duration.seconds(600)
    /// How long it is asked to undo it before people decide (`flows.md` 4.6).
    public static let reversalTime = Duration.seconds(24 * 60 * 60)
    /// How often a payment may be reversed, each time after its destination has claimed success once more, before people
    /// are called instead of asking again.
    public static let mostReversals = 3

    /// What it was begun with.
    private struct Terms: Hashable {
        let id: PaymentID
        let uetr: UETR
        let quote: QuoteID
        let issuer: ParticipantID
        let acquirer: ParticipantID
        let provider: ParticipantID
        let merchant: MerchantID
        let price: Price
        let link: Participant.LinkKind
        let code: CodeDigest
        let isSingleUse: Bool
        let submittedAt: Timestamp
        let payer: PayerKey
        let possibleDuplicate: Bool
    }

    private let terms: Shared<Terms>
    public private(set) var state: PaymentState
    /// Why the shop is not paid; set when what was reserved is let go.
    public private(set) var reason: RefusalCode?
    /// When it reached its last state.
    public private(set) var changedAt: Timestamp
    public private(set) var refunded: RefundTally
    public private(set) var history: PaymentHistory

    public init(
        id: PaymentID,
        uetr: UETR,
        quote: QuoteID,
        issuer: ParticipantID,
        acquirer: ParticipantID,
        provider: ParticipantID,
        merchant: MerchantID,
        price: Price,
        link: Participant.LinkKind,
        code: CodeDigest,
        isSingleUse: Bool,
        submittedAt: Timestamp,
        payer: PayerKey,
        possibleDuplicate: Bool = false,
        state: PaymentState = .submitted,
        reason: RefusalCode? = nil,
        changedAt: Timestamp? = nil,
        refunded: RefundTally = RefundTally(),
        history: PaymentHistory = PaymentHistory()
    ) {
        terms = Shared(
            Terms(
                id: id,
                uetr: uetr,
                quote: quote,
                issuer: issuer,
                acquirer: acquirer,
                provider: provider,
                merchant: merchant,
                price: price,
                link: link,
                code: code,
                isSingleUse: isSingleUse,
                submittedAt: submittedAt,
                payer: payer,
                possibleDuplicate: possibleDuplicate
            )
        )
        self.state = state
        self.reason = reason
        self.changedAt = changedAt ?? submittedAt
        self.refunded = refunded
        self.history = history
    }

    /// Names it on the switch.
    public var id: PaymentID { terms.value.id }
    /// Names it everywhere (ISO 20022, UETR).
    public var uetr: UETR { terms.value.uetr }
    /// The quote that it uses up.
    public var quote: QuoteID { terms.value.quote }
    /// The payer's bank.
    public var issuer: ParticipantID { terms.value.issuer }
    /// The shop's bank.
    public var acquirer: ParticipantID { terms.value.acquirer }
    /// Takes the payer's currency; delivers the merchant's where the route has no bridge.
    public var provider: ParticipantID { terms.value.provider }
    /// Who is paid, as the switch calls the shop.
    public var merchant: MerchantID { terms.value.merchant }
    /// What it costs, fixed with its quote.
    public var price: Price { terms.value.price }
    /// Whether its destination promises before it credits.
    public var link: Participant.LinkKind { terms.value.link }
    /// The code that was paid.
    public var code: CodeDigest { terms.value.code }
    /// Whether that code may be paid once only.
    public var isSingleUse: Bool { terms.value.isSingleUse }
    /// When the switch took it in.
    public var submittedAt: Timestamp { terms.value.submittedAt }
    /// Who pays.
    public var payer: PayerKey { terms.value.payer }
    /// Whether the payer paid the same to the same shop a moment before.
    public var possibleDuplicate: Bool { terms.value.possibleDuplicate }

    /// Whether an institution takes part in it, and so may see it.
    public func involves(_ participant: ParticipantID) -> Bool {
        [issuer, acquirer, provider, price.route.bridge?.provider].contains(participant)
    }

    /// Until when the destination may still promise.
    public var decisionDeadline: Timestamp { submittedAt.adding(Payment.decisionTime) }

    /// Until when something is waited for, counted from when the payment came into the state that waits for it.
    public func deadline(of clock: PaymentMachine.Clock) -> Timestamp {
        switch clock {
        case .decision: decisionDeadline
        case .resolution: changedAt.adding(Payment.resolutionTime)
        case .reversal: changedAt.adding(Payment.reversalTime)
        }
    }

    /// Whether nothing is reserved any more, for the payment has been rejected or reversed. A destination that claims
    /// success afterwards does not bring the reservation back.
    public var isReleased: Bool { reason != nil }

    /// What a destination's word of success does to the payment.
    public var successTrigger: PaymentMachine.Trigger {
        guard state == .reversed else { return .destinationAccepted }
        let reversals = events?.count { $0.state == .reversed } ?? 0
        return reversals < Payment.mostReversals ? .destinationAccepted : .contradictedAgain
    }

    /// Moves along the machine's table and says what follows.
    ///
    /// - Parameter reason: kept when the payment ends as rejected or reversed, unless it has one already.
    /// - Throws: ``PaymentMachine/OutOfOrder``.
    public mutating func handle(
        _ trigger: PaymentMachine.Trigger,
        by actor: PaymentHistory.Actor,
        reason: RefusalCode? = nil,
        at now: Timestamp
    ) throws(PaymentMachine.OutOfOrder) -> [PaymentMachine.Effect] {
        let edge = try PaymentMachine.edge(from: state, on: trigger, link: link)
        let effects = isReleased ? edge.effects.compactMap(\.afterRelease) : edge.effects
        guard edge.moves else { return effects }
        if state.isHandedOver {
            history.append(trigger, edge.to, after: now.milliseconds &- changedAt.milliseconds, by: actor)
        }
        state = edge.to
        changedAt = now
        switch edge.to {
        case .rejected, .reversed: self.reason = self.reason ?? reason ?? .technical
        case .completed: self.reason = nil
        case .resolved, .quoted, .submitted, .reserved, .sent, .accepted, .partiallyRefunded, .refunded, .unknown,
            .reversing, .exception, .expired:
            break
        }
        return effects
    }

    /// The payment as its submitter was first answered: handed to the destination, nothing known yet.
    public var asSubmitted: Payment {
        var payment = self
        payment.state = .sent
        payment.reason = nil
        payment.changedAt = submittedAt
        payment.refunded = RefundTally()
        payment.history = PaymentHistory()
        return payment
    }

    /// The payment as it was when it began: taken in, nothing reserved yet.
    var asBegun: Payment {
        var payment = asSubmitted
        payment.state = .submitted
        return payment
    }

    mutating func add(_ refund: Refund) { refunded.add(refund) }
}

/// Names and texts that ride along with a payment in the same commit and decide nothing.
public struct PaymentParties: Sendable, Hashable {
    public var payerName: String
    /// The payer's account as its issuer calls it.
    public var payerAccount: String
    public var merchantName: String
    public var merchantLocalName: String?
    public var merchantCity: String
    public var merchantKey: MerchantKey
    /// The bill number or reference label of the code.
    public var reference: String?

    public init(
        payerName: String,
        payerAccount: String,
        merchantName: String,
        merchantLocalName: String?,
        merchantCity: String,
        merchantKey: MerchantKey,
        reference: String?
    ) {
        self.payerName = payerName
        self.payerAccount = payerAccount
        self.merchantName = merchantName
        self.merchantLocalName = merchantLocalName
        self.merchantCity = merchantCity
        self.merchantKey = merchantKey
        self.reference = reference
    }
}
