import KizunaLedger
import KizunaMoney
import KizunaPayments

/// The courier's report on a message about a recall.
func deliveredAboutClaim(
    _ message: OutboxMessage,
    _ outcome: DeliveryOutcome,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) {
    guard message.kind == .recallRequest, let claim = message.claim else {
        if outcome.isSilence { return retry(message, while: true, in: &transaction, at: now) }
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
    case .accepted, .refused, .cancelled, .noAnswer:
        retry(message, while: true, in: &transaction, at: now)
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
        return retry(message, while: true, in: &transaction, at: now)
    }
    transaction = attempt
    transaction.messages.set(message.id, nil)
}
