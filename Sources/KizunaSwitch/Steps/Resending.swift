import KizunaLedger
import KizunaMoney
import KizunaPayments

extension OutboxMessage {
    /// The message after an attempt that did not arrive: due again after a pause, or given up. One that the courier has
    /// not in hand any more stays as it is.
    ///
    /// Questions are asked for as long as their answer is needed; notices are given up after
    /// ``DeliverySchedule/mostNoticeAttempts``.
    func afterFailure(at now: Timestamp, using random: inout some RandomNumberGenerator) -> OutboxMessage {
        guard standing == .sending else { return self }
        var message = self
        message.attempts += 1
        if kind.isQuestion {
            message.dueAt = now.adding(kind.questionPause(afterAttempts: message.attempts))
        } else if message.attempts < DeliverySchedule.mostNoticeAttempts {
            let pause = DeliverySchedule.noticePause(afterAttempts: message.attempts, using: &random)
            message.dueAt = now.adding(pause)
        } else {
            message.giveUp()
        }
        return message
    }

    mutating func giveUp() {
        standing = .givenUp
        dueAt = nil
    }
}

extension Transaction {
    /// Keeps a message that did not arrive for another time, or gives it up.
    mutating func retry(_ message: OutboxMessage, at now: Timestamp, using random: inout some RandomNumberGenerator) {
        messages.set(message.id, message.afterFailure(at: now, using: &random))
    }
}

extension OutboxMessage.Kind {
    /// Whether a message that was not answered is worth sending again: a question only in the state that asks it.
    func isNeeded(in state: PaymentState) -> Bool {
        switch self {
        case .creditRequest: state == .sent
        case .statusQuery: state == .unknown
        case .reversalRequest: state == .reversing
        case .creditDecision, .paymentUpdate, .refundNotice, .recallRequest, .recallUpdate, .disputeUpdate, .event: true
        }
    }

    /// The pause before a question is asked again.
    func questionPause(afterAttempts attempts: Int) -> Duration {
        switch self {
        case .statusQuery: QuestionSchedule.queryPause(afterAttempts: attempts)
        case .reversalRequest: QuestionSchedule.reversalPause(afterAttempts: attempts)
        case .creditRequest, .creditDecision, .paymentUpdate, .refundNotice, .recallRequest, .recallUpdate,
            .disputeUpdate, .event:
            DeliverySchedule.pause(afterAttempts: attempts)
        }
    }
}

/// Sends messages again from the beginning, given up or not: a receiver asks for what it has missed, or the operator
/// does. Those that have arrived meanwhile, and those of others, are passed over.
func replay(
    _ ids: [UniqueID],
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp
) -> Reply {
    var count = 0
    for id in ids {
        guard var message = transaction.messages[id], caller.mayReplay(message) else { continue }
        message.standing = .sending
        message.attempts = 0
        message.dueAt = now
        transaction.messages.set(id, message)
        count += 1
    }
    return .messagesReplayed(count: count)
}

extension Caller {
    fileprivate func mayReplay(_ message: OutboxMessage) -> Bool {
        switch self {
        case .participant(let id): message.destination == id
        case .operations, .person, .system: true
        }
    }
}

/// Sends at once what waits for its next attempt: its receiver has been heard of again.
func hasten(
    _ ids: [UniqueID],
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    for id in ids {
        guard var message = transaction.messages[id], message.standing == .sending else { continue }
        guard let dueAt = message.dueAt, dueAt > now else { continue }
        message.dueAt = now
        transaction.messages.set(id, message)
    }
    return .done
}
