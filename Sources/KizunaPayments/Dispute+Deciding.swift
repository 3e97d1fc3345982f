public import KizunaLedger

/// How a dispute is decided that the banks could not settle (`flows.md` 7): one person proposes, another approves.
extension Dispute {
    /// How people end a case. The raw value is what is stored.
    public enum Decision: Int, Sendable, Hashable, CaseIterable {
        /// For the bank that opened it: the money goes back.
        case uphold = 1
        /// Against it: nothing goes back.
        case dismiss = 2
    }

    /// Its note has at most ``DisputeEvent/longestNote`` characters, and both banks read it once it is approved.
    public typealias Proposal = KizunaPayments.Proposal<Decision>

    /// Proposes how the case shall end, in place of what was proposed before.
    ///
    /// - Throws: ``RefusalCode/decisionNotPossible`` where people have nothing to decide.
    public mutating func propose(_ proposal: Proposal) throws(Refusal) {
        try checkEscalated()
        self.proposal = proposal
    }

    /// Takes a proposal back.
    ///
    /// - Throws: ``RefusalCode/decisionNotPossible`` when there is none, ``RefusalCode/forbidden`` for another's.
    public mutating func withdrawProposal(by person: OperatorID) throws(Refusal) {
        try checkEscalated()
        guard let proposal else { throw Refusal(.decisionNotPossible, "Nothing is proposed for this dispute.") }
        try proposal.checkWithdrawal(by: person)
        self.proposal = nil
    }

    /// Approves a proposal, so that ``handle(_:by:dueAt:at:)`` does what it says.
    ///
    /// - Parameter id: which proposal the person has seen, so that nobody approves another by mistake.
    /// - Throws: ``RefusalCode/decisionNotPossible`` when it is not there any more, or the case has moved on;
    ///   ``RefusalCode/forbidden`` for the proposer.
    public mutating func approve(_ id: UniqueID, by person: OperatorID) throws(Refusal) -> Proposal {
        try checkEscalated()
        let proposal = try self.proposal.approved(id, by: person)
        approver = person
        return proposal
    }

    private func checkEscalated() throws(Refusal) {
        guard state == .escalated else {
            throw Refusal(.decisionNotPossible, "A dispute that is \(state.name) is not for operators to decide.")
        }
    }
}

extension Dispute.Decision {
    /// What it does to the case.
    public var action: DisputeMachine.Action {
        switch self {
        case .uphold: .upheld
        case .dismiss: .dismissed
        }
    }
}
