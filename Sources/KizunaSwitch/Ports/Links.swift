package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// The way to the participants' own systems.
package protocol Links: Sendable {
    /// Delivers one message and calls back with the answer, once.
    ///
    /// - Parameter timeout: after it, the answer counts as ``DeliveryOutcome/noAnswer``.
    func deliver(_ delivery: Delivery, timeout: Duration, answer: @escaping @Sendable (DeliveryOutcome) -> Void)

    /// Tells a webhook of an event, and calls back once with the status of its answer; `nil` when there was none in time.
    func announce(_ announcement: Announcement, timeout: Duration, answer: @escaping @Sendable (Int?) -> Void)
}

/// A message with everything that its receiver needs to know.
package struct Delivery: Sendable {
    package let message: OutboxMessage
    package let destination: Participant
    package let payment: Payment
    package let parties: PaymentParties
    package let refund: Refund?
    package let recall: Recall?
    package let dispute: Dispute?

    package init(
        message: OutboxMessage,
        destination: Participant,
        payment: Payment,
        parties: PaymentParties,
        refund: Refund?,
        recall: Recall? = nil,
        dispute: Dispute? = nil
    ) {
        self.message = message
        self.destination = destination
        self.payment = payment
        self.parties = parties
        self.refund = refund
        self.recall = recall
        self.dispute = dispute
    }

    /// A message with what belongs to it, as committed; `nil` when something is missing, which is a defect.
    package init?(of message: OutboxMessage, from reader: any StoreReader) throws(StoreError) {
        guard let payment = try reader.payment(message.payment),
            let parties = try reader.parties(of: message.payment),
            let destination = try reader.participant(message.destination)
        else { return nil }
        self.init(
            message: message,
            destination: destination,
            payment: payment,
            parties: parties,
            refund: try message.refund.flatMap { id throws(StoreError) in try reader.refund(id) },
            recall: try message.recall.flatMap { id throws(StoreError) in try reader.recall(id) },
            dispute: try message.dispute.flatMap { id throws(StoreError) in try reader.dispute(id) }
        )
    }
}

/// What a webhook is told.
package struct Announcement: Sendable {
    /// Stable over all attempts.
    package let id: UniqueID
    package let participant: ParticipantID
    package let webhook: Webhook
    /// When it happened.
    package let at: Timestamp
    /// What happened; `nil` for a trial, which says only that it is one.
    package let event: Webhook.Event?
    package let delivery: Delivery?

    package init(_ event: Webhook.Event, to webhook: Webhook, _ delivery: Delivery) {
        id = delivery.message.id
        participant = delivery.destination.id
        self.webhook = webhook
        at = delivery.message.createdAt
        self.event = event
        self.delivery = delivery
    }

    /// A trial.
    package init(trialOf webhook: Webhook, of participant: ParticipantID, id: UniqueID, at now: Timestamp) {
        self.id = id
        self.participant = participant
        self.webhook = webhook
        at = now
        event = nil
        delivery = nil
    }
}

/// What a receiver made of a message.
package enum DeliveryOutcome: Sendable, Hashable {
    /// To a credit request or a status query: it credits, or promises to.
    case accepted
    /// To a credit request or a status query: it will not, and has not.
    case refused(RefusalCode)
    /// To a reversal request: nothing stands any more of the credit.
    case cancelled
    /// To a reversal request or a recall: the credit stays.
    case cancellationRefused(ReversalRefusal)
    /// To a recall: the money goes back, or this much of it.
    case granted(Money?)
    /// To a notice, or to a recall that is answered later: received.
    case acknowledged
    /// It answered that it cannot tell yet.
    case pending
    /// Silence, a broken connection, or an answer that makes no sense. It may have acted or not.
    case noAnswer
    /// It has no address: it asks for its messages itself.
    case notCallable
}

extension DeliveryOutcome {
    /// Whether a payment may move because of it.
    var decides: Bool {
        switch self {
        case .accepted, .refused, .cancelled, .cancellationRefused, .granted: true
        case .acknowledged, .pending, .noAnswer, .notCallable: false
        }
    }

    /// Whether the receiver has not made anything of the message yet.
    var isSilence: Bool {
        switch self {
        case .pending, .noAnswer, .notCallable: true
        case .accepted, .refused, .cancelled, .cancellationRefused, .granted, .acknowledged: false
        }
    }
}
