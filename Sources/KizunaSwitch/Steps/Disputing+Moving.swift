import KizunaLedger
import KizunaMoney
import KizunaPayments

/// The shop has given back all of a payment on its own: nothing is left to be disputed.
func endDispute(
    _ id: DisputeID,
    by refund: Refund,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    try transaction.require(.dispute(id))
    guard var dispute = transaction.disputes[id] else { preconditionFailure("An open dispute is kept") }
    dispute.note(refund)
    _ = try advance(
        &dispute,
        on: .refundedOtherwise,
        by: .system,
        .system,
        note: nil,
        in: &transaction,
        at: now,
        using: &random
    )
}

/// The time of the side whose turn it was is over.
func disputeTimerDue(
    _ key: TimerKey,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    try transaction.require(.openClaims(key.payment))
    guard let id = transaction.openClaims[key.payment]?.dispute else { return transaction.timers.set(key, nil) }
    try transaction.require(.dispute(id))
    guard var dispute = transaction.disputes[id] else { preconditionFailure("An open dispute is kept") }
    if dispute.dueAt == nil { transaction.timers.set(key, nil) }
    try passDeadline(of: &dispute, in: &transaction, at: now, using: &random)
}

/// The deadline decides, and not whether its timer has been looked at yet: whoever comes later finds the case where the
/// deadline has put it.
func passDeadline(
    of dispute: inout Dispute,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    guard let dueAt = dispute.dueAt, now >= dueAt, let action = DisputeMachine.Action.overdue(in: dispute.state) else {
        return
    }
    _ = try advance(
        &dispute,
        on: action,
        by: .system,
        .system,
        note: nil,
        in: &transaction,
        at: now,
        using: &random
    )
}

/// Moves a case along its machine, writes it into its history and does what follows, in the same commit.
func advance(
    _ dispute: inout Dispute,
    on action: DisputeMachine.Action,
    by role: DisputeMachine.Role,
    _ actor: DisputeEvent.Actor,
    note: String?,
    evidence: EvidenceID? = nil,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> DisputeEvent {
    let turn = DisputeMachine.edge(from: dispute.state, on: action)?.to.turn
    let waitedFor = turn.flatMap { dispute.side(of: $0) }.map { dispute.participant(on: $0) }
    let dueAt: Timestamp?
    if let waitedFor { dueAt = try deadline(of: waitedFor, in: transaction, at: now) } else { dueAt = nil }
    let effects = try ruled { () throws(Refusal) in try dispute.handle(action, by: role, dueAt: dueAt, at: now) }
    try transaction.require([.payment(dispute.payment), .openClaims(dispute.payment)])
    for effect in effects { try perform(effect, for: &dispute, in: &transaction, at: now, using: &random) }
    transaction.disputes.set(dispute.id, dispute)
    if !dispute.state.isOpen { transaction.openClaims.end(dispute: dispute.id, of: dispute.payment) }
    return transaction.note(action, in: dispute, by: actor, note, evidence: evidence, at: now)
}

private func perform(
    _ effect: DisputeMachine.Effect,
    for dispute: inout Dispute,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    guard var payment = transaction.payments[dispute.payment] else { preconditionFailure("A dispute is of a payment") }
    let clock = TimerKey(kind: .disputeDeadline, payment: payment.id)
    switch effect {
    case .giveBack:
        let refund = try giveBack(
            dispute.amount.minorUnits < payment.left.minorUnits ? dispute.amount : payment.left,
            of: &payment,
            because: dispute.reason.refundReason,
            basis: .claim,
            uetr: nil,
            for: dispute.id.value,
            in: &transaction,
            at: now,
            using: &random
        )
        dispute.note(refund)
    case .setClock: transaction.timers.set(clock, dispute.dueAt)
    case .stopClock: transaction.timers.set(clock, nil)
    case .tellOpener: transaction.tell(dispute.openedBy, of: dispute, about: payment, at: now, using: &random)
    case .tellRespondent: transaction.tell(dispute.openedBy.other, of: dispute, about: payment, at: now, using: &random)
    }
}

/// The end of the business days that a bank has, by the calendar of its country.
func deadline(
    of id: ParticipantID,
    in transaction: Transaction,
    at now: Timestamp
) throws(StepFailure) -> Timestamp {
    try transaction.require(.participant(id))
    guard let participant = transaction.participants[id] else {
        throw .refused(Refusal(.participantOffline, "The other bank is not on the switch any more."))
    }
    return BusinessCalendar(participant.country).end(ofBusinessDay: Dispute.businessDays, after: now)
}

extension Transaction {
    fileprivate mutating func tell(
        _ side: Dispute.Side,
        of dispute: Dispute,
        about payment: Payment,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) {
        let bank = dispute.participant(on: side)
        send(.disputeUpdate, to: bank, about: payment, claim: dispute.id.value, at: now, using: &random)
    }

    /// Writes an entry into a case's history: the one that its count has just come to.
    @discardableResult
    mutating func note(
        _ action: DisputeMachine.Action,
        in dispute: Dispute,
        by actor: DisputeEvent.Actor,
        _ note: String?,
        evidence: EvidenceID? = nil,
        at now: Timestamp
    ) -> DisputeEvent {
        let event = DisputeEvent(
            key: DisputeEvent.Key(dispute: dispute.id, number: dispute.eventCount),
            action: action,
            actor: actor,
            state: dispute.state,
            at: now,
            note: note,
            evidence: evidence
        )
        disputeEvents.set(event.key, event)
        return event
    }
}
