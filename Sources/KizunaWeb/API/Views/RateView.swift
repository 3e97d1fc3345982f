import KizunaMoney
import KizunaPayments

extension JSON {
    /// A provider's rate for a pair, and whether it is fresh enough to be quoted.
    init(_ rate: ProviderRate, of pair: CurrencyPair, at now: Timestamp) {
        self = [
            "payerCurrency": JSON(name: pair.payer),
            "merchantCurrency": JSON(name: pair.merchant),
            "provider": JSON(name: rate.provider),
            "mid": JSON(name: rate.mid),
            "spreadBasisPoints": JSON(rate.spreadBasisPoints),
            "rate": JSON((try? rate.allIn())?.description),
            "publishedAt": JSON(rate.publishedAt),
            "quotable": .bool(now.since(rate.publishedAt) <= RateBoard.freshness),
        ]
    }
}
