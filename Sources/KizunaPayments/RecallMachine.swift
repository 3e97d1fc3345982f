/// The life of a recall as data: every way from one state to another, and what is to be done on it.
///
/// One table serves the switch, the tests and the picture in the documentation.
public enum RecallMachine {
    /// What happens to a recall.
    public enum Trigger: Int, Sendable, Hashable, CaseIterable {
        /// The acquirer is looking into it.
        case postponed
        /// The acquirer gives the money back.
        case granted
        /// The acquirer keeps it.
        case refused
        /// The shop's side has refunded all of the payment on its own meanwhile.
        case refundedOtherwise
        /// The time to answer is over.
        case answerOverdue
    }

    /// What follows from a step, in the same commit.
    public enum Effect: Sendable, Hashable {
        case stopClocks
        case tellIssuer, tellAcquirer
    }

    /// One way through the picture.
    public struct Edge: Sendable, Hashable {
        public let from: Recall.State
        public let trigger: Trigger
        public let to: Recall.State
        public let effects: [Effect]
    }

    /// The edge that a trigger takes from a state; `nil` where the table has none.
    public static func edge(from state: Recall.State, on trigger: Trigger) -> Edge? {
        edges.first { $0.from == state && $0.trigger == trigger }
    }

    /// Every edge. An answer that comes once more moves nothing; another answer after the end has no edge.
    public static let edges: [Edge] = answering + repeats

    private static let answering: [Edge] = [Recall.State.requested, .pending].flatMap { state in
        [
            Edge(from: state, trigger: .postponed, to: .pending, effects: state == .pending ? [] : [.tellIssuer]),
            Edge(from: state, trigger: .granted, to: .accepted, effects: [.stopClocks, .tellIssuer]),
            Edge(from: state, trigger: .refused, to: .refused, effects: [.stopClocks, .tellIssuer]),
            Edge(
                from: state,
                trigger: .refundedOtherwise,
                to: .accepted,
                effects: [.stopClocks, .tellIssuer, .tellAcquirer]
            ),
            Edge(
                from: state,
                trigger: .answerOverdue,
                to: .lapsed,
                effects: [.stopClocks, .tellIssuer, .tellAcquirer]
            ),
        ]
    }

    private static let repeats: [Edge] = [
        Edge(from: .accepted, trigger: .granted, to: .accepted, effects: []),
        Edge(from: .refused, trigger: .refused, to: .refused, effects: []),
    ]
}
