import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Every quote against the rates that were published and the tables of `flows.md` 6.2 and 6.3, computed here once more:
/// the right amounts at the best fresh rate.
final class PriceAuditor: Auditor {
    private struct Publication: Hashable {
        let provider: ParticipantID
        let pair: CurrencyPair
        let mid: Rate
        let spreadBasisPoints: Int64
        let tiers: Set<ProviderRate.Tier>
        let improvements: Set<ProviderRate.Improvement>
    }

    private unowned let world: World
    /// What providers have sent, whether or not the switch has it yet.
    private var sent: Set<Publication> = []
    /// What is on the board, by what the commits brought.
    private var boards: [CurrencyPair: [ParticipantID: ProviderRate]] = [:]

    init(_ world: World) { self.world = world }

    func received(_ call: Call) {
        guard case .publishRates(let rates) = call.submission.command,
            case .participant(let id) = call.submission.caller
        else { return }
        for rate in rates {
            sent.insert(
                Publication(
                    provider: id,
                    pair: rate.pair,
                    mid: rate.mid,
                    spreadBasisPoints: rate.spreadBasisPoints,
                    tiers: Set(rate.tiers),
                    improvements: Set(rate.improvements)
                )
            )
        }
    }

    func committed(_ commit: Commit) {
        var touched: Set<CurrencyPair> = []
        let before = boards
        for change in commit.rateBoards {
            touched.insert(change.key)
            take(change.row?.rates ?? [], of: change.key, at: commit.time)
        }
        for change in commit.quotes where change.isNew {
            guard let quote = change.row else { continue }
            check(quote, boards: [before, boards], touched: touched)
        }
    }

    private func take(_ rates: [ProviderRate], of pair: CurrencyPair, at now: Timestamp) {
        var known = boards[pair] ?? [:]
        for rate in rates where rate != known[rate.provider] {
            let publication = Publication(
                provider: rate.provider,
                pair: pair,
                mid: rate.mid,
                spreadBasisPoints: rate.spreadBasisPoints,
                tiers: Set(rate.tiers),
                improvements: Set(rate.improvements)
            )
            let wasSent = sent.contains(publication)
            let isNow = now.since(rate.publishedAt).magnitude <= .seconds(1) || world.mischief.hasClockJumped
            if !wasSent || !isNow { world.violate("rates-are-as-published", "\(rate.provider)") }
            known[rate.provider] = rate
        }
        if known.count != rates.count { world.violate("rates-are-as-published", "A provider's rate is gone") }
        boards[pair] = known
    }

    private typealias Boards = [CurrencyPair: [ParticipantID: ProviderRate]]

    private func check(_ quote: Quote, boards: [Boards], touched: Set<CurrencyPair>) {
        let (price, now) = (quote.price, quote.createdAt)
        for exchange in price.exchanges(by: quote.provider) {
            let pair = CurrencyPair(payer: exchange.taken.currency, merchant: exchange.delivered.currency)
            let isAtRate = boards.compactMap { $0[pair]?[exchange.provider] }.contains {
                $0.mid == exchange.quoted.mid
                    && PriceAuditor.allIn($0, for: exchange.delivered, to: quote.issuer) == exchange.quoted.rate
                    && now.since($0.publishedAt) <= .seconds(60)
            }
            if !isAtRate { world.violate("quotes-are-at-fresh-rates", "A quote at no rate that is in force") }
            let taken = PriceAuditor.taken(for: exchange.delivered, at: exchange.quoted.rate, in: pair.payer)
            if taken != exchange.taken.minorUnits { world.violate("amounts-are-exact", "An exchange rounds otherwise") }
        }
        checkAmounts(of: price, issuer: quote.issuer)
        if now.since(quote.expiresAt) >= .zero || quote.expiresAt.since(now) > .seconds(180) {
            world.violate("quotes-live-for-180-s", "Another life")
        }
        // Where boards or headrooms changed in the same commit, what was best depends on the order inside it.
        guard touched.isEmpty, !world.cast.areCapsTight, let boards = boards.last else { return }
        let best = cheapest(price.merchantAmount, for: quote, boards)
        if let best, best < price.interbankAmount.minorUnits {
            world.violate(
                "best-rate-wins",
                "A quote at \(price.interbankAmount.minorUnits) where \(best) was to be had"
            )
        }
    }

    /// The least that anybody takes for an amount, directly or over the dollar, by trying everything.
    private func cheapest(_ amount: Money, for quote: Quote, _ boards: Boards) -> Int64? {
        let payer = quote.price.pair.payer
        var best = offers(of: amount, in: payer, for: quote, boards).map(\.taken).min()
        guard payer != .usd, amount.currency != .usd else { return best }
        for second in offers(of: amount, in: .usd, for: quote, boards) {
            let bridge = Money(minorUnits: second.taken, currency: .usd)
            for first in offers(of: bridge, in: payer, for: quote, boards) where first.provider != second.provider {
                let rate = try? Rate.paying(Money(minorUnits: first.taken, currency: payer), for: amount)
                if rate != nil { best = min(best ?? .max, first.taken) }
            }
        }
        return best
    }

    private func offers(
        of amount: Money,
        in payer: Currency,
        for quote: Quote,
        _ boards: Boards
    ) -> [(provider: ParticipantID, taken: Int64)] {
        let pair = CurrencyPair(payer: payer, merchant: amount.currency)
        return (boards[pair] ?? [:]).compactMap { provider, rate in
            guard quote.createdAt.since(rate.publishedAt) <= .seconds(60), !world.suspensions.contains(provider),
                let allIn = PriceAuditor.allIn(rate, for: amount, to: quote.issuer)
            else { return nil }
            return (provider, PriceAuditor.taken(for: amount, at: allIn, in: payer))
        }
    }

    private func checkAmounts(of price: Price, issuer: ParticipantID) {
        let fees: (discount: Int64, interchange: Int64, switchFee: Int64) =
            price.merchantAmount.currency == .jpy ? (160, 80, 10) : (80, 40, 10)
        let issuerFee = world.cast.participant(issuer)?.issuerFeeBasisPoints ?? 0
        let expected = [
            PriceAuditor.taken(for: price.merchantAmount, at: price.rate, in: price.pair.payer),
            PriceAuditor.share(price.interbankAmount, issuerFee),
            PriceAuditor.share(price.merchantAmount, fees.discount),
            PriceAuditor.share(price.merchantAmount, fees.interchange),
            PriceAuditor.share(price.merchantAmount, fees.switchFee),
        ]
        let actual = [
            price.interbankAmount, price.issuerFee, price.merchantDiscount, price.interchange, price.switchFee,
        ]
        .map(\.minorUnits)
        if price.payerDebit.minorUnits != expected[0] + expected[1] {
            world.violate("amounts-are-exact", "The payer's debit is not S + F")
        }
        let (merchant, unit) = (price.merchantAmount.minorUnits, price.merchantAmount.currency.customerUnitMinorUnits)
        if merchant <= 0 || merchant % unit != 0 { world.violate("amounts-are-payable", "Nobody can pay \(merchant)") }
        if expected != actual { world.violate("amounts-are-exact", "A price differs from its reference") }
    }

    // MARK: Arithmetic of its own

    /// The mid rate with the spread for an amount and an issuer, up to 10 decimals and 11 digits, rounded up.
    private static func allIn(_ rate: ProviderRate, for amount: Money, to issuer: ParticipantID) -> Rate? {
        var spread = rate.spreadBasisPoints
        for tier in rate.tiers where tier.fromMinorUnits <= amount.minorUnits { spread = tier.spreadBasisPoints }
        for improvement in rate.improvements where improvement.issuer == issuer { spread -= improvement.basisPoints }
        let exact = Int128(rate.mid.digits) * Int128(10_000 + spread)
        var decimals = rate.mid.decimals + 4
        var (digits, isInexact) = (exact, false)
        while decimals > 10 || digits + (isInexact ? 1 : 0) >= 100_000_000_000 {
            isInexact = isInexact || digits % 10 != 0
            digits /= 10
            decimals -= 1
        }
        return try? Rate(digits: Int64(digits + (isInexact ? 1 : 0)), decimals: decimals)
    }

    /// `S = ceil(M × R)` to the payer's customer unit.
    private static func taken(for amount: Money, at rate: Rate, in payer: Currency) -> Int64 {
        let product = Int128(amount.minorUnits) * Int128(rate.digits) * Int128(payer.minorUnitsPerMajor)
        var divisor = Int128(amount.currency.minorUnitsPerMajor) * Int128(payer.customerUnitMinorUnits)
        for _ in 0..<rate.decimals { divisor *= 10 }
        let units = product / divisor + (product % divisor == 0 ? 0 : 1)
        return Int64(units) * payer.customerUnitMinorUnits
    }

    /// A share in basis points, half up to the customer unit.
    private static func share(_ amount: Money, _ basisPoints: Int64) -> Int64 {
        let unit = amount.currency.customerUnitMinorUnits
        let divisor = Int128(10_000) * Int128(unit)
        return Int64((Int128(amount.minorUnits) * Int128(basisPoints) * 2 + divisor) / (2 * divisor)) * unit
    }
}

extension Price {
    fileprivate var pair: CurrencyPair {
        CurrencyPair(payer: interbankAmount.currency, merchant: merchantAmount.currency)
    }
}

extension Duration {
    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}
