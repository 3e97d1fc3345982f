import KizunaLedger
import KizunaMoney
import KizunaPayments

extension JSON {
    /// A payment as its issuer, its acquirer and its provider see it.
    init(_ payment: Payment) {
        let price = payment.price
        let parts: JSON = [
            "id": JSON(name: payment.id),
            "uetr": JSON(name: payment.uetr),
            "quoteId": JSON(name: payment.quote),
            "state": .string(payment.state.name),
            "outcome": .string(payment.outcome),
            "reason": payment.reason.map { JSON($0) } ?? .null,
            "issuer": JSON(name: payment.issuer),
            "acquirer": JSON(name: payment.acquirer),
            "provider": JSON(name: payment.provider),
        ]
        self = parts.adding(price.amountMembers + price.shareMembers(by: payment.provider)).adding([
            "refunded": JSON(payment.refunded, of: price),
            "possibleDuplicate": .bool(payment.possibleDuplicate),
            "submittedAt": JSON(payment.submittedAt),
            "decisionDeadline": JSON(payment.decisionDeadline),
            "changedAt": JSON(payment.changedAt),
        ])
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

extension Schema {
    /// A payment as `JSON(payment)` writes it.
    static let payment = answer([
        "id": .id(ExampleID.payment),
        "uetr": .id(ExampleID.uetr).saying("The UETR of ISO 20022, the same at all banks."),
        "quoteId": .id(ExampleID.quote),
        "state": .words(PaymentState.allCases.map(\.name), "SENT"),
        "outcome": .outcome.saying("The state in one word, for those who only want to know whether to wait."),
        "reason": rejection.null.saying("Why it was rejected."),
        "issuer": .participant("mekong-bank"),
        "acquirer": .participant("naniwa-acquiring"),
        "provider": .participant("tonle-fx"),
    ])
    .adding(priceAmounts + priceShares)
    .adding([
        "refunded": answer(["parts": .count(0), "merchantAmount": .yen("0"), "payerAmount": .riel("0")]),
        "possibleDuplicate": .boolean(false),
        "submittedAt": .timestamp,
        "decisionDeadline": .timestamp.saying("When silence of the shop's bank turns into an abort."),
        "changedAt": .timestamp,
    ])
    .named("Payment", "A payment as its issuer, its acquirer and its provider see it.")

    /// A payment with the names that ride along.
    static let paymentWithParties = payment.adding(["parties": parties.optional])
        .named(
            "PaymentWithParties",
            "A payment with the names that ride along, as far as they are the reader's business."
        )

    static let outcome = words(["pending", "success", "failure", "unknown"])

    static let rejection = answer([
        "code": .words(RefusalCode.allCases, .technical),
        "isoReason": .isoReason.showing(JSON(RefusalCode.technical.isoReason)).nullable,
        "detail": .text(1...200, RefusalCode.technical.title),
    ])
    .named("Rejection", "Why a payment was rejected.")

    private static let parties = answer([
        "merchant": answer([
            "id": .id(ExampleID.merchant),
            "code": .text(1...80, "jpqr:0000000000001.0001.000001.000001"),
            "name": .text(1...25, "KIZUNA SHOTEN"),
            "localName": .text(1...50, "きずな商店").nullable,
            "city": .text(1...15, "Tokyo"),
            "country": .country(.japan),
        ]),
        "payer": answer([
            "name": .text(1...140, "Chan Sokha").nullable.saying("For both banks; null for others."),
            "account": .text(1...34, "001-234-567").nullable.saying("For the payer's own bank; null for others."),
        ]),
        "reference": .anyText(most: 8_192, "INV-2021-07-65822").null.saying("What the code called the purchase."),
    ])
    .named("Parties", "Who pays whom.")
}
