public import KizunaLedger
public import KizunaMoney

/// A payment that people look at: why, what one of them has proposed, and what another has approved (`flows.md` 4.6).
///
/// Nobody decides alone. A proposal can be replaced by anybody, and withdrawn by whoever made it; only another person
/// approves it.
public struct ExceptionCase: Sendable, Hashable {
    /// Why people are called. The raw value is what is stored.
    public enum Cause: Int, Sendable, Hashable, CaseIterable {
        /// Ten minutes without an answer; the destination is asked to undo the payment.
        case unresolved = 1
        /// The destination claims success although the payment had been rejected or reversed; it is asked to undo it.
        case paidAfterAbort = 2
        /// The destination does not undo it.
        case reversalRefused = 3
        /// The destination has not answered for a day.
        case reversalOverdue = 4
        /// The destination's word goes against what has been decided for good.
        case contradicted = 5
    }

    /// What becomes of the payment. The raw value is what is stored.
    public enum Decision: Int, Sendable, Hashable, CaseIterable {
        /// The shop was paid: the payer pays.
        case honour = 1
        /// The shop was not paid: the payer keeps his money.
        case reverse = 2
    }

    /// Its note has at most ``longestNote`` characters.
    public typealias Proposal = KizunaPayments.Proposal<Decision>

    /// Who approved a proposal, and when.
    public struct Closing: Sendable, Hashable {
        public let approver: OperatorID
        public let at: Timestamp

        public init(approver: OperatorID, at: Timestamp) {
            self.approver = approver
            self.at = at
        }
    }

    /// As much as ISO 20022 has for a remark (Max140Text).
    public static let longestNote = 140

    public let payment: PaymentID
    public private(set) var cause: Cause
    public let openedAt: Timestamp
    /// What the destination has said since, that moved nothing.
    public private(set) var lastWord: PaymentMachine.Trigger?
    /// Why it does not undo the payment.
    public private(set) var refusal: ReversalRefusal?
    public private(set) var proposal: Proposal?
    /// `nil` while the case is open.
    public private(set) var closing: Closing?

    public init(
        payment: PaymentID,
        cause: Cause,
        openedAt: Timestamp,
        lastWord: PaymentMachine.Trigger? = nil,
        refusal: ReversalRefusal? = nil,
        proposal: Proposal? = nil,
        closing: Closing? = nil
    ) {
        self.payment = payment
        self.cause = cause
        self.openedAt = openedAt
        self.lastWord = lastWord
        self.refusal = refusal
        self.proposal = proposal
        self.closing = closing
    }
}

// MARK: Coming about

extension ExceptionCase {
    /// The case of a payment after something has happened to it that people are to see.
    ///
    /// - Parameters:
    ///   - state: where the payment stood when it happened.
    ///   - before: the payment's case so far, open or closed.
    public static func after(
        _ trigger: PaymentMachine.Trigger,
        from state: PaymentState,
        refusal: ReversalRefusal?,
        of payment: PaymentID,
        before: ExceptionCase?,
        at now: Timestamp
    ) -> ExceptionCase {
        let cause = Cause(trigger, from: state)
        // What has been looked at and closed is not shown again for the same word repeated.
        if let before, before.closing != nil, before.cause == .contradicted, before.lastWord == trigger {
            return before
        }
        var after = ExceptionCase(payment: payment, cause: cause ?? .contradicted, openedAt: now)
        if let before, before.closing == nil {
            after = before
            if let cause { after.cause = cause }
        }
        if cause == nil || cause == .contradicted { after.lastWord = trigger }
        after.refusal = refusal ?? after.refusal
        return after
    }
}

extension ExceptionCase.Cause {
    /// The cause that a trigger makes; none for a word that comes while people decide.
    fileprivate init?(_ trigger: PaymentMachine.Trigger, from state: PaymentState) {
        switch (trigger, state) {
        case (.unresolvedTooLong, _): self = .unresolved
        case (.destinationAccepted, .rejected), (.destinationAccepted, .reversed), (.contradictedAgain, _):
            self = .paidAfterAbort
        case (.reversalRefused, .reversing): self = .reversalRefused
        case (.reversalOverdue, _): self = .reversalOverdue
        case (_, .exception): return nil
        default: self = .contradicted
        }
    }
}

// MARK: Deciding

extension ExceptionCase {
    /// Proposes what shall become of the payment, in place of what was proposed before.
    ///
    /// - Throws: ``RefusalCode/decisionNotPossible`` for a closed case, or a decision that the payment's state does not
    ///   leave.
    public mutating func propose(_ proposal: Proposal, for payment: Payment) throws(Refusal) {
        try checkOpen()
        try ExceptionCase.check(proposal.decision, for: payment)
        self.proposal = proposal
    }

    /// Takes a proposal back.
    ///
    /// - Throws: ``RefusalCode/decisionNotPossible`` when there is none, ``RefusalCode/forbidden`` for another's.
    public mutating func withdraw(by person: OperatorID) throws(Refusal) {
        try checkOpen()
        guard let proposal else { throw Refusal(.decisionNotPossible, "Nothing is proposed for this payment.") }
        try proposal.checkWithdrawal(by: person)
        self.proposal = nil
    }

    /// Approves a proposal and thereby closes the case.
    ///
    /// - Parameter id: which proposal the person has seen, so that nobody approves another by mistake.
    /// - Throws: ``RefusalCode/decisionNotPossible`` when it is not there any more, or the payment has moved on;
    ///   ``RefusalCode/forbidden`` for the proposer.
    public mutating func approve(
        _ id: UniqueID,
        for payment: Payment,
        by person: OperatorID,
        at now: Timestamp
    ) throws(Refusal) -> Proposal {
        try checkOpen()
        let proposal = try self.proposal.approved(id, by: person)
        try ExceptionCase.check(proposal.decision, for: payment)
        closing = Closing(approver: person, at: now)
        return proposal
    }

    private func checkOpen() throws(Refusal) {
        guard let closing else { return }
        throw Refusal(.decisionNotPossible, "\(closing.approver) has approved a decision on this payment already.")
    }

    /// In EXCEPTION both ways are open. What is final stays as it is: people confirm that they have seen it.
    private static func check(_ decision: Decision, for payment: Payment) throws(Refusal) {
        switch (payment.state, decision) {
        case (.exception, _), (.completed, .honour), (.partiallyRefunded, .honour), (.refunded, .honour),
            (.reversed, .reverse):
            return
        case (.completed, .reverse), (.partiallyRefunded, .reverse), (.refunded, .reverse):
            throw Refusal(.decisionNotPossible, "The payment is final; the shop's bank can refund it.")
        case (.reversed, .honour):
            throw Refusal(.decisionNotPossible, "The payment has been reversed for good; the payer can pay again.")
        case (.reversing, _):
            throw Refusal(.decisionNotPossible, "The shop's bank is still being asked to undo the payment.")
        case (.resolved, _), (.quoted, _), (.submitted, _), (.reserved, _), (.sent, _), (.accepted, _), (.rejected, _),
            (.unknown, _), (.expired, _):
            throw Refusal(.decisionNotPossible, "A payment that is \(payment.state.name) needs no decision.")
        }
    }
}
