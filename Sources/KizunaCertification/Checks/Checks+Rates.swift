import KizunaLedger
import KizunaMoney
import KizunaPayments

/// What an FX provider publishes. Nothing is sent to it: what it has last published is looked at.
extension Check {
    static let rates: [Check] = [
        rate(
            "published",
            "There is a rate between a payer's currency and a shop's",
            why: "Without one, the switch never asks this provider to exchange anything."
        ) { trial throws(Finding) in
            guard !trial.target.ownRates.isEmpty else { throw .failed("No rate has been published.") }
        },
        rate(
            "fresh",
            "Every rate was published within the last minute",
            why: "An older one is not quoted: payers are told that there is no rate, or pay another provider's."
        ) { trial throws(Finding) in
            for (pair, rate) in try trial.published() where !rate.isFresh(at: trial.now) {
                let age = trial.now.since(rate.publishedAt).components.seconds
                throw .failed("The rate \(pair.words) is \(age) seconds old.")
            }
        },
        rate(
            "there-and-back",
            "Who exchanges there and back gains nothing",
            why: "Otherwise somebody will do it all day, at the provider's cost."
        ) { trial throws(Finding) in
            let rates = try trial.published()
            var pairs = 0
            for (pair, rate) in rates where pair.payer < pair.merchant {
                guard let back = rates.first(where: { $0.pair == pair.reversed })?.rate else { continue }
                pairs += 1
                guard rate.costsAtLeastOne(with: back) else {
                    throw .failed("\(pair.words) and back brings more than was given, at the narrowest spreads.")
                }
            }
            guard pairs > 0 else { throw .notApplicable("There are rates in one direction only.") }
        },
        rate(
            "both-ways",
            "There is a rate back for every rate there",
            why: "Travellers go both ways, and a provider that is only ever sold one currency runs out of the other.",
            .advice
        ) { trial throws(Finding) in
            let pairs = try trial.published().map(\.pair)
            if let alone = pairs.first(where: { !pairs.contains($0.reversed) }) {
                throw .failed("There is \(alone.words), and not back.")
            }
        },
        rate(
            "near-others",
            "Every middle is within two percent of other providers'",
            why: "A point in the wrong place, or two currencies in the wrong order, shows here before a payer pays it.",
            .advice
        ) { trial throws(Finding) in
            var others = 0
            for (pair, rate) in try trial.published() {
                for other in trial.target.freshRatesOfOthers(pair, at: trial.now) {
                    others += 1
                    guard rate.mid.isNear(other.mid) else {
                        throw .failed("\(pair.words) is at \(rate.mid), and at \(other.mid) with another provider.")
                    }
                }
            }
            guard others > 0 else { throw .notApplicable("No other provider has a fresh rate of these.") }
        },
    ]

    private static func rate(
        _ name: String,
        _ title: String,
        why: String,
        _ weight: Weight = .mandatory,
        body: @escaping @Sendable (Trial) async throws(Finding) -> Void
    ) -> Check {
        Check(.rate, name, title, why: why, .prices, weight, for: [.rates], body: body)
    }
}

extension Trial {
    fileprivate func published() throws(Finding) -> [(pair: CurrencyPair, rate: ProviderRate)] {
        guard !target.ownRates.isEmpty else { throw .notApplicable("No rate has been published.") }
        return target.ownRates
    }
}

extension Target {
    /// What the participant has last published, in the order of the pairs.
    fileprivate var ownRates: [(pair: CurrencyPair, rate: ProviderRate)] {
        boards.flatMap { board in
            board.rates.filter { $0.provider == participant.id }.map { (pair: board.pair, rate: $0) }
        }
        .sorted { ($0.pair.payer, $0.pair.merchant) < ($1.pair.payer, $1.pair.merchant) }
    }

    fileprivate func freshRatesOfOthers(_ pair: CurrencyPair, at now: Timestamp) -> [ProviderRate] {
        boards.first { $0.pair == pair }?.quotable(at: now).filter { $0.provider != participant.id } ?? []
    }
}

extension CurrencyPair {
    fileprivate var reversed: CurrencyPair { CurrencyPair(payer: merchant, merchant: payer) }
    fileprivate var words: String { "\(payer.code) for \(merchant.code)" }
}

extension ProviderRate {
    /// Whether one unit that is exchanged here and back there costs one unit or more, at the narrowest spread that any
    /// size and issuer gets.
    fileprivate func costsAtLeastOne(with back: ProviderRate) -> Bool {
        guard let there = try? allIn(spreadBasisPoints: narrowestSpread),
            let again = try? back.allIn(spreadBasisPoints: back.narrowestSpread)
        else { return true }
        let product = Int128(there.digits) * Int128(again.digits)
        return product >= Int128.powerOfTen(there.decimals + again.decimals)
    }

    private var narrowestSpread: Int64 {
        let spread = tiers.map(\.spreadBasisPoints).reduce(spreadBasisPoints, min)
        return spread - (improvements.map(\.basisPoints).max() ?? 0)
    }
}

extension Rate {
    /// Whether two rates are within two percent of each other.
    fileprivate func isNear(_ other: Rate) -> Bool {
        let decimals = max(self.decimals, other.decimals)
        let own = Int128(digits) * .powerOfTen(decimals - self.decimals)
        let others = Int128(other.digits) * .powerOfTen(decimals - other.decimals)
        return (own - others).magnitude * 50 <= others.magnitude
    }
}

extension Int128 {
    fileprivate static func powerOfTen(_ exponent: Int) -> Int128 {
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}
