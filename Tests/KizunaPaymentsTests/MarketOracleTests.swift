import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

/// The chosen offer is the cheapest: held against every route there is, worked out again from the definitions.
@Suite struct MarketOracleTests {
    /// A book of rates with whatever a provider may have, and accounts with whatever they may hold.
    struct Book {
        let pair: CurrencyPair
        let boards: [CurrencyPair: RateBoard]
        let accounts: [AccountID: Account]
        let amount: Money
        let issuer: ParticipantID
        let now: Timestamp

        static let providers = (1...4).map { World.participant("fx-\($0)-provider") }
        static let issuers = [World.issuer, World.participant("another-bank")]
        private static let mids: [(CurrencyPair, Int64, Int)] = [
            (CurrencyPair(payer: .khr, merchant: .jpy), 26_822, 3),
            (CurrencyPair(payer: .khr, merchant: .usd), 40_100, 1),
            (CurrencyPair(payer: .usd, merchant: .jpy), 66_889, 7),
            (CurrencyPair(payer: .jpy, merchant: .khr), 372_817, 7),
            (CurrencyPair(payer: .jpy, merchant: .usd), 1_495, 1),
            (CurrencyPair(payer: .usd, merchant: .khr), 249_376, 9),
        ]

        init(seed: UInt64) throws {
            var dice = Dice(seed: seed)
            let isJapan = Bool.random(using: &dice)
            pair = isJapan ? Book.mids[0].0 : Book.mids[3].0
            let units = Int64.random(in: 1...(Bool.random(using: &dice) ? 50 : 300_000), using: &dice)
            amount = Money(minorUnits: isJapan ? units : units * 100_00, currency: pair.merchant)
            issuer = Bool.random(using: &dice) ? Book.issuers[0] : Book.issuers[1]
            now = World.now
            var boards: [CurrencyPair: RateBoard] = [:]
            var accounts: [AccountID: Account] = [:]
            for (pair, digits, decimals) in Book.mids {
                for provider in Book.providers where Int.random(in: 0..<4, using: &dice) > 0 {
                    // Few different rates, so that ties come up.
                    let moved = digits + digits * Int64.random(in: -2...2, using: &dice) / 2_000
                    let rate = try Book.rate(try Rate(digits: moved, decimals: decimals), provider, pair, &dice)
                    boards[pair, default: RateBoard(pair: pair)].publish(rate)
                }
            }
            for provider in Book.providers {
                for currency in Participant.settlementCurrencies where Int.random(in: 0..<8, using: &dice) > 0 {
                    let id = AccountID(owner: provider, role: .settlement, currency: currency)
                    let cap = Int64.random(in: 1...4, using: &dice) * (currency == .jpy ? 100_000 : 50_000_00)
                    let held = cap * Int64.random(in: 0...3, using: &dice) / 4
                    accounts[id] = Account(
                        id: id,
                        netDebitCapMinorUnits: Bool.random(using: &dice) ? cap : nil,
                        debitsHeld: held
                    )
                }
            }
            (self.boards, self.accounts) = (boards, accounts)
        }

        private static func rate(
            _ mid: Rate,
            _ provider: ParticipantID,
            _ pair: CurrencyPair,
            _ dice: inout Dice
        ) throws -> ProviderRate {
            let unit = pair.merchant.customerUnitMinorUnits
            let sizes = Set(
                (0..<Int.random(in: 0...3, using: &dice)).map { _ in Int64.random(in: 1...9, using: &dice) }
            )
            let rate = ProviderRate(
                provider: provider,
                mid: mid,
                spreadBasisPoints: Int64.random(in: 10...60, using: &dice),
                tiers: sizes.sorted().map {
                    ProviderRate.Tier(
                        fromMinorUnits: $0 * 1_000 * unit,
                        spreadBasisPoints: Int64.random(in: 10...60, using: &dice)
                    )
                },
                improvements: Bool.random(using: &dice)
                    ? [] : [.init(issuer: issuers[0], basisPoints: Int64.random(in: 1...10, using: &dice))],
                publishedAt: World.now.adding(.seconds(-Int64.random(in: 0...65, using: &dice)))
            )
            try rate.check(for: pair)
            return rate
        }

        func bestOffer() -> Result<Offer, Refusal> {
            Result { () throws(Refusal) in
                try Market(for: pair) { boards[$0] }.bestOffer(for: amount, to: issuer, at: now) { accounts[$0] }
            }
        }
    }

    /// A way from currency to currency, in plain numbers.
    private struct Way {
        let price: Int64
        let providers: [ParticipantID]
        let use: Int64

        var rank: (Int64, Int, Int64, ParticipantID, ParticipantID) {
            (price, providers.count, use, providers[0], providers[providers.count - 1])
        }
    }

    /// Every way that a pair's providers offer for an amount.
    private static func ways(_ book: Book, _ pair: CurrencyPair, _ minorUnits: Int64) -> [Way] {
        (book.boards[pair]?.rates ?? []).compactMap { rate in
            guard book.now.milliseconds - rate.publishedAt.milliseconds <= 60_000,
                let account = book.accounts[
                    AccountID(owner: rate.provider, role: .settlement, currency: pair.merchant)
                ]
            else { return nil }
            let used = account.debitsPosted + account.debitsHeld - account.creditsPosted
            if let cap = account.netDebitCapMinorUnits, cap - used < minorUnits { return nil }
            var spread = rate.spreadBasisPoints
            for tier in rate.tiers where minorUnits >= tier.fromMinorUnits { spread = tier.spreadBasisPoints }
            for improvement in rate.improvements where improvement.issuer == book.issuer {
                spread -= improvement.basisPoints
            }
            return Way(
                price: price(of: minorUnits, pair, mid: rate.mid, spread: spread),
                providers: [rate.provider],
                use: account.netDebitCapMinorUnits.map { used * 10_000 / $0 } ?? 0
            )
        }
    }

    /// `ceil(M × R)` in whole customer units, with `R` rounded up to 10 decimals and 11 digits.
    private static func price(of minorUnits: Int64, _ pair: CurrencyPair, mid: Rate, spread: Int64) -> Int64 {
        let power = { (exponent: Int) in (0..<exponent).reduce(Int128(1)) { product, _ in product * 10 } }
        let up = { (dividend: Int128, divisor: Int128) in (dividend + divisor - 1) / divisor }
        var decimals = 10
        var rate: Int128
        repeat {
            rate = up(
                Int128(mid.digits) * Int128(10_000 + spread) * power(decimals),
                power(mid.decimals) * 10_000
            )
            decimals -= 1
        } while rate >= power(11)
        let unit: Int128 = pair.payer == .khr ? 100 : 1
        let product = Int128(minorUnits) * rate * power(pair.payer == .jpy ? 0 : 2)
        return Int64(up(product, power(decimals + 1) * power(pair.merchant == .jpy ? 0 : 2) * unit) * unit)
    }

    private static func allWays(_ book: Book) -> [Way] {
        let seconds = ways(book, CurrencyPair(payer: .usd, merchant: book.pair.merchant), book.amount.minorUnits)
        return ways(book, book.pair, book.amount.minorUnits)
            + seconds.flatMap { second in
                ways(book, CurrencyPair(payer: book.pair.payer, merchant: .usd), second.price)
                    .filter { $0.providers != second.providers }
                    .map {
                        Way(
                            price: $0.price,
                            providers: $0.providers + second.providers,
                            use: max($0.use, second.use)
                        )
                    }
            }
    }

    @Test(arguments: 1...500 as ClosedRange<UInt64>) func isTheMinimumOfAllRoutes(seed: UInt64) throws {
        let book = try Book(seed: seed)
        let best = Self.allWays(book).min { $0.rank < $1.rank }
        switch book.bestOffer() {
        case .success(let offer):
            #expect(offer.interbankAmount.minorUnits == best?.price)
            #expect([offer.provider] + (offer.route.bridge.map { [$0.provider] } ?? []) == best?.providers)
            #expect(try offer.rate.converting(book.amount, to: book.pair.payer, rounding: .up) == offer.interbankAmount)
        case .failure(let refusal):
            #expect(best == nil, "\(refusal.detail)")
        }
    }

    /// The books are worth the name: both kinds of route win, and some find none.
    @Test func meetsEveryKindOfEnd() throws {
        var ends: [Int: Int] = [:]
        for seed in 1...500 as ClosedRange<UInt64> {
            let best = Self.allWays(try Book(seed: seed)).min { $0.rank < $1.rank }
            ends[best?.providers.count ?? 0, default: 0] += 1
        }
        #expect((0...2).allSatisfy { ends[$0, default: 0] > 10 }, "\(ends)")
    }

    // MARK: What a payment on the best offer does to the books

    @Test(arguments: 1...200 as ClosedRange<UInt64>) func conservesEveryCurrency(seed: UInt64) throws {
        let book = try Book(seed: seed)
        guard case .success(let offer) = book.bestOffer() else { return }
        let corridor: Corridor = book.pair.merchant == .jpy ? .cambodiaToJapan : .japanToCambodia
        let fees = corridor.standardFees(issuerFeeBasisPoints: 50)
        let price = try Price(of: book.amount, at: offer, fees: fees)
        var payment = try World.payment(price, by: offer.provider, state: .completed)
        let sides = PaymentSides(of: payment)
        var books = Ledger(accounts: sides.all.map { book.accounts[$0] ?? Account(id: $0) })
        let before = Self.totals(books)
        try books.placeHolds(for: payment, at: World.now)
        try books.postHolds(for: payment, at: World.now)
        #expect(books.holds.isEmpty)
        #expect(Self.totals(books) == before)
        var dice = Dice(seed: seed)
        while payment.state != .refunded {
            let unit = book.amount.currency.customerUnitMinorUnits
            let left = (payment.price.merchantAmount.minorUnits - payment.refunded.merchantMinorUnits) / unit
            let isLast = payment.refunded.parts == Refund.maximumParts - 1
            let part = isLast ? left : Int64.random(in: 1...left, using: &dice)
            let refund = try RefundTests.refund(&payment, part * unit, number: dice.next())
            try books.postRefund(refund, of: payment, at: World.now)
            #expect(Self.totals(books) == before)
        }
        for id in sides.all where id.role == .settlement {
            #expect(books.account(id)?.positionMinorUnits == book.accounts[id]?.positionMinorUnits ?? 0)
        }
    }

    private static func totals(_ books: Ledger) -> [Currency: Int64] {
        books.accounts.values.reduce(into: [:]) { $0[$1.id.currency, default: 0] += $1.positionMinorUnits }
    }
}
