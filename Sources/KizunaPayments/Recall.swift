public import KizunaLedger
public import KizunaMoney

/// What a ``RecallID`` stands for is the recall itself; version 7.
public typealias RecallID = Identifier<Recall>

/// An issuer's request to get money back after a payment has become final: the meaning of a camt.056, answered with
/// that of a camt.029 (`flows.md` 7).
///
/// The payment is final, so nothing moves without the shop's side: what it grants goes back as a refund.
public struct Recall: Sendable, Hashable {
    /// How long after its commit a payment may be recalled: as long as it may be disputed.
    public static let window = Duration.seconds(90 * 24 * 60 * 60)
    /// The acquirer's time to answer, in business days of its country.
    public static let answerBusinessDays = 10
    /// The time within which what was paid by fraud is to be frozen, if it is still there.
    public static let freezeTime = Duration.seconds(24 * 60 * 60)

    /// Why the issuer wants it back (ISO 20022 ExternalCancellationReason1Code).
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        case duplicate = "DUPL"
        case wrongAmount = "AM09"
        case customerRequest = "CUST"
        case fraud = "FRAD"
        case technical = "TECH"
    }

    /// Where a recall stands. The raw value is what is stored.
    public enum State: Int, Sendable, Hashable, CaseIterable {
        /// The acquirer has been asked.
        case requested = 1
        /// The acquirer has said that it is looking into it (PDCR).
        case pending = 2
        /// Money has gone back (CNCL).
        case accepted = 3
        /// The shop's side keeps the money (RJCR).
        case refused = 4
        /// Nobody answered in time, which counts as a refusal.
        case lapsed = 5
    }

    public let id: RecallID
    public let payment: PaymentID
    public let issuer: ParticipantID
    public let acquirer: ParticipantID
    public let reason: Reason
    /// What is wanted back, in the merchant's currency.
    public let amount: Money
    public let requestedAt: Timestamp
    /// Until when the acquirer may answer.
    public let answerDueAt: Timestamp
    public private(set) var state: State
    /// When it came into its state.
    public private(set) var changedAt: Timestamp
    /// Why the shop's side keeps the money.
    public private(set) var refusal: ReversalRefusal?
    /// What went back because of it.
    public private(set) var refund: RefundID?
    /// What became of the money at the shop's side, where fraud is the reason.
    public private(set) var freeze: Freeze?

    public init(
        id: RecallID,
        payment: PaymentID,
        issuer: ParticipantID,
        acquirer: ParticipantID,
        reason: Reason,
        amount: Money,
        requestedAt: Timestamp,
        answerDueAt: Timestamp,
        state: State = .requested,
        changedAt: Timestamp? = nil,
        refusal: ReversalRefusal? = nil,
        refund: RefundID? = nil,
        freeze: Freeze? = nil
    ) {
        self.id = id
        self.payment = payment
        self.issuer = issuer
        self.acquirer = acquirer
        self.reason = reason
        self.amount = amount
        self.requestedAt = requestedAt
        self.answerDueAt = answerDueAt
        self.state = state
        self.changedAt = changedAt ?? requestedAt
        self.refusal = refusal
        self.refund = refund
        self.freeze = freeze
    }

    /// Moves along the machine's table and says what follows.
    ///
    /// - Parameters:
    ///   - refusal: kept when the recall is refused.
    ///   - refund: kept when money has gone back.
    /// - Throws: ``RefusalCode/recallNotPossible`` where the table has no such edge: the recall has ended otherwise.
    public mutating func handle(
        _ trigger: RecallMachine.Trigger,
        refusal: ReversalRefusal? = nil,
        refund: RefundID? = nil,
        at now: Timestamp
    ) throws(Refusal) -> [RecallMachine.Effect] {
        guard let edge = RecallMachine.edge(from: state, on: trigger) else {
            throw Refusal(.recallNotPossible, "The recall has ended as \(state.name); nothing can be changed any more.")
        }
        guard edge.to != state else { return edge.effects }
        state = edge.to
        changedAt = now
        if edge.to == .refused { self.refusal = refusal }
        if edge.to == .accepted { self.refund = refund }
        return edge.effects
    }

    /// Takes in what the acquirer says of the money.
    ///
    /// - Parameter frozen: how much it holds fast; `nil` when nothing is there any more.
    /// - Throws: ``RefusalCode/recallNotPossible`` where fraud is not the reason, ``RefusalCode/currencyNotSupported``,
    ///   ``RefusalCode/amountMismatch`` for more than is recalled.
    public mutating func report(frozen: Money?, at now: Timestamp) throws(Refusal) {
        guard var freeze else {
            throw Refusal(
                .recallNotPossible,
                "Only what was paid by fraud is frozen; this recall is for \(reason.rawValue)."
            )
        }
        if let frozen {
            guard frozen.currency == amount.currency else {
                throw Refusal(.currencyNotSupported, "This recall is in \(amount.currency).")
            }
            guard frozen.isPositive, frozen.minorUnits <= amount.minorUnits else {
                throw Refusal(.amountMismatch, "At most \(amount) is recalled.")
            }
        }
        freeze.report(frozen: frozen, at: now)
        self.freeze = freeze
    }

    /// Notes that the time for freezing is over; what has been reported stays.
    public mutating func noteFreezeOverdue() { freeze?.noteOverdue() }

    /// The recall as it was first answered.
    public var asRequested: Recall {
        Recall(
            id: id,
            payment: payment,
            issuer: issuer,
            acquirer: acquirer,
            reason: reason,
            amount: amount,
            requestedAt: requestedAt,
            answerDueAt: answerDueAt,
            freeze: freeze.map { Freeze(dueAt: $0.dueAt) }
        )
    }
}

extension Recall.State {
    /// The name in the API: `REQUESTED`.
    public var name: String {
        switch self {
        case .requested: "REQUESTED"
        case .pending: "PENDING"
        case .accepted: "ACCEPTED"
        case .refused: "REFUSED"
        case .lapsed: "LAPSED"
        }
    }

    /// Whether an answer is still waited for.
    public var isOpen: Bool {
        switch self {
        case .requested, .pending: true
        case .accepted, .refused, .lapsed: false
        }
    }
}

extension Recall.Reason {
    /// Why a refund that follows goes back (ExternalReturnReason1Code). That list has no technical reason; FOCR says
    /// that a request for cancellation was followed.
    public var refundReason: Refund.Reason {
        switch self {
        case .duplicate: .duplicate
        case .wrongAmount: .wrongAmount
        case .customerRequest: .customerDecision
        case .fraud: .fraud
        case .technical: .followingRecall
        }
    }
}
