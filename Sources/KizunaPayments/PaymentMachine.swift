/// The life of a payment as data: every way from one state to another, and what is to be done on it.
///
/// One table serves the switch, the tests and the picture in the documentation, so the three cannot disagree.
public enum PaymentMachine {
    /// What happens to a payment.
    public enum Trigger: Int, Sendable, Hashable, CaseIterable {
        case quoteIssued, lapsed, submitted
        case checksPassed, checksFailed
        case handedToLink, abandoned
        case destinationAccepted, destinationRefused
        case decisionDeadlinePassed
        case commitRecorded
        case unresolvedTooLong
        case reversalConfirmed, reversalRefused, reversalOverdue
        case operatorHonoured, operatorReversed
        case refundedInPart, refundedInFull
    }

    /// What follows from a step; doing it is the switch's job, in the same commit.
    public enum Effect: Sendable, Hashable {
        case placeHolds, postHolds, voidHolds
        case startDecisionClock, stopDecisionClock
        case requestCredit, queryStatus, requestReversal
        case tellDestination, tellIssuer
        case callOperator
    }

    /// One way through the picture.
    public struct Edge: Sendable, Hashable {
        public let from: PaymentState
        public let trigger: Trigger
        /// Only for links of this kind; `nil` for both.
        public let link: Participant.LinkKind?
        public let to: PaymentState
        public let effects: [Effect]

        /// A repeat or a late word that moves nothing.
        public var isLoop: Bool { from == to }
    }

    /// Thrown for a trigger that makes no sense in a state: somebody broke the order of things.
    public struct OutOfOrder: Error, Sendable, Hashable {
        public let state: PaymentState
        public let trigger: Trigger
    }

    /// The edge that a trigger takes from a state.
    ///
    /// - Throws: ``OutOfOrder`` where the table has none.
    public static func edge(
        from state: PaymentState,
        on trigger: Trigger,
        link: Participant.LinkKind
    ) throws(OutOfOrder) -> Edge {
        guard let edge = index[Place(state: state, trigger: trigger, link: link)] else {
            throw OutOfOrder(state: state, trigger: trigger)
        }
        return edge
    }

    private struct Place: Hashable {
        let state: PaymentState
        let trigger: Trigger
        let link: Participant.LinkKind
    }

    private static let index: [Place: Edge] = {
        var index: [Place: Edge] = [:]
        for edge in edges {
            for link in edge.link.map({ [$0] }) ?? [.twoPhase, .singlePhase] {
                let place = Place(state: edge.from, trigger: edge.trigger, link: link)
                precondition(index.updateValue(edge, forKey: place) == nil, "Two edges for one trigger: \(edge)")
            }
        }
        return index
    }()

    private static func edge(
        _ from: PaymentState,
        _ trigger: Trigger,
        _ to: PaymentState,
        _ effects: [Effect] = [],
        link: Participant.LinkKind? = nil
    ) -> Edge {
        Edge(from: from, trigger: trigger, link: link, to: to, effects: effects)
    }

    /// Every edge, in the order of a payment's life.
    public static let edges: [Edge] = beforeSending + deciding + resolvingTheUnknown + refunding + lateWords

    private static let beforeSending: [Edge] = [
        edge(.resolved, .quoteIssued, .quoted),
        edge(.resolved, .lapsed, .expired),
        edge(.quoted, .lapsed, .expired),
        edge(.quoted, .submitted, .submitted),
        edge(.submitted, .checksFailed, .rejected, [.tellIssuer]),
        edge(.submitted, .checksPassed, .reserved, [.placeHolds]),
        edge(.reserved, .abandoned, .rejected, [.voidHolds, .tellIssuer]),
        edge(.reserved, .handedToLink, .sent, [.requestCredit, .startDecisionClock]),
    ]

    private static let deciding: [Edge] = [
        edge(.sent, .destinationAccepted, .accepted, [.stopDecisionClock]),
        edge(.accepted, .commitRecorded, .completed, [.postHolds, .tellDestination, .tellIssuer]),
        edge(.sent, .destinationRefused, .rejected, [.stopDecisionClock, .voidHolds, .tellIssuer]),
        edge(
            .sent,
            .decisionDeadlinePassed,
            .rejected,
            [.stopDecisionClock, .voidHolds, .tellDestination, .tellIssuer],
            link: .twoPhase
        ),
        edge(
            .sent,
            .decisionDeadlinePassed,
            .unknown,
            [.stopDecisionClock, .queryStatus, .tellIssuer],
            link: .singlePhase
        ),
    ]

    private static let resolvingTheUnknown: [Edge] = [
        edge(.unknown, .destinationAccepted, .completed, [.postHolds, .tellDestination, .tellIssuer]),
        edge(.unknown, .destinationRefused, .rejected, [.voidHolds, .tellIssuer]),
        edge(.unknown, .unresolvedTooLong, .reversing, [.requestReversal, .callOperator]),
        edge(.reversing, .reversalConfirmed, .reversed, [.voidHolds, .tellIssuer]),
        edge(.reversing, .reversalRefused, .exception, [.callOperator]),
        edge(.reversing, .reversalOverdue, .exception, [.callOperator]),
        edge(.exception, .operatorHonoured, .completed, [.postHolds, .tellDestination, .tellIssuer]),
        edge(.exception, .operatorReversed, .reversed, [.voidHolds, .tellDestination, .tellIssuer]),
    ]

    private static let refunding: [Edge] = [
        edge(.completed, .refundedInPart, .partiallyRefunded),
        edge(.completed, .refundedInFull, .refunded),
        edge(.partiallyRefunded, .refundedInPart, .partiallyRefunded),
        edge(.partiallyRefunded, .refundedInFull, .refunded),
    ]

    /// Repeats and late answers: the destination is told the decision again, and nothing moves.
    private static let lateWords: [Edge] =
        [PaymentState.completed, .partiallyRefunded, .refunded, .rejected, .reversed].flatMap { state in
            [
                edge(state, .destinationAccepted, state, state.isPaid ? [] : [.tellDestination]),
                edge(state, .destinationRefused, state, state.isPaid ? [.callOperator] : []),
                edge(state, .decisionDeadlinePassed, state),
            ]
        } + [
            edge(.accepted, .destinationAccepted, .accepted),
            edge(.unknown, .decisionDeadlinePassed, .unknown),
        ]
}
