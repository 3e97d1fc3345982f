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

    switch (message.kind, outcome) {
    case (.creditRequest, .accepted), (.creditRequest, .refused), (.statusQuery, .accepted), (.statusQuery, .refused):
        transaction.messages.set(id, nil)
        try settle(&payment, outcome, in: &transaction, at: now, using: &random)
    case (.creditRequest, .pending), (.creditRequest, .noAnswer), (.creditRequest, .acknowledged):
        retry(message, while: payment.state == .sent, in: &transaction, at: now)
    case (.statusQuery, .pending), (.statusQuery, .noAnswer), (.statusQuery, .acknowledged):
        retry(message, while: payment.state == .unknown, in: &transaction, at: now)
    case (.creditDecision, .noAnswer), (.paymentUpdate, .noAnswer), (.refundNotice, .noAnswer),
        (.creditDecision, .pending), (.paymentUpdate, .pending), (.refundNotice, .pending):
        retry(message, while: true, in: &transaction, at: now)
    case (.creditDecision, _), (.paymentUpdate, _), (.refundNotice, _):
        transaction.messages.set(id, nil)
    }
    return .done
}

/// Tries again later, gives up on a notice that nobody takes, or drops a question that needs no answer any more.
private func retry(
    _ message: OutboxMessage,
    while isNeeded: Bool,
    in transaction: inout Transaction,
    at now: Timestamp
) {
    guard isNeeded else {
        transaction.messages.set(message.id, nil)
        return
    }
    var message = message
    message.attempts += 1
    let isGivenUp = now.since(message.createdAt) > DeliverySchedule.noticeLife && !message.kind.isQuestion
    message.dueAt = isGivenUp ? nil : now.adding(DeliverySchedule.pause(afterAttempts: message.attempts))
    transaction.messages.set(message.id, message)
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

/// Applies a destination's word. A promise that comes after the deadline finds the payment aborted, even when the
/// timer has not fired yet: the deadline decides, not the order in which we happen to look.
private func settle(
    _ payment: inout Payment,
    _ outcome: DeliveryOutcome,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    if payment.state == .sent, now >= payment.decisionDeadline {
        try passDeadline(of: &payment, in: &transaction, at: now, using: &random)
    }
    switch outcome {
    case .accepted:
        try advance(&payment, on: .destinationAccepted, in: &transaction, at: now, using: &random)
        if payment.state == .accepted {
            try advance(&payment, on: .commitRecorded, in: &transaction, at: now, using: &random)
        }
    case .refused(let reason):
        try advance(&payment, on: .destinationRefused, reason: reason, in: &transaction, at: now, using: &random)
    case .acknowledged, .pending, .noAnswer:
        break
    }
}

/// A deadline has come.
func timerDue(
    _ key: TimerKey,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    guard var payment = transaction.payments[key.payment] else { return .done }
    switch key.kind {
    case .decisionDeadline:
        guard payment.state == .sent else {
            transaction.timers.set(key, nil)
            return .done
        }
        guard now >= payment.decisionDeadline else { return .done }
        try passDeadline(of: &payment, in: &transaction, at: now, using: &random)
    case .unresolved:
        transaction.timers.set(key, nil)
        guard payment.state == .unknown else { return .done }
        try advance(&payment, on: .unresolvedTooLong, in: &transaction, at: now, using: &random)
    }
    return .done
}

private func passDeadline(
    of payment: inout Payment,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    try advance(
        &payment,
        on: .decisionDeadlinePassed,
        reason: .timeoutDestination,
        in: &transaction,
        at: now,
        using: &random
    )
}
