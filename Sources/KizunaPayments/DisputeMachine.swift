/// The life of a dispute as data: every way from one state to another, who may go it, and what is to be done on it.
///
/// One table serves the switch, the tests and the picture in the documentation.
public enum DisputeMachine {
    /// What is done with a case. The raw value is what is stored.
    public enum Action: Int, Sendable, Hashable, CaseIterable {
        /// How every case begins; no edge leads here.
        case opened = 1
        case evidenceAdded = 2
        case evidenceAsked = 3
        case evidenceComplete = 4
        case accepted = 5
        case rejected = 6
        case escalated = 7
        case withdrawn = 8
        case upheld = 9
        case dismissed = 10
        /// The shop has refunded all of the payment on its own meanwhile.
        case refundedOtherwise = 11
        case answerOverdue = 12
        case evidenceOverdue = 13
        case escalationOverdue = 14
    }

    /// Who acts on a case.
    public enum Role: Int, Sendable, Hashable, CaseIterable {
        /// The bank that opened it.
        case opener = 1
        /// The other bank.
        case respondent = 2
        /// A person who works for the switch.
        case operations = 3
        /// A deadline, or what the switch sees for itself.
        case system = 4
    }

    /// What follows from a step, in the same commit.
    public enum Effect: Sendable, Hashable {
        case giveBack
        case setClock, stopClock
        case tellOpener, tellRespondent
    }

    /// One way through the picture.
    public struct Edge: Sendable, Hashable {
        public let from: Dispute.State
        public let action: Action
        public let roles: Set<Role>
        public let to: Dispute.State
        public let effects: [Effect]

        /// Whether the case is in another state then. Evidence only adds to it.
        public var moves: Bool { from != to }
    }

    /// The edge that an action takes from a state; `nil` where the table has none.
    public static func edge(from state: Dispute.State, on action: Action) -> Edge? {
        edges.first { $0.from == state && $0.action == action }
    }

    /// Every edge, in the order of a case's life.
    public static let edges: [Edge] = answering + provingIt + deciding + endings + evidence

    private static let answering: [Edge] = [
        edge(.opened, .accepted, [.respondent], .accepted, [.giveBack, .stopClock, .tellOpener]),
        edge(.opened, .rejected, [.respondent], .rejected, [.setClock, .tellOpener]),
        edge(.opened, .evidenceAsked, [.respondent], .awaitingEvidence, [.setClock, .tellOpener]),
        edge(.opened, .answerOverdue, [.system], .escalated, [.stopClock, .tellOpener, .tellRespondent]),
    ]

    private static let provingIt: [Edge] = [
        edge(.awaitingEvidence, .evidenceComplete, [.opener], .opened, [.setClock, .tellRespondent]),
        edge(.awaitingEvidence, .accepted, [.respondent], .accepted, [.giveBack, .stopClock, .tellOpener]),
        edge(.awaitingEvidence, .rejected, [.respondent], .rejected, [.setClock, .tellOpener]),
        edge(.awaitingEvidence, .evidenceOverdue, [.system], .rejected, [.setClock, .tellOpener, .tellRespondent]),
    ]

    private static let deciding: [Edge] = [
        edge(.rejected, .escalated, [.opener], .escalated, [.stopClock, .tellRespondent]),
        edge(.rejected, .accepted, [.respondent], .accepted, [.giveBack, .stopClock, .tellOpener]),
        edge(.rejected, .escalationOverdue, [.system], .closed, [.stopClock, .tellOpener, .tellRespondent]),
        edge(.escalated, .accepted, [.respondent], .accepted, [.giveBack, .tellOpener]),
        edge(.escalated, .upheld, [.operations], .accepted, [.giveBack, .tellOpener, .tellRespondent]),
        edge(.escalated, .dismissed, [.operations], .closed, [.tellOpener, .tellRespondent]),
    ]

    private static let endings: [Edge] = openStates.flatMap { state in
        let clock: [Effect] = state.turn == nil ? [] : [.stopClock]
        return [
            edge(state, .withdrawn, [.opener], .closed, clock + [.tellRespondent]),
            edge(state, .refundedOtherwise, [.system], .closed, clock + [.tellOpener, .tellRespondent]),
        ]
    }

    private static let evidence: [Edge] = openStates.map { state in
        edge(state, .evidenceAdded, [.opener, .respondent], state)
    }

    private static let openStates = Dispute.State.allCases.filter(\.isOpen)

    private static func edge(
        _ from: Dispute.State,
        _ action: Action,
        _ roles: Set<Role>,
        _ to: Dispute.State,
        _ effects: [Effect] = []
    ) -> Edge {
        Edge(from: from, action: action, roles: roles, to: to, effects: effects)
    }
}

extension DisputeMachine.Action {
    /// The name in the API: `EVIDENCE_ASKED`.
    public var name: String {
        switch self {
        case .opened: "OPENED"
        case .evidenceAdded: "EVIDENCE_ADDED"
        case .evidenceAsked: "EVIDENCE_ASKED"
        case .evidenceComplete: "EVIDENCE_COMPLETE"
        case .accepted: "ACCEPTED"
        case .rejected: "REJECTED"
        case .escalated: "ESCALATED"
        case .withdrawn: "WITHDRAWN"
        case .upheld: "UPHELD"
        case .dismissed: "DISMISSED"
        case .refundedOtherwise: "REFUNDED_OTHERWISE"
        case .answerOverdue: "ANSWER_OVERDUE"
        case .evidenceOverdue: "EVIDENCE_OVERDUE"
        case .escalationOverdue: "ESCALATION_OVERDUE"
        }
    }

    /// What a deadline that passes in a state does; `nil` where none runs.
    public static func overdue(in state: Dispute.State) -> DisputeMachine.Action? {
        switch state {
        case .opened: .answerOverdue
        case .awaitingEvidence: .evidenceOverdue
        case .rejected: .escalationOverdue
        case .accepted, .escalated, .closed: nil
        }
    }
}

extension DisputeMachine.Edge {
    /// Who may go this way, in words.
    var whose: String {
        let names = DisputeMachine.Role.allCases.filter(roles.contains).map { role in
            switch role {
            case .opener: "the bank that opened the dispute"
            case .respondent: "the other bank"
            case .operations: "the operator of the switch"
            case .system: "the switch itself"
            }
        }
        return names.joined(separator: " and ")
    }
}
