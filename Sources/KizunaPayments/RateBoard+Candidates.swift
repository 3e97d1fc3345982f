import KizunaLedger
import KizunaMoney

extension RateBoard {
    /// One provider that could deliver an amount.
    struct Candidate: Sendable, Hashable {
        let provider: ParticipantID
        let quoted: QuotedRate
        /// What it would take, in the pair's payer currency.
        let taken: Money
        /// How much of its cap in the delivered currency is used, in basis points; 0 without a cap.
        let utilisation: Int64
    }

    /// Who could deliver an amount, and why the others cannot.
    struct Survey: Sendable, Hashable {
        var candidates: [Candidate] = []
        var obstacles = Obstacles()
    }

    /// How many providers are kept from an exchange, by what keeps them.
    struct Obstacles: Sendable, Hashable {
        /// Published nothing within ``freshness``.
        var stale = 0
        /// Suspended, or without an account in the currency.
        var away = 0
        /// The headroom does not cover the amount.
        var short = 0
        /// The amount cannot be converted at the rate.
        var unfit = 0
        /// The only one on both sides of the dollar: it would owe the dollars to itself.
        var alone = 0

        static func + (left: Obstacles, right: Obstacles) -> Obstacles {
            Obstacles(
                stale: left.stale + right.stale,
                away: left.away + right.away,
                short: left.short + right.short,
                unfit: left.unfit + right.unfit,
                alone: left.alone + right.alone
            )
        }
    }

    /// Looks at every provider of the pair.
    ///
    /// - Parameters:
    ///   - amount: in the pair's merchant currency.
    ///   - issuer: whose payer pays.
    ///   - account: a provider's account in that currency; `nil` for one that does no business now.
    func survey(
        for amount: Money,
        to issuer: ParticipantID,
        at now: Timestamp,
        account: (ParticipantID) -> Account?
    ) -> Survey {
        var survey = Survey()
        for published in rates {
            guard published.isFresh(at: now) else {
                survey.obstacles.stale += 1
                continue
            }
            guard let account = account(published.provider) else {
                survey.obstacles.away += 1
                continue
            }
            guard account.headroomMinorUnits.map({ $0 >= amount.minorUnits }) ?? true else {
                survey.obstacles.short += 1
                continue
            }
            guard let candidate = try? candidate(published, amount, issuer, account) else {
                survey.obstacles.unfit += 1
                continue
            }
            survey.candidates.append(candidate)
        }
        return survey
    }

    private func candidate(
        _ published: ProviderRate,
        _ amount: Money,
        _ issuer: ParticipantID,
        _ account: Account
    ) throws(MoneyError) -> Candidate {
        let spread = published.spread(for: amount.minorUnits, to: issuer)
        let rate = try published.allIn(spreadBasisPoints: spread)
        return Candidate(
            provider: published.provider,
            quoted: QuotedRate(rate: rate, mid: published.mid),
            taken: try rate.converting(amount, to: pair.payer, rounding: .up),
            utilisation: account.utilisationBasisPoints
        )
    }
}
