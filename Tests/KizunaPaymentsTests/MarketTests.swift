import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@Suite struct MarketTests {
    static let amount = Money(minorUnits: 1_980, currency: .jpy)
    static let mid = "26.8227424749"

    static func offer(
        _ market: Market,
        at now: Timestamp = World.now,
        liquidity: @escaping (AccountID) -> Account? = { Account(id: $0) }
    ) throws -> Offer {
        try market.bestOffer(for: amount, to: World.issuer, at: now, liquidity: liquidity)
    }

    static func refusal(
        _ market: Market,
        at now: Timestamp = World.now,
        liquidity: @escaping (AccountID) -> Account? = { Account(id: $0) }
    ) -> Refusal? {
        do throws(Refusal) {
            _ = try market.bestOffer(for: amount, to: World.issuer, at: now, liquidity: liquidity)
            return nil
        } catch { return error }
    }

    static func board(_ rates: (ParticipantID, spread: Int64)...) throws -> RateBoard {
        var board = RateBoard(pair: CurrencyPair(payer: .khr, merchant: .jpy))
        for (provider, spread) in rates {
            board.publish(
                ProviderRate(
                    provider: provider,
                    mid: try Rate(reference: mid),
                    spreadBasisPoints: spread,
                    publishedAt: World.now
                )
            )
        }
        return board
    }

    @Test func isCheapestForThePayer() throws {
        let board = try Self.board((World.provider, 60), (World.secondProvider, 40))
        #expect(try Self.offer(World.market(board)).provider == World.secondProvider)
    }

    @Test func breaksTiesByUseThenById() throws {
        let board = try Self.board((World.provider, 50), (World.secondProvider, 50))
        let winner = { (firstHeld: Int64) in
            try Self.offer(World.market(board)) { id in
                Account(
                    id: id,
                    netDebitCapMinorUnits: 1_000_000,
                    debitsHeld: id.owner == World.provider ? firstHeld : 0
                )
            }.provider
        }
        #expect(try winner(0) == World.provider)
        #expect(try winner(500_000) == World.secondProvider)
        #expect(try winner(999_000) == World.secondProvider)
    }

    @Test(arguments: [(Duration.seconds(60), true), (.milliseconds(60_001), false)])
    func quotesFreshRatesOnly(age: Duration, isQuotable: Bool) throws {
        let market = World.market(try Self.board((World.provider, 50)))
        let now = World.now.adding(age)
        #expect(market.deliverers(at: now).isEmpty != isQuotable)
        #expect((Self.refusal(market, at: now) == nil) == isQuotable)
    }

    @Test func saysWhyNobodyExchanges() throws {
        let late = World.now.adding(.milliseconds(60_001))
        let one = World.market(try Self.board((World.provider, 50)))
        let two = World.market(try Self.board((World.provider, 50), (World.secondProvider, 50)))
        let sentence = { (reasons: String) in "No provider exchanges KHR for JPY now (\(reasons)); try again later." }
        let nobody = World.market(RateBoard(pair: CurrencyPair(payer: .khr, merchant: .jpy)))
        #expect(Self.refusal(nobody) == Refusal(.noRate, sentence("none has published a rate")))
        #expect(Self.refusal(one, at: late) == Refusal(.noRate, sentence("1 with no rate from the last minute")))
        #expect(Self.refusal(one) { _ in nil } == Refusal(.noRate, sentence("1 suspended")))
        let short = Self.refusal(two) { id in
            id.owner == World.provider ? Account(id: id, netDebitCapMinorUnits: 1_979) : nil
        }
        #expect(short == Refusal(.liquidity, sentence("1 at their cap for this amount, 1 suspended")))
        #expect(Self.refusal(one) { Account(id: $0, netDebitCapMinorUnits: 1_980) } == nil)
        let dear = try World.board(.khr, .jpy, mid: "999999999999999999", spread: 0)
        #expect(
            Self.refusal(World.market(dear))
                == Refusal(.amountInvalid, sentence("1 with rates that this amount does not fit"))
        )
    }

    // MARK: By size and issuer

    @Test(arguments: [(Int64(1), Int64(50)), (9_999, 50), (10_000, 40), (99_999, 40), (100_000, 30), (.max, 30)])
    func spreadsByTheTierOfTheSize(minorUnits: Int64, spread: Int64) throws {
        let rate = try Self.tiered()
        #expect(rate.spread(for: minorUnits, to: World.issuer) == spread)
        #expect(rate.spread(for: minorUnits, to: World.participant("other-bank")) == spread - 5)
    }

    @Test func quotesTheTierAndTheImprovement() throws {
        let market = World.market(
            RateBoard(pair: CurrencyPair(payer: .khr, merchant: .jpy), rates: [try Self.tiered()])
        )
        let rate = { (minorUnits: Int64, issuer: ParticipantID) in
            try market.bestOffer(for: Money(minorUnits: minorUnits, currency: .jpy), to: issuer, at: World.now) {
                Account(id: $0)
            }.rate
        }
        let mid = try Rate(reference: Self.mid)
        #expect(try rate(9_999, World.issuer) == mid.adding(basisPoints: 50))
        #expect(try rate(10_000, World.issuer) == mid.adding(basisPoints: 40))
        #expect(try rate(100_000, World.participant("other-bank")) == mid.adding(basisPoints: 25))
    }

    private static func tiered() throws -> ProviderRate {
        let rate = ProviderRate(
            provider: World.provider,
            mid: try Rate(reference: mid),
            spreadBasisPoints: 50,
            tiers: [
                .init(fromMinorUnits: 100_000, spreadBasisPoints: 30),
                .init(fromMinorUnits: 10_000, spreadBasisPoints: 40),
            ],
            improvements: [.init(issuer: World.participant("other-bank"), basisPoints: 5)],
            publishedAt: World.now
        )
        try rate.check(for: CurrencyPair(payer: .khr, merchant: .jpy))
        return rate
    }

    struct Terms: Sendable {
        var spread: Int64 = 50
        var tiers: [ProviderRate.Tier] = []
        var improvements: [ProviderRate.Improvement] = []
        var mid = MarketTests.mid
    }

    static let refusedTerms: [(Terms, String)] = [
        (Terms(spread: -1), "A spread is 0 to 1,000 basis points."),
        (Terms(spread: 1_001), "A spread is 0 to 1,000 basis points."),
        (Terms(tiers: [.init(fromMinorUnits: 1, spreadBasisPoints: 1_001)]), "A spread is 0 to 1,000 basis points."),
        (
            Terms(tiers: (1...11).map { .init(fromMinorUnits: $0, spreadBasisPoints: 1) }),
            "A rate has at most 10 tiers and 100 improvements."
        ),
        (
            Terms(tiers: [.init(fromMinorUnits: 0, spreadBasisPoints: 1)]),
            "Tiers begin at different amounts above zero, in whole JPY."
        ),
        (
            Terms(tiers: [5, 5].map { .init(fromMinorUnits: $0, spreadBasisPoints: 1) }),
            "Tiers begin at different amounts above zero, in whole JPY."
        ),
        (
            Terms(improvements: [.init(issuer: World.issuer, basisPoints: 51)]),
            "An improvement is 1 basis point up to the smallest spread of the rate."
        ),
        (
            Terms(
                tiers: [.init(fromMinorUnits: 1, spreadBasisPoints: 4)],
                improvements: [.init(issuer: World.issuer, basisPoints: 5)]
            ),
            "An improvement is 1 basis point up to the smallest spread of the rate."
        ),
        (
            Terms(improvements: [.init(issuer: World.issuer, basisPoints: 0)]),
            "An improvement is 1 basis point up to the smallest spread of the rate."
        ),
        (
            Terms(improvements: [1, 2].map { .init(issuer: World.issuer, basisPoints: $0) }),
            "A rate names each issuer once."
        ),
        (Terms(mid: "99999999999"), "The rate with its spread has more than 11 digits."),
    ]

    @Test(arguments: refusedTerms) func refusesWhatMakesNoSense(terms: Terms, detail: String) throws {
        let rate = ProviderRate(
            provider: World.provider,
            mid: try Rate(reference: terms.mid),
            spreadBasisPoints: terms.spread,
            tiers: terms.tiers,
            improvements: terms.improvements,
            publishedAt: World.now
        )
        #expect(throws: Refusal(.amountInvalid, detail)) {
            try rate.check(for: CurrencyPair(payer: .khr, merchant: .jpy))
        }
    }

    @Test func takesTermsUpToTheLimits() throws {
        let rate = ProviderRate(
            provider: World.provider,
            mid: try Rate(reference: Self.mid),
            spreadBasisPoints: 1_000,
            tiers: (1...10).map { .init(fromMinorUnits: $0 * 100, spreadBasisPoints: 1_000) },
            improvements: (10...109).map { .init(issuer: World.participant("bank-\($0)"), basisPoints: 1_000) },
            publishedAt: World.now
        )
        try rate.check(for: CurrencyPair(payer: .jpy, merchant: .khr))
        #expect(rate.spread(for: 100, to: World.participant("bank-10")) == 0)
    }

    // MARK: Over the dollar

    @Test func goesOverTheDollarWhereThatIsCheaper() throws {
        let offer = try Self.offer(try World.bridgedMarket())
        #expect((offer.provider, offer.interbankAmount.majorUnits) == (World.provider, "53307"))
        let bridge = try #require(offer.route.bridge)
        #expect((bridge.provider, bridge.amount.description) == (World.secondProvider, "13.28 USD"))
        #expect(
            (bridge.payerSide.rate.description, bridge.merchantSide.rate.description) == ("4014.01", "0.0067023412")
        )
        #expect((bridge.payerSide.mid.description, bridge.merchantSide.mid.description) == ("4010", "0.0066889632"))
    }

    @Test func staysDirectAtTheSamePrice() throws {
        // 13.28 dollars at 4,000 are 53,120 riel, and so are 1,980 yen at 26.828282828, rounded up.
        let direct = try World.board(.khr, .jpy, mid: "26.828282828", spread: 0)
        let dearer = try World.board(.khr, .jpy, mid: "26.828787878", spread: 0)
        let bridges = [
            try World.board(.khr, .usd, mid: "4000", spread: 0),
            try World.board(.usd, .jpy, mid: "0.0067023412", spread: 0, by: World.secondProvider),
        ]
        let same = try Self.offer(World.market(direct, bridges[0], bridges[1]))
        #expect((same.interbankAmount.majorUnits, same.route) == ("53120", .direct))
        let better = try Self.offer(World.market(dearer, bridges[0], bridges[1]))
        #expect(better.interbankAmount.majorUnits == "53120")
        #expect(better.route != .direct)
    }

    @Test func needsBothProvidersAndTheirDollars() throws {
        let boards = [
            try World.board(.khr, .usd, mid: "4010"),
            try World.board(.usd, .jpy, mid: "0.0066889632", by: World.secondProvider),
        ]
        let none = RateBoard(pair: CurrencyPair(payer: .khr, merchant: .jpy))
        let market = World.market(none, boards[0], boards[1])
        #expect(try Self.offer(market).route.bridge?.provider == World.secondProvider)
        #expect(Self.refusal(market) { $0.currency == .usd ? nil : Account(id: $0) }?.code == .noRate)
        #expect(
            Self.refusal(market) { id in
                id.currency == .usd ? Account(id: id, netDebitCapMinorUnits: 13_31) : Account(id: id)
            }?.code == .liquidity
        )
        #expect(
            Self.refusal(market) { id in
                id.currency == .usd ? Account(id: id, netDebitCapMinorUnits: 13_32) : Account(id: id)
            } == nil
        )
        // One provider on both sides would owe the dollars to itself.
        let alone = World.market(none, boards[0], try World.board(.usd, .jpy, mid: "0.0066889632"))
        let reason = "1 alone on both sides of the dollar"
        #expect(
            Self.refusal(alone)
                == Refusal(.noRate, "No provider exchanges KHR for JPY now (\(reason)); try again later.")
        )
    }

    @Test(arguments: [
        (Currency.khr, Currency.jpy, 3), (.jpy, .khr, 3), (.usd, .jpy, 1), (.jpy, .usd, 1),
    ])
    func leadsOverTheDollarOnlyWhereItIsNeither(payer: Currency, merchant: Currency, boards: Int) {
        #expect(Market.pairs(for: CurrencyPair(payer: payer, merchant: merchant)).count == boards)
    }
}
