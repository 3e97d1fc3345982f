import KizunaLedger
import KizunaMoney
import KizunaPayments

/// What a participant that cannot be called finds when it asks: its messages, one pair of hands at a time.
package enum Inbox {
    /// How long a message that was fetched is not given to anybody else: twice what a credit request may take.
    package static let leaseTime = Duration.seconds(30)
    /// A notice that was fetched so often and never acknowledged breaks its reader; it is given up, so that its receiver
    /// is not kept from the others for ever. Questions come until nobody needs their answer.
    static let mostFetches = 20
    /// The most that are fetched, or acknowledged, in one call.
    package static let mostAtOnce = 100
}

extension OutboxMessage {
    /// The message as it waits for a receiver that cannot be called.
    func laidInInbox(at now: Timestamp) -> OutboxMessage {
        var message = self
        message.standing = .inInbox
        message.attempts = 0
        message.dueAt = now
        return message
    }
}

/// Gives messages to their receiver for a while. Those that somebody else has, that are not the caller's, and questions
/// that nobody needs answered any more are passed over.
func fetchInbox(
    _ ids: [UniqueID],
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp
) throws(StepFailure) -> Reply {
    var fetched: [OutboxMessage] = []
    let waiting = ids.compactMap { transaction.messages[$0] }.filter { $0.isInInbox(of: caller) }
    try transaction.require(waiting.compactMap(\.asker))
    for var message in waiting {
        guard let dueAt = message.dueAt, dueAt <= now else { continue }
        guard message.isNeeded(in: transaction) else {
            transaction.messages.set(message.id, nil)
            continue
        }
        if message.attempts < Inbox.mostFetches || message.kind.isQuestion {
            message.attempts += 1
            message.dueAt = now.adding(Inbox.leaseTime)
            fetched.append(message)
        } else {
            message.giveUp()
        }
        transaction.messages.set(message.id, message)
    }
    return .inbox(fetched)
}

/// Takes messages out of the inbox, which their receiver has dealt with. A status query and a reversal request come again
/// in time while the answer is missing: to have read them is no answer.
func acknowledge(
    _ ids: [UniqueID],
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp
) throws(StepFailure) -> Reply {
    let known = ids.compactMap { transaction.messages[$0] }.filter { $0.isInInbox(of: caller) }
    try transaction.require(known.compactMap(\.asker))
    for var message in known {
        guard message.kind.comesUntilAnswered, message.isNeeded(in: transaction) else {
            transaction.messages.set(message.id, nil)
            continue
        }
        message.dueAt = now.adding(message.kind.questionPause(afterAttempts: message.attempts))
        transaction.messages.set(message.id, message)
    }
    return .acknowledged(count: known.count)
}

extension OutboxMessage {
    fileprivate func isInInbox(of caller: Caller) -> Bool {
        standing == .inInbox && caller == .participant(destination)
    }

    /// What says whether a question still needs its answer; nothing for notices.
    fileprivate var asker: RecordKey? {
        guard kind.isQuestion else { return nil }
        return recall.map { .recall($0) } ?? .payment(payment)
    }

    /// Whether anybody still wants to know the answer, or the receiver the notice.
    fileprivate func isNeeded(in transaction: Transaction) -> Bool {
        guard kind.isQuestion else { return true }
        if let recall { return transaction.recalls[recall]?.state.isOpen ?? false }
        return transaction.payments[payment].map { kind.isNeeded(in: $0.state) } ?? false
    }
}

extension OutboxMessage.Kind {
    /// Whether it is asked again although it was read. The others are answered by a call, each within a time that ends by
    /// itself.
    fileprivate var comesUntilAnswered: Bool {
        switch self {
        case .statusQuery, .reversalRequest: true
        case .creditRequest, .creditDecision, .paymentUpdate, .refundNotice, .recallRequest, .recallUpdate,
            .disputeUpdate, .event:
            false
        }
    }
}
