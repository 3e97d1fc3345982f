import KizunaLedger
import KizunaMoney
import KizunaPayments

extension Transaction {
    /// Tells the webhooks of both banks what a payment has come to.
    ///
    /// - Parameter wasPaid: whether the shop had its money before this change.
    mutating func announce(
        _ payment: Payment,
        _ effects: [PaymentMachine.Effect],
        wasPaid: Bool,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) throws(StepFailure) {
        var events: [(Webhook.Event, ParticipantID)] = []
        if effects.contains(.tellIssuer) { events.append((.paymentUpdated, payment.issuer)) }
        if effects.contains(.tellDestination) { events.append((.paymentDecided, payment.acquirer)) }
        if payment.state.isPaid, !wasPaid { events.append((.merchantPaid, payment.acquirer)) }
        try announce(events, about: payment, refund: nil, at: now, using: &random)
    }

    /// Tells them of a refund.
    mutating func announce(
        _ refund: RefundID,
        of payment: Payment,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) throws(StepFailure) {
        let events: [(Webhook.Event, ParticipantID)] = [
            (.refundCreated, payment.issuer), (.merchantRefunded, payment.acquirer),
        ]
        try announce(events, about: payment, refund: refund, at: now, using: &random)
    }

    private mutating func announce(
        _ events: [(Webhook.Event, ParticipantID)],
        about payment: Payment,
        refund: RefundID?,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) throws(StepFailure) {
        for (_, participant) in events { try require(.webhooks(participant)) }
        for (event, participant) in events {
            for webhook in webhooks[participant]?.all ?? [] where webhook.wants(event, about: payment.merchant) {
                let id = UniqueID.version7(at: now, using: &random)
                messages.set(
                    id,
                    OutboxMessage(
                        id: id,
                        kind: .event,
                        destination: participant,
                        target: OutboxMessage.Target(webhook: webhook.id, event: event),
                        payment: payment.id,
                        refund: refund,
                        state: payment.state,
                        createdAt: now,
                        dueAt: now
                    )
                )
            }
        }
    }
}
