import KizunaLedger
import KizunaPayments

extension JSON {
    /// A payment as those see it who decide about it. Names and accounts are none of their business.
    init(_ opened: ExceptionCase, of payment: Payment) {
        self = [
            "paymentId": JSON(name: payment.id),
            "uetr": JSON(name: payment.uetr),
            "state": .string(payment.state.name),
            "issuer": JSON(name: payment.issuer),
            "acquirer": JSON(name: payment.acquirer),
            "merchantAmount": JSON(payment.price.merchantAmount),
            "payerDebit": JSON(payment.price.payerDebit),
            "submittedAt": JSON(payment.submittedAt),
            "cause": .string(opened.cause.name),
            "openedAt": JSON(opened.openedAt),
            "lastWord": JSON(opened.lastWord?.word),
            "reversalRefusal": JSON(opened.refusal?.rawValue),
            "proposal": opened.proposal.map { JSON($0, $0.decision.name) } ?? .null,
            "approver": JSON(opened.closing?.approver.description),
            "closedAt": opened.closing.map { JSON($0.at) } ?? .null,
        ]
    }
}

extension ExceptionCase.Decision {
    package var name: String {
        switch self {
        case .honour: "HONOUR"
        case .reverse: "REVERSE"
        }
    }
}

extension ExceptionCase.Cause {
    package var name: String {
        switch self {
        case .unresolved: "UNRESOLVED"
        case .paidAfterAbort: "PAID_AFTER_ABORT"
        case .reversalRefused: "REVERSAL_REFUSED"
        case .reversalOverdue: "REVERSAL_OVERDUE"
        case .contradicted: "CONTRADICTED"
        }
    }
}

extension PaymentMachine.Trigger {
    /// The word that a destination said, as it says it; nothing for what is no word of a destination.
    fileprivate var word: String? {
        switch self {
        case .destinationAccepted, .contradictedAgain: "ACCEPTED"
        case .destinationRefused: "REJECTED"
        case .reversalConfirmed: "CANCELLED"
        case .reversalRefused: "REFUSED"
        case .quoteIssued, .lapsed, .submitted, .checksPassed, .checksFailed, .handedToLink, .abandoned,
            .decisionDeadlinePassed, .commitRecorded, .unresolvedTooLong, .reversalOverdue, .operatorHonoured,
            .operatorReversed, .refundedInPart, .refundedInFull:
            nil
        }
    }
}

extension Schema {
    static let exceptionCase = answer([
        "paymentId": .id(ExampleID.payment),
        "uetr": .id(ExampleID.uetr),
        "state": .words(PaymentState.allCases.map(\.name), "COMPLETED"),
        "issuer": .participant("mekong-bank"),
        "acquirer": .participant("naniwa-acquiring"),
        "merchantAmount": .yen("1980"),
        "payerDebit": .riel("53642"),
        "submittedAt": .timestamp,
        "cause": .words(ExceptionCase.Cause.allCases.map(\.name), ExceptionCase.Cause.contradicted.name),
        "openedAt": .timestamp,
        "lastWord": .words(["ACCEPTED", "REJECTED", "CANCELLED", "REFUSED"], "REJECTED").nullable
            .saying("What the destination has said since."),
        "reversalRefusal": .words(ReversalRefusal.allCases, .customerDecision).null,
        "proposal": proposal.null,
        "approver": .text(2...20, "dara").null,
        "closedAt": .timestamp.null,
    ])
    .named("Exception", "A payment that people were called to, as those see it who decide.")

    /// A case that two persons have decided.
    static let closedExceptionCase = exceptionCase.telling([
        "proposal": proposal.example, "approver": "dara", "closedAt": timestamp.example,
    ])

    static let proposal = proposal(
        ExceptionCase.Decision.allCases.map(\.name),
        note: .text(1...ExceptionCase.longestNote, "The shop's bank confirms by letter.")
    )
    .named("Proposal", "What one person wants done; another approves it.")
}
