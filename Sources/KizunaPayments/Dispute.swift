public import KizunaLedger
public import KizunaMoney

/// A disagreement about a payment between its two banks, with evidence and, if they do not agree, an operator's
/// decision (`flows.md` 7). What is granted goes back to the payer as a refund.
public struct Dispute: Sendable, Hashable {
    /// How long after its commit a payment may be disputed (`flows.md` 7).
    public static let window = Duration.seconds(90 * 24 * 60 * 60)
    /// How many business days the bank has whose turn it is.
    public static let businessDays = 10
    /// How many files a case may have: a receipt, an order, a delivery note, some photographs and letters.
    public static let mostEvidence = 10
    /// How often the other side may ask for evidence, so that a case comes to an end.
    public static let mostEvidenceRequests = 3

    /// One of the two banks.
    public enum Side: Int, Sendable, Hashable, CaseIterable {
        case issuer = 1
        case acquirer = 2

        /// The one across.
        public var other: Side { self == .issuer ? .acquirer : .issuer }
    }

    /// What is wrong with the payment.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        case notReceived = "not_received"
        case notAsDescribed = "not_as_described"
        case wrongAmount = "wrong_amount"
        case paidTwice = "paid_twice"
        case refundMissing = "refund_missing"
        case fraud
    }

    /// Where a case stands. The raw value is what is stored.
    public enum State: Int, Sendable, Hashable, CaseIterable {
        /// The other side is to answer.
        case opened = 1
        /// The opening side is to bring evidence.
        case awaitingEvidence = 2
        /// Money has gone back.
        case accepted = 3
        /// The other side says no; the opening side may have an operator decide.
        case rejected = 4
        /// An operator is to decide.
        case escalated = 5
        /// It has ended, and nothing went back because of it.
        case closed = 6
    }

    public let id: DisputeID
    public let payment: PaymentID
    public let issuer: ParticipantID
    public let acquirer: ParticipantID
    public let openedBy: Side
    public let reason: Reason
    /// What is disputed, in the merchant's currency.
    public let amount: Money
    public let openedAt: Timestamp
    /// Until when the other side might answer at first.
    public let answerDueAt: Timestamp
    public private(set) var state: State
    /// When it came into its state.
    public private(set) var changedAt: Timestamp
    /// Until when the side whose turn it is may act; `nil` when nobody's time runs.
    public private(set) var dueAt: Timestamp?
    /// What went back, because of the dispute or of the shop's own accord.
    public private(set) var refund: RefundID?
    /// How many entries its history has.
    public private(set) var eventCount: Int
    public private(set) var evidenceCount: Int
    public private(set) var evidenceRequests: Int
    /// How a person proposes that it ends, or how it has ended so; `nil` where the banks have settled it.
    public internal(set) var proposal: Proposal?
    /// Who has approved the proposal: another person. `nil` while it is only that.
    public internal(set) var approver: OperatorID?

    public init(
        id: DisputeID,
        payment: PaymentID,
        issuer: ParticipantID,
        acquirer: ParticipantID,
        openedBy: Side,
        reason: Reason,
        amount: Money,
        openedAt: Timestamp,
        answerDueAt: Timestamp,
        state: State = .opened,
        changedAt: Timestamp? = nil,
        dueAt: Timestamp?,
        refund: RefundID? = nil,
        eventCount: Int = 1,
        evidenceCount: Int = 0,
        evidenceRequests: Int = 0,
        proposal: Proposal? = nil,
        approver: OperatorID? = nil
    ) {
        self.id = id
        self.payment = payment
        self.issuer = issuer
        self.acquirer = acquirer
        self.openedBy = openedBy
        self.reason = reason
        self.amount = amount
        self.openedAt = openedAt
        self.answerDueAt = answerDueAt
        self.state = state
        self.changedAt = changedAt ?? openedAt
        self.dueAt = dueAt
        self.refund = refund
        self.eventCount = eventCount
        self.evidenceCount = evidenceCount
        self.evidenceRequests = evidenceRequests
        self.proposal = proposal
        self.approver = approver
    }

    /// The institution on a side.
    public func participant(on side: Side) -> ParticipantID {
        switch side {
        case .issuer: issuer
        case .acquirer: acquirer
        }
    }

    /// The side of a role; `nil` for those who are on none.
    public func side(of role: DisputeMachine.Role) -> Side? {
        switch role {
        case .opener: openedBy
        case .respondent: openedBy.other
        case .operations, .system: nil
        }
    }

    /// The side that an institution is on; `nil` for a stranger.
    public func side(of participant: ParticipantID) -> Side? {
        Side.allCases.first { self.participant(on: $0) == participant }
    }

    /// Moves along the machine's table and says what follows.
    ///
    /// - Parameters:
    ///   - role: who acts.
    ///   - dueAt: until when the side may act whose turn it is then, where the new state gives a time.
    /// - Throws: ``RefusalCode/disputeNotPossible`` where the table has no such edge for this role, or a bound is
    ///   reached.
    public mutating func handle(
        _ action: DisputeMachine.Action,
        by role: DisputeMachine.Role,
        dueAt: Timestamp?,
        at now: Timestamp
    ) throws(Refusal) -> [DisputeMachine.Effect] {
        guard let edge = DisputeMachine.edge(from: state, on: action) else {
            throw Refusal(.disputeNotPossible, "A dispute that is \(state.name) does not take this.")
        }
        guard edge.roles.contains(role) else {
            throw Refusal(.disputeNotPossible, "This is not yours to do: it is for \(edge.whose).")
        }
        guard role != .operations || approver != nil else {
            throw Refusal(.disputeNotPossible, "One person proposes how a dispute ends, and another approves it.")
        }
        try count(action)
        eventCount += 1
        guard edge.moves else { return edge.effects }
        state = edge.to
        changedAt = now
        self.dueAt = dueAt
        if approver == nil { proposal = nil }
        return edge.effects
    }

    /// Notes what went back.
    public mutating func note(_ refund: Refund) { self.refund = refund.id }

    /// The dispute as it was first answered.
    public var asOpened: Dispute {
        Dispute(
            id: id,
            payment: payment,
            issuer: issuer,
            acquirer: acquirer,
            openedBy: openedBy,
            reason: reason,
            amount: amount,
            openedAt: openedAt,
            answerDueAt: answerDueAt,
            dueAt: answerDueAt
        )
    }

    private mutating func count(_ action: DisputeMachine.Action) throws(Refusal) {
        if action == .evidenceAdded {
            guard evidenceCount < Dispute.mostEvidence else {
                throw Refusal(.disputeNotPossible, "A case has at most \(Dispute.mostEvidence) files.")
            }
            evidenceCount += 1
        }
        if action == .evidenceAsked {
            guard evidenceRequests < Dispute.mostEvidenceRequests else {
                throw Refusal(
                    .disputeNotPossible,
                    "Evidence can be asked for \(Dispute.mostEvidenceRequests) times; accept or reject the dispute now."
                )
            }
            evidenceRequests += 1
        }
    }
}

extension Dispute.State {
    /// The name in the API: `AWAITING_EVIDENCE`.
    public var name: String {
        switch self {
        case .opened: "OPENED"
        case .awaitingEvidence: "AWAITING_EVIDENCE"
        case .accepted: "ACCEPTED"
        case .rejected: "REJECTED"
        case .escalated: "ESCALATED"
        case .closed: "CLOSED"
        }
    }

    /// Whether something can still come of it.
    public var isOpen: Bool {
        switch self {
        case .opened, .awaitingEvidence, .rejected, .escalated: true
        case .accepted, .closed: false
        }
    }

    /// Whose time runs; nobody's where an operator is to decide, and after the end.
    public var turn: DisputeMachine.Role? {
        switch self {
        case .opened: .respondent
        case .awaitingEvidence, .rejected: .opener
        case .accepted, .escalated, .closed: nil
        }
    }
}

extension Dispute.Reason {
    /// Why a refund that follows goes back (ExternalReturnReason1Code).
    public var refundReason: Refund.Reason {
        switch self {
        case .notReceived: .serviceNotRendered
        case .notAsDescribed, .refundMissing: .customerDecision
        case .wrongAmount: .wrongAmount
        case .paidTwice: .duplicate
        case .fraud: .fraud
        }
    }
}
