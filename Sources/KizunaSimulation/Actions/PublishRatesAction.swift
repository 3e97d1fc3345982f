import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A provider publishes its rates, a little off the market each time.
struct PublishRatesAction: Action {
    let provider: ParticipantID
    let seed: UInt64

    var title: String { "\(provider) publishes its rates" }

    func perform(in world: World) {
        // Nobody wants a quote any more once every wallet has submitted.
        guard world.now <= World.planStart + world.plan.span || world.openStories > 0 else { return }
        guard world.mischief.idleProviders[provider] == nil, let participant = world.cast.participant(provider) else {
            return
        }
        var dice = SeededDice(seed: seed)
        let rates = PublishRatesAction.market.map { row in
            PublishRate(
                pair: CurrencyPair(payer: row.payer, merchant: row.merchant),
                mid: PublishRatesAction.mid(near: row.mid, using: &dice),
                spreadBasisPoints: dice.number(20...120),
                tiers: PublishRatesAction.tiers(of: row.merchant, using: &dice),
                improvements: PublishRatesAction.improvements(for: world.cast, using: &dice)
            )
        }
        world.request(
            Submission(
                caller: .participant(provider),
                command: .publishRates(rates),
                idempotency: world.token(participant, .publishRates, "rates-\(seed)", body: seed)
            )
        ) { _ in }
    }

    private static func tiers(of currency: Currency, using dice: inout SeededDice) -> [ProviderRate.Tier] {
        guard dice.chance(inHundred: 50) else { return [] }
        let first = dice.pick(Catalogue.popularUnits(of: currency))
        return [first, first * 3].map {
            ProviderRate.Tier(
                fromMinorUnits: $0 * currency.customerUnitMinorUnits,
                spreadBasisPoints: dice.number(20...150)
            )
        }
    }

    private static func improvements(
        for cast: Cast,
        using dice: inout SeededDice
    ) -> [ProviderRate.Improvement] {
        guard dice.chance(inHundred: 40) else { return [] }
        return [ProviderRate.Improvement(issuer: dice.pick(cast.issuers).id, basisPoints: dice.number(1...20))]
    }

    /// The market with both ways over the dollar.
    private static let market =
        SimulatedFXProvider.market + [(payer: .khr, merchant: .usd, mid: "4010"), (.usd, .khr, "0.0002493766")]

    /// Within half a percent of the market.
    private static func mid(near market: String, using dice: inout SeededDice) -> Rate {
        guard let rate = try? Rate(reference: market) else { preconditionFailure("\(market) is no rate") }
        var digits = rate.digits
        for _ in rate.decimals..<Rate.maximumDecimals { digits *= 10 }
        let moved = digits / 1_000 * dice.number(995...1_005) + dice.number(0...999)
        guard let mid = try? Rate(digits: moved, decimals: Rate.maximumDecimals) else {
            preconditionFailure("\(market) cannot be moved")
        }
        return mid
    }
}
