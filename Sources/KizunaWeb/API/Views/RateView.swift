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
