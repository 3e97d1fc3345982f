/// The table itself (`flows.md` 4.6), in the order of a payment's life.
///
/// Where a destination contradicts itself, money follows the switch's decision, and the destination's word is never
/// dropped: it is undone by a reversal, or people look at it.
extension PaymentMachine {
    /// Every edge.
    public static let edges: [Edge] =
        beforeSending + deciding + resolvingTheUnknown + reversing + decidedByPeople + refunding + lateWords

    /// These happen within one step: a submission that is refused leaves its answer and no payment.
    private static let beforeSending: [Edge] = [
        edge(.resolved, .quoteIssued, .quoted),
        edge(.resolved, .lapsed, .expired),
        edge(.quoted, .lapsed, .expired),
        edge(.quoted, .submitted, .submitted),
        edge(.submitted, .checksFailed, .rejected, [.tellIssuer]),
        edge(.submitted, .checksPassed, .reserved, [.placeHolds]),
        edge(.reserved, .abandoned, .rejected, [.voidHolds, .tellIssuer]),
        edge(.reserved, .handedToLink, .sent, [.requestCredit, .start(.decision)]),
    ]

    private static let deciding: [Edge] = [
        edge(.sent, .destinationAccepted, .accepted, [.stop(.decision)]),
        edge(.accepted, .commitRecorded, .completed, [.postHolds, .tellDestination, .tellIssuer]),
        edge(.sent, .destinationRefused, .rejected, [.stop(.decision), .voidHolds, .tellIssuer]),
        edge(
            .sent,
            .decisionDeadlinePassed,
            .rejected,
            [.stop(.decision), .voidHolds, .tellDestination, .tellIssuer],
            link: .twoPhase
        ),
        edge(
            .sent,
            .decisionDeadlinePassed,
            .unknown,
            [.stop(.decision), .start(.resolution), .queryStatus, .tellIssuer],
            link: .singlePhase
        ),
    ]

    /// Only an answer ends the unknown; time alone leads to the next question. A destination that says it never had the
    /// payment is told that it is aborted, so that it refuses a request which is still on its way.
    private static let resolvingTheUnknown = onSinglePhaseLinks([
        edge(
            .unknown,
            .destinationAccepted,
            .completed,
            [.stop(.resolution), .postHolds, .tellDestination, .tellIssuer]
        ),
        edge(
            .unknown,
            .destinationRefused,
            .rejected,
            [.stop(.resolution), .voidHolds, .tellDestination, .tellIssuer]
        ),
        edge(
            .unknown,
            .unresolvedTooLong,
            .reversing,
            [.stop(.resolution), .start(.reversal), .requestReversal, .callOperator, .tellIssuer]
        ),
    ])

    /// Once a reversal has been asked for, a word of success cannot be honoured any more: the destination may have undone
    /// it since. A word that it never credited is as good as a reversal.
    private static let reversing = onSinglePhaseLinks(
        [
            edge(
                .reversing,
                .reversalConfirmed,
                .reversed,
                [.stop(.reversal), .voidHolds, .dismissOperator, .tellIssuer]
            ),
            edge(
                .reversing,
                .destinationRefused,
                .reversed,
                [.stop(.reversal), .voidHolds, .dismissOperator, .tellIssuer]
            ),
            edge(.reversing, .destinationAccepted, .reversing),
            edge(
                .reversing,
                .reversalRefused,
                .exception,
                [.stop(.reversal), .suspendHolds, .callOperator, .tellIssuer]
            ),
            edge(
                .reversing,
                .reversalOverdue,
                .exception,
                [.stop(.reversal), .suspendHolds, .callOperator, .tellIssuer]
            ),
            edge(.reversed, .contradictedAgain, .exception, [.callOperator, .tellIssuer]),
        ]
            + [PaymentState.rejected, .reversed].map {
                edge($0, .destinationAccepted, .reversing, [.start(.reversal), .requestReversal, .callOperator])
            }
    )

    /// What the destination says while people decide is put before them and decides nothing.
    private static let decidedByPeople = onSinglePhaseLinks(
        [
            edge(
                .exception,
                .operatorHonoured,
                .completed,
                [.paySuspended, .dismissOperator, .tellDestination, .tellIssuer]
            ),
            edge(
                .exception,
                .operatorReversed,
                .reversed,
                [.returnSuspended, .dismissOperator, .tellDestination, .tellIssuer]
            ),
        ]
            + [Trigger.destinationAccepted, .destinationRefused, .reversalConfirmed, .reversalRefused].map {
                edge(.exception, $0, .exception, [.callOperator])
            }
    )

    private static let refunding: [Edge] = [
        edge(.completed, .refundedInPart, .partiallyRefunded),
        edge(.completed, .refundedInFull, .refunded),
        edge(.partiallyRefunded, .refundedInPart, .partiallyRefunded),
        edge(.partiallyRefunded, .refundedInFull, .refunded),
    ]

    /// Repeats move nothing. A word against what has been decided moves nothing either, for what is final stays so; but
    /// people are called.
    private static let lateWords: [Edge] =
        [PaymentState.completed, .partiallyRefunded, .refunded].flatMap { state in
            [
                edge(state, .destinationAccepted, state),
                edge(state, .destinationRefused, state, [.callOperator]),
                edge(state, .reversalRefused, state, link: .singlePhase),
                edge(state, .reversalConfirmed, state, [.callOperator], link: .singlePhase),
            ]
        } + [
            edge(.rejected, .destinationAccepted, .rejected, [.tellDestination], link: .twoPhase),
            edge(.rejected, .destinationRefused, .rejected),
        ]
        + onSinglePhaseLinks([
            edge(.reversed, .destinationRefused, .reversed),
            edge(.reversed, .reversalConfirmed, .reversed),
            edge(.reversed, .reversalRefused, .reversed, [.callOperator]),
        ])

    private static func edge(
        _ from: PaymentState,
        _ trigger: Trigger,
        _ to: PaymentState,
        _ effects: [Effect] = [],
        link: Participant.LinkKind? = nil
    ) -> Edge {
        Edge(from: from, trigger: trigger, link: link, to: to, effects: effects)
    }

    /// A two-phase destination is aborted safely, so it never comes this far.
    private static func onSinglePhaseLinks(_ edges: [Edge]) -> [Edge] {
        edges.map { edge($0.from, $0.trigger, $0.to, $0.effects, link: .singlePhase) }
    }
}
