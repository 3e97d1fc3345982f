import KizunaPayments

/// The picture of a payment's life, drawn from the machine's own table.
package enum PaymentPicture {
    package static func drawn() -> String {
        let picture = MachinePicture(
            nodes: PaymentState.allCases.map(node),
            ways: PaymentMachine.edges.map {
                MachinePicture.Way(from: $0.from.name, to: $0.to.name, label: label($0))
            }
        )
        let edges = PaymentMachine.edges.map { "\($0.from.name) to \($0.to.name): \(label($0))" }
        return picture.drawn(
            title: "The states of a payment and what leads from one to another",
            description: edges.joined(separator: "; ") + ".",
            labelPlaces: [
                "SENT REJECTED": 0.3, "RESERVED REJECTED": 0.7, "REVERSED EXCEPTION": 0.6, "REJECTED REVERSING": 0.45,
                "EXCEPTION COMPLETED": 0.45,
            ]
        )
    }

    /// Where a state stands: what goes well in the first row, what does not below.
    private static func node(_ state: PaymentState) -> MachinePicture.Node {
        let (column, row): (Double, Double)
        switch state {
        case .resolved: (column, row) = (0, 0)
        case .quoted: (column, row) = (1, 0)
        case .submitted: (column, row) = (2, 0)
        case .reserved: (column, row) = (3, 0)
        case .sent: (column, row) = (4, 0)
        case .accepted: (column, row) = (5, 0)
        case .completed: (column, row) = (6, 0)
        case .partiallyRefunded: (column, row) = (7.4, 0)
        case .expired: (column, row) = (0.5, 1)
        case .rejected: (column, row) = (3, 1)
        case .unknown: (column, row) = (5, 1)
        case .refunded: (column, row) = (7.4, 1)
        case .reversed: (column, row) = (3, 2.2)
        case .reversing: (column, row) = (5, 2.2)
        case .exception: (column, row) = (6, 3.2)
        }
        return MachinePicture.Node(state.name, column: column, row: row, style: style(of: state))
    }

    private static func style(of state: PaymentState) -> String {
        switch state {
        case .completed, .partiallyRefunded, .refunded, .rejected, .reversed, .expired: "final"
        case .unknown, .reversing, .exception: "care"
        case .resolved, .quoted, .submitted, .reserved, .sent, .accepted: "box"
        }
    }

    private static func label(_ edge: PaymentMachine.Edge) -> String {
        let isAmbiguous = PaymentMachine.edges.contains {
            $0.from == edge.from && $0.trigger == edge.trigger && $0.link != edge.link
        }
        switch edge.link {
        case .twoPhase? where isAmbiguous: return "\(words(edge.trigger)) (two-phase)"
        case .singlePhase? where isAmbiguous: return "\(words(edge.trigger)) (single-phase)"
        case .twoPhase?, .singlePhase?, nil: return words(edge.trigger)
        }
    }

    private static func words(_ trigger: PaymentMachine.Trigger) -> String {
        switch trigger {
        case .quoteIssued: "quoted"
        case .lapsed: "time is over"
        case .submitted: "submitted"
        case .checksPassed: "checks passed"
        case .checksFailed: "checks failed"
        case .handedToLink: "handed over"
        case .abandoned: "abandoned"
        case .destinationAccepted: "accepted"
        case .destinationRefused: "refused"
        case .decisionDeadlinePassed: "20 s are over"
        case .commitRecorded: "committed"
        case .unresolvedTooLong: "10 min are over"
        case .reversalConfirmed: "reversal confirmed"
        case .reversalRefused: "reversal refused"
        case .reversalOverdue: "24 h are over"
        case .contradictedAgain: "accepted again"
        case .operatorHonoured: "two persons honour"
        case .operatorReversed: "two persons reverse"
        case .refundedInPart: "part refunded"
        case .refundedInFull: "all refunded"
        }
    }
}
