package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// A message that something which happened to a payment called for.
package struct Letter: Sendable, Hashable {
    package let kind: OutboxMessage.Kind
    package let destination: ParticipantID
    /// When it was written: in the commit of what it tells.
    package let at: Timestamp
}

extension PaymentMachine.Effect {
    /// What it has written, and to whom; `nil` for what nobody is told.
    func letter(about payment: Payment, at now: Timestamp) -> Letter? {
        switch self {
        case .requestCredit: Letter(kind: .creditRequest, destination: payment.acquirer, at: now)
        case .queryStatus: Letter(kind: .statusQuery, destination: payment.acquirer, at: now)
        case .tellDestination: Letter(kind: .creditDecision, destination: payment.acquirer, at: now)
        case .tellIssuer: Letter(kind: .paymentUpdate, destination: payment.issuer, at: now)
        case .requestReversal: Letter(kind: .reversalRequest, destination: payment.acquirer, at: now)
        case .placeHolds, .postHolds, .voidHolds, .suspendHolds, .paySuspended, .returnSuspended, .payAnew,
            .callOperator,
            .dismissOperator, .start, .stop:
            nil
        }
    }
}

extension Payment {
    /// Every message to a bank that the payment's life has called for, in the order of writing. Messages are removed when
    /// they have arrived, and what is kept of a payment tells which there were.
    ///
    /// Not among them: what webhooks are told, what is told about recalls and disputes, and a decision that was told
    /// again to a bank that promised too late.
    package func letters(refunds: [Refund]) -> [Letter] {
        var state = PaymentState.submitted
        var letters: [Letter] = []
        for event in events ?? [] where event.trigger != .submitted {
            let edge = try? PaymentMachine.edge(from: state, on: event.trigger, link: link)
            letters += (edge?.effects ?? []).compactMap { $0.letter(about: self, at: event.at) }
            state = event.state
        }
        letters += refunds.map { Letter(kind: .refundNotice, destination: issuer, at: $0.createdAt) }
        return letters.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }
}
