import KizunaPayments
import KizunaSwitch

/// What is written to a participant.
extension Delivery {
    /// The message as JSON; `nil` for a refund notice whose refund nobody knows, which is a defect.
    var body: JSON? {
        switch message.kind {
        case .creditRequest: creditRequest
        case .creditDecision: creditDecision
        case .paymentUpdate: JSON(payment)
        case .refundNotice:
            refund.map { JSON($0).adding([JSON.Member(name: "paymentState", value: .string(payment.state.name))]) }
        case .statusQuery: ["paymentId": JSON(name: payment.id), "uetr": JSON(name: payment.uetr)]
        }
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

    /// There is one corridor to each country, so the shop's country says where the payer is from.
    private var payerCountry: Country {
        switch parties.merchantKey.country {
        case .cambodia: .japan
        case .japan: .cambodia
        }
    }
}
