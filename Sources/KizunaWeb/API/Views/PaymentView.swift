import KizunaLedger
import KizunaMoney
import KizunaPayments

extension JSON {
    /// A payment as its issuer, its acquirer and its provider see it.
    init(_ payment: Payment) {
        let price = payment.price
        self = [
            "id": JSON(name: payment.id),
            "uetr": JSON(name: payment.uetr),
            "quoteId": JSON(name: payment.quote),
            "state": .string(payment.state.name),
            "outcome": .string(payment.outcome),
            "reason": payment.reason.map { JSON($0) } ?? .null,
            "issuer": JSON(name: payment.issuer),
            "acquirer": JSON(name: payment.acquirer),
            "provider": JSON(name: payment.provider),
            "merchantAmount": JSON(price.merchantAmount),
            "interbankAmount": JSON(price.interbankAmount),
            "issuerFee": JSON(price.issuerFee),
            "payerDebit": JSON(price.payerDebit),
            "rate": JSON(name: price.rate),
            "midRate": JSON(name: price.midRate),
            "effectiveRate": JSON(price.effectiveRate?.description),
            "exchanges": .array(price.exchanges(by: payment.provider).map { JSON($0) }),
            "merchantDiscount": JSON(price.merchantDiscount),
            "merchantReceives": JSON(price.merchantReceives),
            "interchange": JSON(price.interchange),
            "switchFee": JSON(price.switchFee),
            "refunded": JSON(payment.refunded, of: price),
            "possibleDuplicate": .bool(payment.possibleDuplicate),
            "submittedAt": JSON(payment.submittedAt),
            "decisionDeadline": JSON(payment.decisionDeadline),
            "changedAt": JSON(payment.changedAt),
        ]
    }

    private init(_ tally: RefundTally, of price: Price) {
        self = [
            "parts": JSON(tally.parts),
            "merchantAmount": JSON(
                Money(minorUnits: tally.merchantMinorUnits, currency: price.merchantAmount.currency)
            ),
            "payerAmount": JSON(
                Money(minorUnits: tally.payerMinorUnits, currency: price.interbankAmount.currency)
            ),
        ]
    }

    /// Why a payment was rejected.
    private init(_ reason: RefusalCode) {
        self = [
            "code": .string(reason.rawValue), "isoReason": JSON(reason.isoReason), "detail": .string(reason.title),
        ]
    }

    /// The names that ride along, as far as they are the reader's business: the payer's name is for both banks, the
    /// account for the payer's own.
    init(_ parties: PaymentParties, of payment: Payment, for reader: ParticipantID) {
        let seesPayer = reader == payment.issuer || reader == payment.acquirer
        self = [
            "merchant": [
                "id": JSON(name: payment.merchant),
                "code": .string(parties.merchantKey.text),
                "name": .string(parties.merchantName),
                "localName": JSON(parties.merchantLocalName),
                "city": .string(parties.merchantCity),
                "country": .string(parties.merchantKey.country.rawValue),
            ],
            "payer": [
                "name": seesPayer ? .string(parties.payerName) : .null,
                "account": reader == payment.issuer ? .string(parties.payerAccount) : .null,
            ],
            "reference": JSON(parties.reference),
        ]
    }
}

extension Payment {
    /// What is to be made of it by those who have been told before that it failed: it still has, whatever its destination
    /// says since.
    package var outcome: String { isReleased ? "failure" : state.outcome }
}

extension PaymentState {
    /// The state in one of four words, for those who only want to know whether to wait (`flows.md` 13).
    package var outcome: String {
        switch self {
        case .completed, .partiallyRefunded, .refunded: "success"
        case .rejected, .reversed, .expired: "failure"
        case .unknown, .reversing, .exception: "unknown"
        case .resolved, .quoted, .submitted, .reserved, .sent, .accepted: "pending"
        }
    }
}
