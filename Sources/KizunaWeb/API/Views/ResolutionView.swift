import KizunaPayments

extension JSON {
    /// A resolution as its issuer sees it.
    init(_ resolution: Resolution, of merchant: Merchant) {
        self = [
            "id": JSON(name: resolution.id),
            "scheme": .string(resolution.scheme),
            "merchant": [
                "id": JSON(name: merchant.id),
                "name": .string(merchant.name),
                "localName": JSON(merchant.localName),
                "city": .string(merchant.city),
                "categoryCode": .string(merchant.categoryCode),
                "country": .string(merchant.key.country.rawValue),
                "acquirer": JSON(name: merchant.acquirer),
            ],
            "currency": JSON(name: resolution.currency),
            "amount": JSON(resolution.fixedAmount),
            "reference": JSON(resolution.reference),
            "singleUse": .bool(resolution.isSingleUse),
            "createdAt": JSON(resolution.createdAt),
            "expiresAt": JSON(resolution.expiresAt),
        ]
    }
}
