public import KizunaLedger
public import KizunaMoney

/// Names a dispute; version 7.
public typealias DisputeID = Identifier<Dispute>
/// Names a file of a dispute; version 7.
public typealias EvidenceID = Identifier<Evidence>

/// An entry in a case's history: what was done, when, and by whom. It never changes.
public struct DisputeEvent: Sendable, Hashable {
    /// How long the words may be that somebody adds.
    public static let longestNote = 1_000

    /// Who did it.
    public enum Actor: Sendable, Hashable {
        case participant(ParticipantID)
        /// A person who works for the switch; without a name at the command line on its own machine.
        case operations(OperatorID?)
        case system
    }

    /// Names an entry: its case, and its place there.
    public struct Key: Sendable, Hashable {
        public let dispute: DisputeID
        /// From 1 on.
        public let number: Int

        public init(dispute: DisputeID, number: Int) {
            self.dispute = dispute
            self.number = number
        }
    }

    public let key: Key
    public let action: DisputeMachine.Action
    public let actor: Actor
    /// Where the case stood afterwards.
    public let state: Dispute.State
    public let at: Timestamp
    /// Words for people. They may name persons, so they are for the two banks and operators only.
    public let note: String?
    /// The file that was added.
    public let evidence: EvidenceID?

    public init(
        key: Key,
        action: DisputeMachine.Action,
        actor: Actor,
        state: Dispute.State,
        at: Timestamp,
        note: String?,
        evidence: EvidenceID? = nil
    ) {
        self.key = key
        self.action = action
        self.actor = actor
        self.state = state
        self.at = at
        self.note = note
        self.evidence = evidence
    }
}
