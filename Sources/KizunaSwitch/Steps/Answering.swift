import KizunaLedger
import KizunaMoney
import KizunaPayments

/// The courier's report: what became of a message, and of the payment because of it.
func delivered(
    _ id: UniqueID,
    _ outcome: DeliveryOutcome,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    guard let message = transaction.messages[id] else { return .done }
    try transaction.require(.payment(message.payment))
    guard var payment = transaction.payments[message.payment] else { return .done }

    if outcome == .notCallable {
        if message.standing == .sending { transaction.messages.set(id, message.laidInInbox(at: now)) }
    } else if message.claim != nil {
        try deliveredAboutClaim(message, outcome, in: &transaction, at: now, using: &random)
    } else if message.kind.isQuestion, outcome.decides {
        transaction.messages.set(id, nil)
        try settle(&payment, outcome, in: &transaction, at: now, using: &random)
    } else if message.kind.isQuestion || outcome.isSilence, message.kind.isNeeded(in: payment.state) {
        transaction.retry(message, at: now, using: &random)
    } else {
        transaction.messages.set(id, nil)
    }
    return .done
}

/// A destination that answers by a call of its own.
func destinationAnswered(
    _ id: PaymentID,
    _ outcome: DeliveryOutcome,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    guard var payment = transaction.payments[id], caller == .participant(payment.acquirer) else {
        throw .refused(Refusal(.notFound, "No such payment to a shop of yours."))
    }
    try settle(&payment, outcome, in: &transaction, at: now, using: &random)
    return .payment(payment)
}

/// Applies a destination's word, whichever message or call it came by. A promise that comes after the deadline finds the
/// payment aborted, even when the timer has not fired yet: the deadline decides, not the order in which we happen to look.
private func settle(
    _ payment: inout Payment,
    _ outcome: DeliveryOutcome,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    if payment.state == .sent, now >= payment.decisionDeadline {
        try advance(
            &payment,
            on: .decisionDeadlinePassed,
            by: .clock,
            reason: .timeoutDestination,
            in: &transaction,
            at: now,
            using: &random
        )
    }
    let trigger: PaymentMachine.Trigger
    var reason: RefusalCode?
    var refused: ReversalRefusal?
    switch outcome {
    case .accepted: trigger = payment.successTrigger
    case .refused(let code): (trigger, reason) = (.destinationRefused, code)
    case .cancelled: (trigger, reason) = (.reversalConfirmed, .timeoutDestination)
    case .cancellationRefused(let refusal):
        // Nothing to undo is as good as undone.
        trigger = refusal.meansNothingStands ? .reversalConfirmed : .reversalRefused
        (reason, refused) = (.timeoutDestination, refusal)
    case .granted, .acknowledged, .pending, .noAnswer, .notCallable: return
    }
    try advance(
        &payment,
        on: trigger,
        by: .destination,
        reason: reason,
        refusal: refused,
        in: &transaction,
        at: now,
        using: &random
    )
    if payment.state == .accepted {
        try advance(&payment, on: .commitRecorded, by: .destination, in: &transaction, at: now, using: &random)
    }
}

/// A deadline has come. A timer of a state that has been left is put away; one that comes early fires again.
func timerDue(
    _ key: TimerKey,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    guard var payment = transaction.payments[key.payment] else { return .done }
    guard let (clock, trigger) = key.kind.meaning else {
        try claimTimerDue(key, in: &transaction, at: now, using: &random)
        return .done
    }
    guard payment.state == clock.state else {
        transaction.timers.set(key, nil)
        return .done
    }
    guard now >= payment.deadline(of: clock) else { return .done }
    let reason: RefusalCode = .timeoutDestination
    try advance(&payment, on: trigger, by: .clock, reason: reason, in: &transaction, at: now, using: &random)
    return .done
}

extension TimerKey.Kind {
    /// What it means to a payment; nothing where it is a claim's.
    fileprivate var meaning: (clock: PaymentMachine.Clock, trigger: PaymentMachine.Trigger)? {
        switch self {
        case .decisionDeadline: (.decision, .decisionDeadlinePassed)
        case .unresolved: (.resolution, .unresolvedTooLong)
        case .reversalOverdue: (.reversal, .reversalOverdue)
        case .recallAnswer, .recallFreeze, .disputeDeadline: nil
        }
    }
}

extension PaymentMachine.Clock {
    /// The state in which it runs.
    fileprivate var state: PaymentState {
        switch self {
        case .decision: .sent
        case .resolution: .unknown
        case .reversal: .reversing
        }
    }
}
