import KizunaLedger
import KizunaMoney
import KizunaPayments

/// Moves a payment along the machine and does what follows, in the same commit.
func advance(
    _ payment: inout Payment,
    on trigger: PaymentMachine.Trigger,
    by actor: PaymentHistory.Actor,
    reason: RefusalCode? = nil,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    let wasReleased = payment.isReleased
    let wasPaid = payment.state.isPaid
    let effects: [PaymentMachine.Effect]
    do throws(PaymentMachine.OutOfOrder) {
        effects = try payment.handle(trigger, by: actor, reason: reason, at: now)
    } catch {
        throw .refused(
            Refusal(.technical, "A payment that is \(error.state.name) does not take this; ask for its status.")
        )
    }
    if payment.isReleased != wasReleased { try transaction.noteRelease(of: payment) }
    for effect in effects { try perform(effect, for: payment, in: &transaction, at: now, using: &random) }
    try transaction.announce(payment, effects, wasPaid: wasPaid, at: now, using: &random)
    transaction.payments.set(payment.id, payment)
}

private func perform(
    _ effect: PaymentMachine.Effect,
    for payment: Payment,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    switch effect {
    case .placeHolds:
        try transaction.require(payment.accountKeys)
        try transaction.placeHolds(for: payment, at: now)
    case .postHolds:
        try transaction.require(
            payment.accountKeys + payment.holdKeys + payment.roundingKeys + payment.announcementRecords
        )
        try transaction.postHolds(for: payment, at: now)
        try transaction.bookRounding(of: payment, at: now, using: &random)
    case .voidHolds:
        try transaction.require(payment.accountKeys + payment.holdKeys + payment.announcementRecords)
        try transaction.voidHolds(for: payment, at: now)
    case .suspendHolds:
        try transaction.require(payment.accountKeys + payment.holdKeys + payment.suspenseKeys)
        try transaction.suspendHolds(for: payment, at: now)
    case .paySuspended:
        try transaction.require(payment.accountKeys + payment.suspenseKeys + payment.roundingKeys)
        try transaction.paySuspended(for: payment, at: now)
        try transaction.bookRounding(of: payment, at: now, using: &random)
    case .returnSuspended:
        try transaction.require(payment.accountKeys + payment.suspenseKeys)
        try transaction.returnSuspended(for: payment, at: now)
    case .payAnew:
        try transaction.require(payment.accountKeys + payment.roundingKeys)
        try transaction.claimCodeAgain(for: payment)
        try transaction.payAnew(payment, at: now)
        try transaction.bookRounding(of: payment, at: now, using: &random)
    case .start(let clock):
        transaction.timers.set(payment.timer(of: clock), payment.deadline(of: clock))
    case .stop(let clock):
        transaction.timers.set(payment.timer(of: clock), nil)
    case .requestCredit:
        transaction.send(.creditRequest, to: payment.acquirer, about: payment, at: now, using: &random)
    case .queryStatus:
        transaction.send(
            .statusQuery,
            to: payment.acquirer,
            about: payment,
            dueIn: QuestionSchedule.firstQuery,
            at: now,
            using: &random
        )
    case .tellDestination:
        transaction.send(.creditDecision, to: payment.acquirer, about: payment, at: now, using: &random)
    case .tellIssuer:
        transaction.send(.paymentUpdate, to: payment.issuer, about: payment, at: now, using: &random)
    case .requestReversal:
        transaction.send(.reversalRequest, to: payment.acquirer, about: payment, at: now, using: &random)
    case .callOperator, .dismissOperator:
        break
    }
}

extension Payment {
    func timer(of clock: PaymentMachine.Clock) -> TimerKey {
        switch clock {
        case .decision: TimerKey(kind: .decisionDeadline, payment: id)
        case .resolution: TimerKey(kind: .unresolved, payment: id)
        case .reversal: TimerKey(kind: .reversalOverdue, payment: id)
        }
    }
}

extension Payment {
    fileprivate var accountKeys: [RecordKey] { PaymentSides(of: self).all.map { .account($0) } }
    fileprivate var holdKeys: [RecordKey] { holds.map { .hold($0) } }
    fileprivate var suspenseKeys: [RecordKey] { movements.map { .account(.suspense($0.amount.currency)) } }
}

extension Transaction {
    /// A payment that never happened leaves its code to be paid again and its payer's limit to be used; one that happens
    /// after all takes its share of the limit. Once only each, for another payment may have used either since.
    fileprivate mutating func noteRelease(of payment: Payment) throws(StepFailure) {
        guard payment.isReleased else { return try countLimitAgain(of: payment) }
        if payment.isSingleUse { codeClaims.set(payment.code, nil) }
        try giveBackLimit(of: payment)
    }

    /// A payment that happens after all needs its code, which another may have paid since.
    fileprivate mutating func claimCodeAgain(for payment: Payment) throws(StepFailure) {
        guard payment.isSingleUse else { return }
        try require(.codeClaim(payment.code))
        guard codeClaims[payment.code] == nil else {
            throw .refused(Refusal(.duplicate, "Another payment has paid this code since; reverse this one."))
        }
        codeClaims.set(payment.code, payment.id)
    }

    /// Writes a message into the outbox.
    mutating func send(
        _ kind: OutboxMessage.Kind,
        to destination: ParticipantID,
        about payment: Payment,
        refund: RefundID? = nil,
        claim: UniqueID? = nil,
        dueIn delay: Duration = .zero,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) {
        let id = UniqueID.version7(at: now, using: &random)
        messages.set(
            id,
            OutboxMessage(
                id: id,
                kind: kind,
                destination: destination,
                payment: payment.id,
                refund: refund,
                claim: claim,
                state: payment.state,
                createdAt: now,
                dueAt: now.adding(delay)
            )
        )
    }
}
