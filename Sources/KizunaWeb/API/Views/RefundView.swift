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
