import KizunaMoney
import KizunaPayments

extension JSON {
    /// A quote as its issuer sees it, and shows it to the payer.
    init(_ quote: Quote) {
        let price = quote.price
        self = [
            "id": JSON(name: quote.id),
            "resolutionId": JSON(name: quote.resolution),
            "provider": JSON(name: quote.provider),
            "merchantAmount": JSON(price.merchantAmount),
            "interbankAmount": JSON(price.interbankAmount),
            "issuerFee": JSON(price.issuerFee),
            "payerDebit": JSON(price.payerDebit),
            "rate": JSON(name: price.rate),
            "midRate": JSON(name: price.midRate),
            "effectiveRate": JSON(price.effectiveRate?.description),
            "markupPercent": JSON(price.markupPercent),
            "exchanges": .array(price.exchanges(by: quote.provider).map { JSON($0) }),
            "merchantDiscount": JSON(price.merchantDiscount),
            "merchantReceives": JSON(price.merchantReceives),
            "interchange": JSON(price.interchange),
            "switchFee": JSON(price.switchFee),
            "createdAt": JSON(quote.createdAt),
            "expiresAt": JSON(quote.expiresAt),
            "possibleDuplicate": quote.possibleDuplicate.map { .bool($0) } ?? .null,
        ]
    }
}

extension Schema {
    static let quote = answer([
        "id": .id(ExampleID.quote),
        "resolutionId": .id(ExampleID.resolution),
        "provider": .participant("tonle-fx"),
        "merchantAmount": .yen("1980"),
        "interbankAmount": .riel("53375"),
        "issuerFee": .riel("267"),
        "payerDebit": .riel("53642"),
        "rate": .rate("26.956856188"),
        "midRate": .rate("26.8227424749"),
        "effectiveRate": .rate("27.09191919").nullable,
        "markupPercent": .text(matching: "^[+-][0-9]+[.][0-9]{3}$", "+1.004").nullable
            .saying("How much dearer than at the market's middle, all fees included."),
        "exchanges": .list(of: .exchange),
        "merchantDiscount": .yen("32"),
        "merchantReceives": .yen("1948"),
        "interchange": .yen("16"),
        "switchFee": .yen("2"),
        "createdAt": .timestamp,
        "expiresAt": .timestamp,
        "possibleDuplicate": .boolean(false).null.saying("null where the payer was not named."),
    ])
    .named("Quote", "A price that is honoured until it expires, once.")
}
