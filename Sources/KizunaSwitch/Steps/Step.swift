import KizunaLedger
package import KizunaMoney
import KizunaPayments

/// The whole switch: applies one submission to the records at a moment.
///
/// Synchronous and deterministic: the time and the dice are arguments, and nothing is read but the transaction. A
/// refusal leaves no trace but the answer under its idempotency key.
///
/// - Throws: the records that are missing; fetch them and run the step again from its start.
package func step(
    _ submission: Submission,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(MissingRecords) -> Outcome {
    transaction.mark()
    do throws(StepFailure) {
        return try answer(submission, in: &transaction, at: now, using: &random)
    } catch {
        transaction.rollback()
        switch error {
        case .missing(let keys): throw MissingRecords(keys: keys)
        case .refused(let refusal): return remember(refusal, for: submission, in: &transaction, at: now)
        }
    }
}

/// Records that a step asked for and the transaction does not hold yet.
package struct MissingRecords: Error, Sendable, Hashable {
    package let keys: [RecordKey]
}

private func answer(
    _ submission: Submission,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Outcome {
    try transaction.require { submission.addFirstRecords(to: &$0) }
    guard let token = submission.idempotency else {
        return Outcome(.success(try perform(submission, in: &transaction, at: now, using: &random)))
    }
    if let first = transaction.idempotency[token.key] {
        guard first.fingerprint == token.fingerprint else {
            return Outcome(
                .failure(
                    Refusal(
                        .idempotencyConflict,
                        "This Idempotency-Key came before with another body; use a new key for a new request."
                    )
                )
            )
        }
        return Outcome(try repeated(first.answer, to: token.key.participant, in: transaction), isReplay: true)
    }
    let reply = try perform(submission, in: &transaction, at: now, using: &random)
    if let stored = StoredAnswer(reply) {
        transaction.idempotency.set(
            token.key,
            IdempotencyRecord(fingerprint: token.fingerprint, answer: stored, createdAt: now)
        )
    }
    return Outcome(.success(reply))
}

private func perform(
    _ submission: Submission,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let reply = try carryOut(submission, in: &transaction, at: now, using: &random)
    try transaction.keepAlerts(at: now)
    transaction.audit(submission, reply, at: now, using: &random)
    return reply
}

private func carryOut(
    _ submission: Submission,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let caller = submission.caller
    switch submission.command {
    case .resolve(let command):
        return try resolve(command, by: caller, in: &transaction, at: now, using: &random)
    case .quote(let command):
        return try quote(command, by: caller, in: &transaction, at: now, using: &random)
    case .submit(let command):
        return try submit(command, by: caller, in: &transaction, at: now, using: &random)
    case .refund(let command):
        return try refund(command, by: caller, in: &transaction, at: now, using: &random)
    case .recall(let command):
        return try recall(command, by: caller, in: &transaction, at: now, using: &random)
    case .answerRecall(let id, let answer):
        return try answerRecall(id, answer, by: caller, in: &transaction, at: now, using: &random)
    case .reportFreeze(let id, let frozen):
        return try reportFreeze(of: id, frozen: frozen, by: caller, in: &transaction, at: now, using: &random)
    case .openDispute(let command):
        return try openDispute(command, by: caller, in: &transaction, at: now, using: &random)
    case .actOnDispute(let command):
        return try actOnDispute(command, by: caller, in: &transaction, at: now, using: &random)
    case .decideDispute(let command):
        return try decideDispute(command, by: caller, in: &transaction, at: now, using: &random)
    case .addEvidence(let command):
        return try addEvidence(command, by: caller, in: &transaction, at: now, using: &random)
    case .registerMerchant(let command):
        return try registerMerchant(command, by: caller, in: &transaction, at: now, using: &random)
    case .publishRates(let rates):
        return try publishRates(rates, by: caller, in: &transaction, at: now)
    case .recordFees(let fees):
        return try recordFees(fees, by: caller, in: &transaction, at: now)
    case .delivered(let message, _, let outcome):
        return try delivered(message, outcome, by: caller, in: &transaction, at: now, using: &random)
    case .destinationAnswered(let payment, let outcome):
        return try destinationAnswered(payment, outcome, by: caller, in: &transaction, at: now, using: &random)
    case .timerDue(let key):
        return try timerDue(key, by: caller, in: &transaction, at: now, using: &random)
    case .joinParticipant(let participant, let caps):
        return try join(participant, caps: caps, by: caller, in: &transaction)
    case .setParticipantStatus(let id, let status):
        return try setStatus(of: id, to: status, by: caller, in: &transaction)
    case .addAPIKey(let command):
        return try addAPIKey(command, by: caller, in: &transaction, at: now, using: &random)
    case .noteKeyUses(let uses):
        return try noteKeyUses(uses, by: caller, in: &transaction)
    case .revokeAPIKey(let id):
        return try revokeAPIKey(id, by: caller, in: &transaction, at: now, using: &random)
    case .replayMessages(let ids):
        return replay(ids, by: caller, in: &transaction, at: now)
    case .hastenMessages(let ids):
        return try hasten(ids, by: caller, in: &transaction, at: now)
    case .fetchInbox(let ids):
        return try fetchInbox(ids, by: caller, in: &transaction, at: now)
    case .acknowledge(let ids):
        return try acknowledge(ids, by: caller, in: &transaction, at: now)
    case .addWebhook(let command):
        return try addWebhook(command, by: caller, in: &transaction, at: now, using: &random)
    case .rotateWebhookSecret(let id):
        return try rotateWebhookSecret(id, by: caller, in: &transaction, at: now)
    case .removeWebhook(let id):
        return try removeWebhook(id, by: caller, in: &transaction)
    case .webhookAnswered(let report):
        return try webhookAnswered(report, by: caller, in: &transaction, at: now, using: &random)
    case .proposeDecision(let command):
        return try propose(command, by: caller, in: &transaction, at: now, using: &random)
    case .withdrawProposal(let payment):
        return try withdrawProposal(for: payment, by: caller, in: &transaction)
    case .approveProposal(let command):
        return try approve(command, by: caller, in: &transaction, at: now, using: &random)
    case .bakong(let command):
        return try keepBakong(command, by: caller, in: &transaction, at: now, using: &random)
    case .people(let command):
        return try keepPeople(command, by: caller, in: &transaction, at: now, using: &random)
    case .console(let command):
        return try carryOut(command, by: caller, in: &transaction, at: now, using: &random)
    case .access(let command):
        return try changeAccess(command, by: caller, in: &transaction, at: now, using: &random)
    }
}

/// Keeps a refusal as the first answer, unless asking again later may bring another, or there is a first answer: what that
/// showed may have been cleared away since.
private func remember(
    _ refusal: Refusal,
    for submission: Submission,
    in transaction: inout Transaction,
    at now: Timestamp
) -> Outcome {
    if let token = submission.idempotency, refusal.code.retry != .later,
        transaction.idempotency[token.key] == nil
    {
        transaction.idempotency.set(
            token.key,
            IdempotencyRecord(fingerprint: token.fingerprint, answer: .refused(refusal), createdAt: now)
        )
    }
    return Outcome(.failure(refusal))
}

/// The first answer again, byte for byte: what it shows has not changed since, or is shown as it was.
private func repeated(
    _ answer: StoredAnswer,
    to participant: ParticipantID,
    in transaction: Transaction
) throws(StepFailure) -> Result<Reply, Refusal> {
    switch answer {
    case .resolution(let id):
        try transaction.require(.resolution(id))
        guard let resolution = transaction.resolutions[id] else { throw .refused(.gone) }
        try transaction.require(.merchant(resolution.merchantKey))
        guard let merchant = transaction.merchants[resolution.merchantKey] else { throw .refused(.gone) }
        return .success(.resolution(resolution, merchant))
    case .quote(let id):
        try transaction.require(.quote(id))
        guard let quote = transaction.quotes[id] else { throw .refused(.gone) }
        return .success(.quote(quote.asIssued))
    case .payment(let id):
        try transaction.require(.payment(id))
        guard let payment = transaction.payments[id] else { throw .refused(.gone) }
        return .success(.payment(payment.asSubmitted))
    case .paymentReport(let id):
        try transaction.require(.payment(id))
        guard let payment = transaction.payments[id] else { throw .refused(.gone) }
        return .success(.paymentReport(payment))
    case .refund(let id):
        try transaction.require(.refund(id))
        guard let refund = transaction.refunds[id] else { throw .refused(.gone) }
        return .success(.refund(refund))
    case .recall(let id):
        try transaction.require(.recall(id))
        guard let recall = transaction.recalls[id] else { throw .refused(.gone) }
        return .success(.recall(recall.asRequested))
    case .dispute(let id):
        try transaction.require(.dispute(id))
        guard let dispute = transaction.disputes[id] else { throw .refused(.gone) }
        return .success(.dispute(dispute.asOpened))
    case .disputeEvent(let key):
        try transaction.require(.disputeEvent(key))
        guard let event = transaction.disputeEvents[key] else { throw .refused(.gone) }
        return .success(.disputeEvent(event))
    case .evidence(let id):
        try transaction.require(.evidence(id))
        guard let evidence = transaction.evidence[id] else { throw .refused(.gone) }
        return .success(.evidence(evidence))
    case .merchant(let key):
        try transaction.require(.merchant(key))
        guard let merchant = transaction.merchants[key] else { throw .refused(.gone) }
        return .success(.merchant(merchant))
    case .webhook(let id, let secretNumber):
        try transaction.require(.webhooks(participant))
        guard let webhook = transaction.webhooks[participant]?[id] else { throw .refused(.gone) }
        return .success(.webhook(webhook.asAnswered(secretNumber: secretNumber)))
    case .ratesPublished(let count):
        return .success(.ratesPublished(count: count))
    case .refused(let refusal):
        return .failure(refusal)
    }
}

extension StoredAnswer {
    /// What is kept of a reply; nothing for those without an idempotency key.
    fileprivate init?(_ reply: Reply) {
        switch reply {
        case .resolution(let resolution, _): self = .resolution(resolution.id)
        case .quote(let quote): self = .quote(quote.id)
        case .payment(let payment): self = .payment(payment.id)
        case .paymentReport(let payment): self = .paymentReport(payment.id)
        case .refund(let refund): self = .refund(refund.id)
        case .recall(let recall): self = .recall(recall.id)
        case .dispute(let dispute): self = .dispute(dispute.id)
        case .disputeEvent(let event): self = .disputeEvent(event.key)
        case .evidence(let evidence): self = .evidence(evidence.id)
        case .merchant(let merchant): self = .merchant(merchant.key)
        case .webhook(let webhook): self = .webhook(webhook.id, secretNumber: webhook.secretNumber)
        case .ratesPublished(let count): self = .ratesPublished(count: count)
        case .participant, .apiKey, .exceptionCase, .feesRecorded, .messagesReplayed, .inbox, .acknowledged,
            .bakongProject, .deepLink, .person, .shopsImported, .accessChange, .done:
            return nil
        }
    }
}

extension Refusal {
    /// The first answer showed something that has been cleared away since.
    fileprivate static let gone = Refusal(.notFound, "What this key created has expired and been removed.")
}
