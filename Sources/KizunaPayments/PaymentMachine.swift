/// The life of a payment as data: every way from one state to another, and what is to be done on it.
///
/// One table serves the switch, the tests and the picture in the documentation, so the three cannot disagree.
public enum PaymentMachine {
    /// What happens to a payment. The raw value is what is stored.
    public enum Trigger: Int, Sendable, Hashable, CaseIterable {
        case quoteIssued = 1
        case lapsed = 2
        case submitted = 3
        case checksPassed = 4
        case checksFailed = 5
        case handedToLink = 6
        case abandoned = 7
        case destinationAccepted = 8
        case destinationRefused = 9
        case decisionDeadlinePassed = 10
        case commitRecorded = 11
        case unresolvedTooLong = 12
        case reversalConfirmed = 13
        case reversalRefused = 14
        case reversalOverdue = 15
        /// A destination that has confirmed reversals as often as ``Payment/mostReversals`` claims success once more.
        case contradictedAgain = 16
        case operatorHonoured = 17
        case operatorReversed = 18
        case refundedInPart = 19
        case refundedInFull = 20
    }

    /// What follows from a step; doing it is the switch's job, in the same commit.
    public enum Effect: Sendable, Hashable {
        case placeHolds, postHolds, voidHolds
        /// What is reserved goes to the switch's suspense accounts.
        case suspendHolds
        /// What is in suspense goes to the shop's side, or back to the payer's.
        case paySuspended, returnSuspended
        /// The payment is posted although nothing is reserved for it any more.
        case payAnew
        case start(Clock), stop(Clock)
        case requestCredit, queryStatus, requestReversal
        case tellDestination, tellIssuer
        /// People are to look at it, or need not any more.
        case callOperator, dismissOperator

        /// What is left of an effect for a payment whose reservation has been let go before; see
        /// ``Payment/isReleased``.
        var afterRelease: Effect? {
            switch self {
            case .voidHolds, .suspendHolds, .returnSuspended: nil
            case .paySuspended: .payAnew
            case .placeHolds, .postHolds, .payAnew, .start, .stop, .requestCredit, .queryStatus, .requestReversal,
                .tellDestination, .tellIssuer, .callOperator, .dismissOperator:
                self
            }
        }
    }

    /// What a payment waits for at most for a time.
    public enum Clock: Sendable, Hashable, CaseIterable {
        /// A destination's promise.
        case decision
        /// An answer to the question what became of it.
        case resolution
        /// An answer to a request for reversal.
        case reversal
    }

    /// One way through the picture.
    public struct Edge: Sendable, Hashable {
        public let from: PaymentState
        public let trigger: Trigger
        /// Only for links of this kind; `nil` for both.
        public let link: Participant.LinkKind?
        public let to: PaymentState
        public let effects: [Effect]

        /// Whether the payment is changed by it. A repeat or a late word changes nothing.
        public var moves: Bool { from != to || trigger == .refundedInPart }
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
}
