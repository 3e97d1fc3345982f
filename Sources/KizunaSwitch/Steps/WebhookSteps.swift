import KizunaLedger
import KizunaMoney
package import KizunaPayments

/// A participant names a new address for events.
func addWebhook(
    _ command: AddWebhook,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let participant = try owner(caller, in: transaction)
    let strange = command.events.filter { !participant.roles.contains($0.receiver) }
    guard strange.isEmpty else {
        throw .refused(Refusal(.forbidden, "\(participant.id) has not the role that one of these events is for."))
    }
    var merchant: Merchant?
    if let key = command.merchant {
        try transaction.require(.merchant(key))
        merchant = transaction.merchants[key]
        guard merchant?.acquirer == participant.id else { throw .refused(Refusal(.notFound, "No such shop of yours.")) }
    }
    var webhooks = transaction.webhooks[participant.id] ?? Webhooks()
    guard webhooks.all.count < Webhooks.most else {
        throw .refused(Refusal(.forbidden, "There are \(Webhooks.most) webhooks, the most there may be; remove one."))
    }
    let webhook = Webhook(
        id: .version7(at: now, using: &random),
        url: command.url,
        events: command.events,
        merchant: merchant?.id,
        createdAt: now
    )
    webhooks.add(webhook)
    transaction.webhooks.set(participant.id, webhooks)
    return .webhook(webhook)
}

/// Signs with a new secret from now on, and with the one before for a while, so that the receiver can change over.
func rotateWebhookSecret(
    _ id: UniqueID,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp
) throws(StepFailure) -> Reply {
    let participant = try owner(caller, in: transaction)
    var webhooks = transaction.webhooks[participant.id] ?? Webhooks()
    guard let webhook = webhooks.change(id, { $0.rotateSecret(at: now) }) else { throw .refused(.noSuchWebhook) }
    transaction.webhooks.set(participant.id, webhooks)
    return .webhook(webhook.asAnswered(secretNumber: webhook.secretNumber))
}

/// Messages that are on their way to it are dropped when their time comes.
func removeWebhook(_ id: UniqueID, by caller: Caller, in transaction: inout Transaction) throws(StepFailure) -> Reply {
    let participant = try owner(caller, in: transaction)
    var webhooks = transaction.webhooks[participant.id] ?? Webhooks()
    guard webhooks[id] != nil else { throw .refused(.noSuchWebhook) }
    webhooks.remove(id)
    transaction.webhooks.set(participant.id, webhooks.all.isEmpty ? nil : webhooks)
    return .done
}

/// The courier's report on a message to a webhook.
func webhookAnswered(
    _ report: WebhookReport,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    if var webhooks = transaction.webhooks[report.participant] {
        let outcome = Webhook.Outcome(at: now, status: report.status)
        _ = webhooks.change(report.webhook) { $0.lastOutcome = outcome }
        transaction.webhooks.set(report.participant, webhooks)
    }
    guard let id = report.message, let message = transaction.messages[id] else { return .done }
    if report.isTaken { transaction.messages.set(id, nil) } else { transaction.retry(message, at: now, using: &random) }
    return .done
}

private func owner(_ caller: Caller, in transaction: Transaction) throws(StepFailure) -> Participant {
    guard case .participant(let id) = caller, let participant = transaction.participants[id] else {
        throw .refused(Refusal(.forbidden, "Only a participant has webhooks."))
    }
    try transaction.require(.webhooks(id))
    return participant
}

extension Webhook.Event {
    /// Whom it concerns.
    package var receiver: Participant.Roles {
        switch self {
        case .paymentUpdated, .refundCreated: .issuer
        case .paymentDecided, .merchantPaid, .merchantRefunded: .acquirer
        }
    }
}

extension Refusal {
    static let noSuchWebhook = Refusal(.notFound, "No such webhook of yours.")
}
