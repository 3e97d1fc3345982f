package import KizunaLedger
package import KizunaPayments

/// What a command came to, when it was not refused.
package enum Reply: Sendable, Hashable {
    case resolution(Resolution, Merchant)
    case quote(Quote)
    case payment(Payment)
    /// Where a payment stands that was submitted before.
    case paymentReport(Payment)
    case refund(Refund)
    case recall(Recall)
    case dispute(Dispute)
    case disputeEvent(DisputeEvent)
    case evidence(Evidence)
    case merchant(Merchant)
    case ratesPublished(count: Int)
    /// How many lines were new.
    case feesRecorded(count: Int)
    case participant(Participant)
    case apiKey(UniqueID)
    case webhook(Webhook)
    case messagesReplayed(count: Int)
    /// Messages as they were fetched.
    case inbox([OutboxMessage])
    case acknowledged(count: Int)
    case exceptionCase(ExceptionCase, Payment)
    case bakongProject(BakongProject)
    case deepLink(DeepLink)
    case person(Person)
    case shopsImported(ImportCount)
    case accessChange(AccessChange)
    /// Nothing to say: the courier's reports and timers.
    case done
}

/// The end of a submission: a reply or a refusal, and whether it had been given before.
package struct Outcome: Sendable, Hashable {
    package let result: Result<Reply, Refusal>
    /// The stored first answer to the same idempotency key.
    package let isReplay: Bool

    package init(_ result: Result<Reply, Refusal>, isReplay: Bool = false) {
        self.result = result
        self.isReplay = isReplay
    }
}
