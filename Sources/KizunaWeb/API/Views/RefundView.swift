import KizunaMoney
import KizunaPayments

extension JSON {
    /// A refund as both banks see it.
    init(_ refund: Refund) {
        self = [
            "id": JSON(name: refund.id),
            "paymentId": JSON(name: refund.payment),
            "uetr": JSON(name: refund.uetr),
            "part": JSON(refund.part),
            "merchantAmount": JSON(refund.merchantAmount),
            "bridgeAmount": JSON(refund.bridgeAmount),
            "payerAmount": JSON(refund.payerAmount),
            "issuerFeeReturned": JSON(refund.issuerFeeReturned),
            "reason": .string(refund.reason.rawValue),
            "createdAt": JSON(refund.createdAt),
        ]
    }
}

extension Schema {
    static let refund = answer([
        "id": .id(ExampleID.refund),
        "paymentId": .id(ExampleID.payment),
        "uetr": .id(ExampleID.refundUETR),
        "part": .integer(1...Int64(Refund.maximumPartsWithClaims), 1),
        "merchantAmount": .yen("500"),
        "bridgeAmount": .money("3.34", .usd).null.saying("Where the payment went over the dollar."),
        "payerAmount": .riel("13478"),
        "issuerFeeReturned": .riel("0"),
        "reason": .words(Refund.Reason.allCases),
        "createdAt": .timestamp,
    ])
    .named("Refund", "Money that went back to the payer, at the payment's own rate.")
}
