public import KizunaLedger
public import KizunaMoney

/// What one person wants decided. It can be replaced by anybody, and taken back by whoever made it; only another person
/// approves it.
public struct Proposal<Decision: Sendable & Hashable>: Sendable, Hashable {
    public let id: UniqueID
    public let decision: Decision
    public let proposer: OperatorID
    public let at: Timestamp
    /// What makes the proposer sure; how long it may be is said where it is decided about.
    public let note: String

    public init(id: UniqueID, decision: Decision, proposer: OperatorID, at: Timestamp, note: String) {
        self.id = id
        self.decision = decision
        self.proposer = proposer
        self.at = at
        self.note = note
    }
}

extension Proposal {
    /// Whether somebody has made this proposal before, in the same words.
    public func repeats(_ decision: Decision, by person: OperatorID, note: String) -> Bool {
        (self.decision, proposer, self.note) == (decision, person, note)
    }

    /// - Throws: ``RefusalCode/forbidden`` for another's.
    func checkWithdrawal(by person: OperatorID) throws(Refusal) {
        guard proposer == person else {
            throw Refusal(.forbidden, "Only \(proposer) withdraws this proposal; replace it by another.")
        }
    }
}

extension Optional {
    /// The proposal that a person approves.
    ///
    /// - Parameter id: which one the person has seen, so that nobody approves another by mistake.
    /// - Throws: ``RefusalCode/decisionNotPossible`` when it is not there any more, ``RefusalCode/forbidden`` for the
    ///   proposer.
    func approved<Decision>(
        _ id: UniqueID,
        by person: OperatorID
    ) throws(Refusal) -> Proposal<Decision> where Wrapped == Proposal<Decision> {
        guard let proposal = self, proposal.id == id else {
            throw Refusal(.decisionNotPossible, "This proposal has been withdrawn or replaced; look at the case again.")
        }
        guard proposal.proposer != person else {
            throw Refusal(.forbidden, "Who proposed it cannot approve it: another person must.")
        }
        return proposal
    }
}
