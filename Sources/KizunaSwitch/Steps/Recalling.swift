import KizunaLedger
import KizunaMoney
import KizunaPayments

/// An issuer asks for money back from a shop (`flows.md` 7).
func recall(
    _ command: RequestRecall,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let issuer = try acting(caller, as: .issuer, in: transaction)
    guard let payment = transaction.payments[command.payment], payment.issuer == issuer.id else {
        throw .refused(Refusal(.notFound, "No such payment of a payer of yours."))
    }
    var claims = transaction.openClaims[payment.id] ?? OpenClaims()
    guard claims.recall == nil else {
        throw .refused(Refusal(.duplicate, "A recall of this payment is open already; wait for its answer."))
    }
    try transaction.require(.participant(payment.acquirer))
    guard let acquirer = transaction.participants[payment.acquirer] else {
        throw .refused(Refusal(.participantOffline, "The shop's bank is not on the switch any more."))
    }
    let recall = try ruled { () throws(Refusal) in
        try payment.recall(
            command.amount,
            id: RecallID(.version7(at: now, using: &random)),
            reason: command.reason,
            calendar: BusinessCalendar(acquirer.country),
            at: now
        )
    }
    claims.recall = recall.id
    transaction.openClaims.set(payment.id, claims)
    transaction.recalls.set(recall.id, recall)
    transaction.timers.set(TimerKey(kind: .recallAnswer, payment: payment.id), recall.answerDueAt)
    if let freeze = recall.freeze {
        transaction.timers.set(TimerKey(kind: .recallFreeze, payment: payment.id), freeze.dueAt)
    }
    transaction.send(.recallRequest, to: acquirer.id, about: payment, claim: recall.id.value, at: now, using: &random)
    return .recall(recall)
}

/// An acquirer that answers a recall by a call of its own.
func answerRecall(
    _ id: RecallID,
    _ answer: RecallAnswer,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    var recall = try recall(id, of: caller, in: transaction)
    try take(answer, to: &recall, in: &transaction, at: now, using: &random)
    return .recall(recall)
}

/// An acquirer says whether it holds fast what was paid by fraud.
func reportFreeze(
    of id: RecallID,
    frozen: Money?,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    var recall = try recall(id, of: caller, in: transaction)
    try ruled { () throws(Refusal) in try recall.report(frozen: frozen, at: now) }
    try transaction.require(.payment(recall.payment))
    guard let payment = transaction.payments[recall.payment] else { preconditionFailure("A recall is of a payment") }
    transaction.recalls.set(id, recall)
    // The clock of a recall that has ended has been stopped; one that runs is another's.
    if recall.state.isOpen { transaction.timers.set(TimerKey(kind: .recallFreeze, payment: payment.id), nil) }
    transaction.send(.recallUpdate, to: recall.issuer, about: payment, claim: id.value, at: now, using: &random)
    return .recall(recall)
}

private func recall(_ id: RecallID, of caller: Caller, in transaction: Transaction) throws(StepFailure) -> Recall {
    guard let recall = transaction.recalls[id], caller == .participant(recall.acquirer) else {
        throw .refused(Refusal(.notFound, "No such recall of a payment to a shop of yours."))
    }
    return recall
}

/// Applies the shop's side's word, whichever way it came.
func take(
    _ answer: RecallAnswer,
    to recall: inout Recall,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    // The deadline decides, and not whether its timer has been looked at yet.
    guard !recall.state.isOpen || now < recall.answerDueAt else {
        throw .refused(
            Refusal(.recallNotPossible, "The time to answer is over; what you give back now is a refund of your own.")
        )
    }
    switch answer {
    case .pending:
        try advance(&recall, on: .postponed, in: &transaction, at: now, using: &random)
    case .refused(let reason):
        try advance(&recall, on: .refused, refusal: reason, in: &transaction, at: now, using: &random)
    case .granted(let amount, let uetr):
        let refund =
            recall.state.isOpen
            ? try giveBack(amount, for: recall, uetr: uetr, in: &transaction, at: now, using: &random) : nil
        try advance(&recall, on: .granted, refund: refund?.id, in: &transaction, at: now, using: &random)
    }
}

private func giveBack(
    _ amount: Money?,
    for recall: Recall,
    uetr: UETR?,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Refund {
    try transaction.require(.payment(recall.payment))
    guard var payment = transaction.payments[recall.payment] else { preconditionFailure("A recall is of a payment") }
    if let amount {
        guard amount.currency == recall.amount.currency, amount.minorUnits <= recall.amount.minorUnits else {
            throw .refused(
                Refusal(.amountMismatch, "At most \(recall.amount) is recalled; more is a refund of your own.")
            )
        }
    }
    let whole = recall.amount.minorUnits < payment.left.minorUnits ? recall.amount : payment.left
    return try giveBack(
        amount ?? whole,
        of: &payment,
        because: recall.reason.refundReason,
        basis: .claim,
        uetr: uetr,
        for: recall.id.value,
        in: &transaction,
        at: now,
        using: &random
    )
}

/// The shop has given back all of a payment on its own: what was recalled of it is back.
func endRecall(
    _ id: RecallID,
    by refund: Refund,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    try transaction.require(.recall(id))
    guard var recall = transaction.recalls[id] else { preconditionFailure("An open recall is kept") }
    try advance(&recall, on: .refundedOtherwise, refund: refund.id, in: &transaction, at: now, using: &random)
}

/// A deadline of a recall has come.
func recallTimerDue(
    _ key: TimerKey,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    try transaction.require(.openClaims(key.payment))
    guard let id = transaction.openClaims[key.payment]?.recall else { return transaction.timers.set(key, nil) }
    try transaction.require(.recall(id))
    guard var recall = transaction.recalls[id] else { preconditionFailure("An open recall is kept") }
    if key.kind == .recallAnswer {
        guard now >= recall.answerDueAt else { return }
        try advance(&recall, on: .answerOverdue, in: &transaction, at: now, using: &random)
    } else {
        guard let freeze = recall.freeze, now >= freeze.dueAt else { return }
        recall.noteFreezeOverdue()
        transaction.recalls.set(id, recall)
        transaction.timers.set(key, nil)
    }
}

/// Moves a recall along its machine and does what follows, in the same commit.
private func advance(
    _ recall: inout Recall,
    on trigger: RecallMachine.Trigger,
    refusal: ReversalRefusal? = nil,
    refund: RefundID? = nil,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    let effects = try ruled { () throws(Refusal) in
        try recall.handle(trigger, refusal: refusal, refund: refund, at: now)
    }
    try transaction.require([.payment(recall.payment), .openClaims(recall.payment)])
    guard let payment = transaction.payments[recall.payment] else { preconditionFailure("A recall is of a payment") }
    transaction.recalls.set(recall.id, recall)
    if !recall.state.isOpen { transaction.openClaims.end(recall: recall.id, of: payment.id) }
    for effect in effects {
        switch effect {
        case .stopClocks:
            transaction.timers.set(TimerKey(kind: .recallAnswer, payment: payment.id), nil)
            if recall.freeze != nil { transaction.timers.set(TimerKey(kind: .recallFreeze, payment: payment.id), nil) }
        case .tellIssuer:
            transaction.send(
                .recallUpdate,
                to: recall.issuer,
                about: payment,
                claim: recall.id.value,
                at: now,
                using: &random
            )
        case .tellAcquirer:
            transaction.send(
                .recallUpdate,
                to: recall.acquirer,
                about: payment,
                claim: recall.id.value,
                at: now,
                using: &random
            )
        }
    }
}
