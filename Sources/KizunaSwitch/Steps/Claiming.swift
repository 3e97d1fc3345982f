import KizunaLedger
import KizunaMoney
import KizunaPayments

/// The courier's report on a message about a recall or a dispute.
func deliveredAboutClaim(
    _ message: OutboxMessage,
    _ outcome: DeliveryOutcome,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    guard message.kind == .recallRequest, let claim = message.claim else {
        if outcome.isSilence { return transaction.retry(message, at: now, using: &random) }
        return transaction.messages.set(message.id, nil)
    }
    let id = RecallID(claim)
    try transaction.require(.recall(id))
    guard let recall = transaction.recalls[id], recall.state.isOpen else {
        return transaction.messages.set(message.id, nil)
    }
    switch outcome {
    case .granted(let amount):
        try take(
            .granted(amount: amount, uetr: nil),
            by: message,
            to: recall,
            in: &transaction,
            at: now,
            using: &random
        )
    case .cancellationRefused(let reason):
        try take(.refused(reason), by: message, to: recall, in: &transaction, at: now, using: &random)
    case .pending:
        try take(.pending, by: message, to: recall, in: &transaction, at: now, using: &random)
    case .acknowledged:
        transaction.messages.set(message.id, nil)
    case .accepted, .refused, .cancelled, .noAnswer, .notCallable:
        transaction.retry(message, at: now, using: &random)
    }
}

/// Applies an answer that came with a message. Where it cannot be carried out now, such as when the acquirer is at its
/// cap, the question is asked again later.
private func take(
    _ answer: RecallAnswer,
    by message: OutboxMessage,
    to recall: Recall,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    var attempt = transaction
    var recall = recall
    do throws(StepFailure) {
        try take(answer, to: &recall, in: &attempt, at: now, using: &random)
    } catch {
        guard case .refused = error else { throw error }
        return transaction.retry(message, at: now, using: &random)
    }
    transaction = attempt
    transaction.messages.set(message.id, nil)
}

/// All of a payment has gone back: whatever else is claimed of it is settled.
func endClaims(
    of payment: PaymentID,
    by refund: Refund,
    except claim: UniqueID?,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    try transaction.require(.openClaims(payment))
    guard let open = transaction.openClaims[payment] else { return }
    if let recall = open.recall, recall.value != claim {
        try endRecall(recall, by: refund, in: &transaction, at: now, using: &random)
    }
    if let dispute = open.dispute, dispute.value != claim {
        try endDispute(dispute, by: refund, in: &transaction, at: now, using: &random)
    }
}

/// A deadline of a recall or a dispute has come.
func claimTimerDue(
    _ key: TimerKey,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    if key.kind == .disputeDeadline {
        try disputeTimerDue(key, in: &transaction, at: now, using: &random)
    } else {
        try recallTimerDue(key, in: &transaction, at: now, using: &random)
    }
}

extension RecordTable<PaymentID, OpenClaims> {
    /// Takes a recall that has ended off the open claims.
    mutating func end(recall: RecallID, of payment: PaymentID) {
        guard var claims = self[payment], claims.recall == recall else { return }
        claims.recall = nil
        set(payment, claims.isEmpty ? nil : claims)
    }

    /// Takes a dispute that has ended off the open claims.
    mutating func end(dispute: DisputeID, of payment: PaymentID) {
        guard var claims = self[payment], claims.dispute == dispute else { return }
        claims.dispute = nil
        set(payment, claims.isEmpty ? nil : claims)
    }
}
