import KizunaMoney
import KizunaPayments

extension JSON {
    /// A quote as its issuer sees it, and shows it to the payer.
    init(_ quote: Quote) {
        let price = quote.price
        let parts: JSON = [
            "id": JSON(name: quote.id), "resolutionId": JSON(name: quote.resolution),
            "provider": JSON(name: quote.provider),
        ]
        self = parts.adding(price.amountMembers)
            .adding(["markupPercent": JSON(price.markupPercent)])
            .adding(price.shareMembers(by: quote.provider))
            .adding([
                "createdAt": JSON(quote.createdAt),
                "expiresAt": JSON(quote.expiresAt),
                "possibleDuplicate": quote.possibleDuplicate.map { .bool($0) } ?? .null,
            ])
    }
}

extension Schema {
    static let quote = answer([
        "id": .id(ExampleID.quote),
        "resolutionId": .id(ExampleID.resolution),
        "provider": .participant("tonle-fx"),
    ])
    .adding(priceAmounts)
    .adding([
        "markupPercent": .text(matching: "^[+-][0-9]+[.][0-9]{3}$", "+1.004").nullable
            .saying("How much dearer than at the market's middle, all fees included.")
    ])
    .adding(priceShares)
    .adding([
        "createdAt": .timestamp,
        "expiresAt": .timestamp,
        "possibleDuplicate": .boolean(false).null.saying("null where the payer was not named."),
    ])
    .named("Quote", "A price that is honoured until it expires, once.")
}
