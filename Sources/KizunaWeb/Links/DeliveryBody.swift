import KizunaPayments
import KizunaSwitch

/// What is written to a participant.
extension Delivery {
    /// The message as JSON; `nil` when nobody knows the refund or the claim that it is about, which is a defect.
    package var body: JSON? { body(as: message.kind) }

    private func body(as kind: OutboxMessage.Kind) -> JSON? {
        switch kind {
        case .creditRequest: creditRequest
        case .creditDecision: creditDecision
        case .paymentUpdate: JSON(payment)
        case .refundNotice:
            refund.map { JSON($0).adding([JSON.Member(name: "paymentState", value: .string(payment.state.name))]) }
        case .reversalRequest: reversalRequest
        case .recallRequest, .recallUpdate: recall.map { JSON($0) }
        case .disputeUpdate: dispute.map { JSON($0) }
        case .statusQuery: ["paymentId": JSON(name: payment.id), "uetr": JSON(name: payment.uetr)]
        case .event: message.target.flatMap { data(of: $0.event) }
        }
    }

    /// What a webhook is told of an event.
    func data(of event: Webhook.Event) -> JSON? {
        switch event {
        case .paymentUpdated: body(as: .paymentUpdate)
        case .paymentDecided: body(as: .creditDecision)
        case .refundCreated: body(as: .refundNotice)
        case .merchantPaid:
            shopNotice.adding([
                JSON.Member(name: "amount", value: JSON(payment.price.merchantAmount)),
                JSON.Member(name: "receives", value: JSON(payment.price.merchantReceives)),
                JSON.Member(name: "paidAt", value: JSON(message.createdAt)),
            ])
        case .merchantRefunded:
            refund.map { refund in
                shopNotice.adding([
                    JSON.Member(name: "refundId", value: JSON(name: refund.id)),
                    JSON.Member(name: "amount", value: JSON(refund.merchantAmount)),
                    JSON.Member(name: "refundedAt", value: JSON(refund.createdAt)),
                ])
            }
        }
    }

    /// What a shop needs to recognise a payment; nothing of the payer but the country.
    private var shopNotice: JSON {
        [
            "paymentId": JSON(name: payment.id),
            "merchantId": JSON(name: payment.merchant),
            "reference": JSON(parties.reference),
            "payerCountry": .string(payerCountry.rawValue),
        ]
    }

    private var creditRequest: JSON {
        [
            "paymentId": JSON(name: payment.id),
            "uetr": JSON(name: payment.uetr),
            "merchant": [
                "id": JSON(name: payment.merchant),
                "code": .string(parties.merchantKey.text),
                "name": .string(parties.merchantName),
                "city": .string(parties.merchantCity),
            ],
            "merchantAmount": JSON(payment.price.merchantAmount),
            "payer": [
                "name": .string(parties.payerName),
                "country": .string(payerCountry.rawValue),
                "issuer": JSON(name: payment.issuer),
            ],
            "reference": JSON(parties.reference),
            "decisionDeadline": JSON(payment.decisionDeadline),
        ]
    }

    private var creditDecision: JSON {
        [
            "paymentId": JSON(name: payment.id),
            "uetr": JSON(name: payment.uetr),
            "decision": message.state.isPaid ? "COMMITTED" : "ABORTED",
            "merchantAmount": JSON(payment.price.merchantAmount),
            "reason": message.state.isPaid ? .null : JSON(payment.reason?.rawValue),
        ]
    }

    /// The meaning of a camt.056: which payment, and why it is to be undone. A receiver knows a repeat by the UETR.
    private var reversalRequest: JSON {
        [
            "paymentId": JSON(name: payment.id),
            "uetr": JSON(name: payment.uetr),
            "merchantAmount": JSON(payment.price.merchantAmount),
            // Credited after it had been aborted, or not answered in time (ExternalCancellationReason1Code).
            "reason": payment.isReleased ? "TECH" : "DS24",
        ]
    }

    /// There is one corridor to each country, so the shop's country says where the payer is from.
    private var payerCountry: Country {
        switch parties.merchantKey.country {
        case .cambodia: .japan
        case .japan: .cambodia
        }
    }
}
