import KizunaLedger
import KizunaMoney
import KizunaPayments

extension JSON {
    /// A provider's rate for a pair, and whether it is fresh enough to be quoted. What single issuers pay less is between
    /// them and the provider.
    init(_ rate: ProviderRate, of pair: CurrencyPair, at now: Timestamp, for reader: ParticipantID) {
        let improvements = rate.improvements.filter { reader == rate.provider || reader == $0.issuer }
        self = [
            "payerCurrency": JSON(name: pair.payer),
            "merchantCurrency": JSON(name: pair.merchant),
            "provider": JSON(name: rate.provider),
            "mid": JSON(name: rate.mid),
            "spreadBasisPoints": JSON(rate.spreadBasisPoints),
            "tiers": .array(rate.tiers.map { JSON($0, in: pair.merchant) }),
            "improvements": .array(improvements.map { JSON($0) }),
            "rate": JSON((try? rate.allIn(spreadBasisPoints: rate.spreadBasisPoints))?.description),
            "publishedAt": JSON(rate.publishedAt),
            "quotable": .bool(rate.isFresh(at: now)),
        ]
    }

    private init(_ tier: ProviderRate.Tier, in currency: Currency) {
        self = [
            "from": JSON(Money(minorUnits: tier.fromMinorUnits, currency: currency)),
            "spreadBasisPoints": JSON(tier.spreadBasisPoints),
        ]
    }

    private init(_ improvement: ProviderRate.Improvement) {
        self = ["issuer": JSON(name: improvement.issuer), "basisPoints": JSON(improvement.basisPoints)]
    }
}

extension Schema {
    static let rate = answer([
        "payerCurrency": .currency(.khr),
        "merchantCurrency": .currency(.jpy),
        "provider": .participant("tonle-fx"),
        "mid": .rate("26.8227424749"),
        "spreadBasisPoints": .spread(50),
        "tiers": .list(of: answer(["from": .yen("100000"), "spreadBasisPoints": .spread(30)])).showing([]),
        "improvements": .list(
            of: answer(["issuer": .participant("mekong-bank"), "basisPoints": .spread(5)])
        ).showing([]).saying("What single issuers pay less, as far as it is the caller's business."),
        "rate": .rate("26.956856188").nullable.saying("With the spread; null where that has too many digits."),
        "publishedAt": .timestamp,
        "quotable": .boolean(true).saying("Whether it is fresh enough to be quoted."),
    ])
    .named("Rate", "A provider's rate: units of the payer's currency for one of the shop's.")

    static func spread(_ example: Int64) -> Schema { integer(0...ProviderRate.largestSpreadBasisPoints, example) }
}
