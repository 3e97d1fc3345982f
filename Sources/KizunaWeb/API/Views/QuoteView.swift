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
