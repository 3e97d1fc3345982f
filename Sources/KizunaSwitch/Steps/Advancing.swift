import KizunaLedger
import KizunaMoney
import KizunaPayments

/// Moves a payment along the machine and does what follows, in the same commit.
func advance(
    _ payment: inout Payment,
    on trigger: PaymentMachine.Trigger,
    reason: RefusalCode? = nil,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    let effects: [PaymentMachine.Effect]
    do throws(PaymentMachine.OutOfOrder) {
        effects = try payment.handle(trigger, reason: reason, at: now)
    } catch {
        throw .refused(
            Refusal(.technical, "A payment that is \(error.state.name) does not take this; ask for its status.")
        )
    }
    if payment.state.releasesCode, payment.isSingleUse { transaction.codeClaims.set(payment.code, nil) }
    for effect in effects { try perform(effect, for: payment, in: &transaction, at: now, using: &random) }
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
        try transaction.requireAccounts(of: payment)
        try transaction.placeHolds(for: payment, at: now)
    case .postHolds:
        try transaction.requireAccounts(of: payment)
        try transaction.postHolds(for: payment, at: now)
    case .voidHolds:
        try transaction.requireAccounts(of: payment)
        try transaction.voidHolds(for: payment, at: now)
    case .startDecisionClock:
        transaction.timers.set(payment.decisionTimer, payment.decisionDeadline)
    case .stopDecisionClock:
        transaction.timers.set(payment.decisionTimer, nil)
    case .requestCredit:
        transaction.send(.creditRequest, to: payment.acquirer, about: payment, at: now, using: &random)
    case .queryStatus:
        transaction.send(
            .statusQuery,
            to: payment.acquirer,
            about: payment,
            dueIn: DeliverySchedule.firstQuery,
            at: now,
            using: &random
        )
    case .tellDestination:
        transaction.send(.creditDecision, to: payment.acquirer, about: payment, at: now, using: &random)
    case .tellIssuer:
        transaction.send(.paymentUpdate, to: payment.issuer, about: payment, at: now, using: &random)
    case .requestReversal, .callOperator:
        // The state itself is the message: operators see every payment that is REVERSING or EXCEPTION.
        break
    }
}

extension Payment {
    var decisionTimer: TimerKey { TimerKey(kind: .decisionDeadline, payment: id) }
}

extension PaymentState {
    /// Whether the code may be paid again: this payment never happened.
    fileprivate var releasesCode: Bool {
        switch self {
        case .rejected, .reversed: true
        case .resolved, .quoted, .submitted, .reserved, .sent, .accepted, .completed, .partiallyRefunded, .refunded,
            .unknown, .reversing, .exception, .expired:
            false
        }
    }
}

extension Transaction {
    fileprivate func requireAccounts(of payment: Payment) throws(StepFailure) {
        let holds = payment.holds.map { RecordKey.hold($0) }
        try require(PaymentSides(of: payment).all.map { .account($0) } + (payment.state == .reserved ? [] : holds))
    }

    /// Writes a message into the outbox.
    mutating func send(
        _ kind: OutboxMessage.Kind,
        to destination: ParticipantID,
        about payment: Payment,
        refund: RefundID? = nil,
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
                state: payment.state,
                createdAt: now,
                dueAt: now.adding(delay)
            )
        )
    }
}
