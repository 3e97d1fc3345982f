package import KizunaMoney
package import KizunaPayments

/// The way to the participants' own systems.
package protocol Links: Sendable {
    /// Delivers one message and waits for the answer.
    ///
    /// - Parameter timeout: after it, the answer counts as ``DeliveryOutcome/noAnswer``.
    func deliver(_ delivery: Delivery, timeout: Duration) async -> DeliveryOutcome
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
}

extension DeliveryOutcome {
    /// Whether a payment may move because of it.
    var decides: Bool {
        switch self {
        case .accepted, .refused, .cancelled, .cancellationRefused, .granted: true
        case .acknowledged, .pending, .noAnswer: false
        }
    }

    /// Whether the receiver has not made anything of the message yet.
    var isSilence: Bool {
        switch self {
        case .pending, .noAnswer: true
        case .accepted, .refused, .cancelled, .cancellationRefused, .granted, .acknowledged: false
        }
    }
}
