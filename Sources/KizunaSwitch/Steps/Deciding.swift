import KizunaLedger
import KizunaMoney
import KizunaPayments

/// A person proposes what shall become of a payment that people were called to.
func propose(
    _ command: ProposeDecision,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let person = try person(caller)
    var (payment, opened) = try transaction.caseOfPayment(command.payment)
    if opened.closing == nil, opened.proposal?.repeats(command.decision, by: person, note: command.note) == true {
        return .exceptionCase(opened, payment)
    }
    let proposal = ExceptionCase.Proposal(
        id: .version7(at: now, using: &random),
        decision: command.decision,
        proposer: person,
        at: now,
        note: command.note
    )
    try ruled { () throws(Refusal) in try opened.propose(proposal, for: payment) }
    transaction.exceptionCases.set(payment.id, opened)
    return .exceptionCase(opened, payment)
}

/// A person takes back what he or she has proposed; what is gone already is taken back.
func withdrawProposal(
    for id: PaymentID,
    by caller: Caller,
    in transaction: inout Transaction
) throws(StepFailure) -> Reply {
    let person = try person(caller)
    var (payment, opened) = try transaction.caseOfPayment(id)
    if opened.proposal != nil {
        try ruled { () throws(Refusal) in try opened.withdraw(by: person) }
        transaction.exceptionCases.set(id, opened)
    }
    return .exceptionCase(opened, payment)
}

/// Another person approves, and it happens, in one commit.
func approve(
    _ command: ApproveProposal,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let person = try person(caller)
    var (payment, opened) = try transaction.caseOfPayment(command.payment)
    if opened.closing?.approver == person, opened.proposal?.id == command.proposal {
        return .exceptionCase(opened, payment)
    }
    let proposal = try ruled { () throws(Refusal) in
        try opened.approve(command.proposal, for: payment, by: person, at: now)
    }
    if payment.state == .exception {
        try advance(
            &payment,
            on: proposal.decision.trigger,
            by: .operators(proposer: proposal.proposer, approver: person),
            reason: .timeoutDestination,
            in: &transaction,
            at: now,
            using: &random
        )
    }
    transaction.exceptionCases.set(payment.id, opened)
    return .exceptionCase(opened, payment)
}

extension ExceptionCase.Decision {
    fileprivate var trigger: PaymentMachine.Trigger {
        switch self {
        case .honour: .operatorHonoured
        case .reverse: .operatorReversed
        }
    }
}

extension Transaction {
    fileprivate func caseOfPayment(_ id: PaymentID) throws(StepFailure) -> (Payment, ExceptionCase) {
        try require([.payment(id), .exceptionCase(id)])
        guard let payment = payments[id], let opened = exceptionCases[id] else {
            throw .refused(Refusal(.notFound, "Nobody has been called to a payment with this id."))
        }
        return (payment, opened)
    }

    /// Puts a payment before people, or what has happened to it since.
    mutating func callOperator(
        to payment: Payment,
        after trigger: PaymentMachine.Trigger,
        from state: PaymentState,
        _ refusal: ReversalRefusal?,
        at now: Timestamp
    ) {
        let before = exceptionCases[payment.id]
        let after = ExceptionCase.after(
            trigger,
            from: state,
            refusal: refusal,
            of: payment.id,
            before: before,
            at: now
        )
        if after != before { exceptionCases.set(payment.id, after) }
    }
}
