import KizunaLedger
import KizunaMoney
import KizunaPayments

/// Moves a payment along the machine and does what follows, in the same commit.
func advance(
    _ payment: inout Payment,
    on trigger: PaymentMachine.Trigger,
    by actor: PaymentHistory.Actor,
    reason: RefusalCode? = nil,
    refusal: ReversalRefusal? = nil,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    let (before, wasReleased, wasPaid) = (payment.state, payment.isReleased, payment.state.isPaid)
    let effects: [PaymentMachine.Effect]
    do throws(PaymentMachine.OutOfOrder) {
        effects = try payment.handle(trigger, by: actor, reason: reason, at: now)
    } catch {
        // A bank may say what it likes; anything else that is out of order is a defect of ours.
        let code: RefusalCode = actor == .destination ? .answerNotPossible : .technical
        throw .refused(Refusal(code, "A payment that is \(error.state.name) does not take this; ask for its status."))
    }
    if payment.isReleased != wasReleased { try transaction.noteRelease(of: payment) }
    for effect in effects {
        try transaction.require { effect.addRecords(of: payment, to: &$0) }
        if effect == .payAnew { try transaction.claimCodeAgain(for: payment) }
        try transaction.post(effect, for: payment, at: now)
        if effect.pays {
            try transaction.bookRounding(of: payment, at: now, using: &random)
            transaction.noteReusableCode(of: payment)
        }
        perform(effect, for: payment, in: &transaction, at: now, using: &random)
        if effect == .callOperator {
            transaction.callOperator(to: payment, after: trigger, from: before, refusal, at: now)
        }
    }
    try transaction.announce(payment, effects, wasPaid: wasPaid, at: now, using: &random)
    transaction.payments.set(payment.id, payment)
}

/// Sets clocks and writes messages; what an effect does to the books is done already.
private func perform(
    _ effect: PaymentMachine.Effect,
    for payment: Payment,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) {
    switch effect {
    case .placeHolds, .postHolds, .voidHolds, .suspendHolds, .paySuspended, .returnSuspended, .payAnew, .callOperator:
        break
    case .start(let clock):
        transaction.timers.set(payment.timer(of: clock), payment.deadline(of: clock))
    case .stop(let clock):
        transaction.timers.set(payment.timer(of: clock), nil)
    case .requestCredit, .queryStatus, .tellDestination, .tellIssuer, .requestReversal:
        guard let letter = effect.letter(about: payment, at: now) else { return }
        transaction.send(
            letter.kind,
            to: letter.destination,
            about: payment,
            dueIn: effect == .queryStatus ? QuestionSchedule.firstQuery : .zero,
            at: now,
            using: &random
        )
    case .dismissOperator:
        if transaction.exceptionCases[payment.id] != nil { transaction.exceptionCases.set(payment.id, nil) }
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

extension PaymentMachine.Effect {
    /// Whether the shop's side has its money from then on.
    fileprivate var pays: Bool { self == .postHolds || self == .paySuspended || self == .payAnew }

    /// Names what it reads.
    fileprivate func addRecords(of payment: Payment, to keys: inout [RecordKey]) {
        if movesMoney { keys.addAccounts(of: payment) }
        if endsHolds { keys.append(contentsOf: payment.holds.lazy.map { .hold($0) }) }
        if usesSuspense {
            keys.append(contentsOf: payment.movements.lazy.map { .account(.suspense($0.amount.currency)) })
        }
        if pays { keys.addRoundingRests(of: payment) }
        if self == .postHolds || self == .voidHolds { keys.addWebhooks(of: payment) }
        if self == .payAnew, payment.isSingleUse { keys.append(.codeClaim(payment.code)) }
        if self == .callOperator || self == .dismissOperator { keys.append(.exceptionCase(payment.id)) }
    }

    private var movesMoney: Bool { self == .placeHolds || endsHolds || usesSuspense || pays }

    private var endsHolds: Bool { self == .postHolds || self == .voidHolds || self == .suspendHolds }

    private var usesSuspense: Bool { self == .suspendHolds || self == .paySuspended || self == .returnSuspended }
}

extension Transaction {
    /// A payment that never happened leaves its code to be paid again and its payer's limit to be used; one that happens
    /// after all takes its share of the limit. Once only each, for another payment may have used either since.
    fileprivate mutating func noteRelease(of payment: Payment) throws(StepFailure) {
        guard payment.isReleased else { return try countLimitAgain(of: payment) }
        if payment.isSingleUse {
            codeClaims.set(payment.code, nil)
            if payment.isAtKHQR { codeNotes.set(payment.code, .failed) }
        }
        try giveBackLimit(of: payment)
    }

    /// Bakong's clients ask by the code, and are told of one that it does not say who has paid.
    fileprivate mutating func noteReusableCode(of payment: Payment) {
        if payment.isAtKHQR, !payment.isSingleUse { codeNotes.set(payment.code, .reusable) }
    }

    /// A payment that happens after all needs its code, which another may have paid since.
    fileprivate mutating func claimCodeAgain(for payment: Payment) throws(StepFailure) {
        guard payment.isSingleUse else { return }
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
