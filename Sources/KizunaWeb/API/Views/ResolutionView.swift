import KizunaMoney
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

extension Schema {
    static let resolution = answer([
        "id": .id(ExampleID.resolution),
        "scheme": .text(1...40, "jpqr-mpm"),
        "merchant": answer([
            "id": .id(ExampleID.merchant),
            "name": .text(1...25, "KIZUNA SHOTEN"),
            "localName": .text(1...50, "きずな商店").nullable,
            "city": .text(1...15, "Tokyo"),
            "categoryCode": .categoryCode,
            "country": .country(.japan),
            "acquirer": .participant("naniwa-acquiring"),
        ]),
        "currency": .currency(.jpy),
        "amount": .yen("1980").null.saying("What the code fixes; null where the payer types it."),
        "reference": .anyText(most: 8_192, "INV-2021-07-65822").null,
        "singleUse": .boolean(false),
        "createdAt": .timestamp,
        "expiresAt": .timestamp,
    ])
    .named("Resolution", "A scanned code, and the shop that it pays, by its own bank's registration.")
}
