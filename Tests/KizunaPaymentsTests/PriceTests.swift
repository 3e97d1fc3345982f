import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@Suite struct PriceTests {
    @Test(arguments: Example.all) func comesOutToTheLastUnit(example: Example) throws {
        let price = try World.price(example)
        #expect(price.rate.description == example.rate)
        #expect(price.interbankAmount == (try World.money(example.interbank, example.payer)))
        #expect(price.issuerFee == (try World.money(example.fee, example.payer)))
        #expect(price.payerDebit == (try World.money(example.debit, example.payer)))
        #expect(price.effectiveRate?.description == example.effective)
        #expect(price.merchantDiscount == (try World.money(example.discount, example.merchant)))
        #expect(price.merchantReceives == (try World.money(example.merchantGets, example.merchant)))
    }

    @Test func splitsTheDiscountOfA1() throws {
        let price = try World.price(.a1)
        #expect((price.interchange.majorUnits, price.switchFee.majorUnits) == ("16", "2"))
    }

    @Test func isCheapestForThePayer() throws {
        let cheap = World.participant("fx-cheap")
        var board = try World.board(.khr, .jpy, mid: "26.8227424749", spread: 60)
        board.publish(
            ProviderRate(
                provider: cheap,
                mid: try Rate(reference: "26.8227424749"),
                spreadBasisPoints: 40,
                publishedAt: World.now
            )
        )
        let offer = try board.bestOffer(for: try World.money("1980", .jpy), at: World.now) { provider in
            Account(id: AccountID(owner: provider, role: .settlement, currency: .jpy))
        }
        #expect(offer.provider == cheap)
    }

    @Test func breaksTiesByUseThenById() throws {
        let other = World.participant("fx-zero")
        var board = try World.board(.khr, .jpy, mid: "26.8227424749")
        board.publish(
            ProviderRate(
                provider: other,
                mid: try Rate(reference: "26.8227424749"),
                spreadBasisPoints: 50,
                publishedAt: World.now
            )
        )
        let winner = { (firstHeld: Int64) in
            try board.bestOffer(for: try World.money("1980", .jpy), at: World.now) { provider in
                Account(
                    id: AccountID(owner: provider, role: .settlement, currency: .jpy),
                    netDebitCapMinorUnits: 1_000_000,
                    debitsHeld: provider == World.provider ? firstHeld : 0
                )
            }.provider
        }
        #expect(try winner(0) == World.provider)
        #expect(try winner(500_000) == other)
        #expect(try winner(999_000) == other)
    }

    @Test(arguments: [(Duration.seconds(60), true), (.milliseconds(60_001), false)])
    func quotesFreshRatesOnly(age: Duration, isQuotable: Bool) throws {
        let board = try World.board(.khr, .jpy, mid: "26.8227424749")
        #expect(board.quotable(at: World.now.adding(age)).isEmpty != isQuotable)
    }

    @Test func refusesWithoutRateOrLiquidity() throws {
        let amount = try World.money("1980", .jpy)
        let board = try World.board(.khr, .jpy, mid: "26.8227424749")
        let refused = { (board: RateBoard, cap: Int64) -> RefusalCode? in
            do throws(Refusal) {
                _ = try board.bestOffer(for: amount, at: World.now) { provider in
                    Account(
                        id: AccountID(owner: provider, role: .settlement, currency: .jpy),
                        netDebitCapMinorUnits: cap
                    )
                }
                return nil
            } catch { return error.code }
        }
        #expect(refused(RateBoard(pair: board.pair), 10_000) == .noRate)
        #expect(refused(board, 1_979) == .liquidity)
        #expect(refused(board, 1_980) == nil)
    }
}

@Suite struct CorridorTests {
    @Test(arguments: [
        (Corridor.cambodiaToJapan, Currency.jpy, Int64(1), RefusalCode?.none),
        (.cambodiaToJapan, .jpy, 300_000, nil), (.cambodiaToJapan, .jpy, 300_001, .limitExceeded),
        (.cambodiaToJapan, .jpy, 0, .amountInvalid), (.cambodiaToJapan, .jpy, -1, .amountInvalid),
        (.cambodiaToJapan, .khr, 100_00, .currencyNotSupported),
        (.japanToCambodia, .khr, 100_00, nil), (.japanToCambodia, .khr, 99_00, .amountInvalid),
        (.japanToCambodia, .khr, 150_50, .amountInvalid), (.japanToCambodia, .khr, 8_000_000_00, nil),
        (.japanToCambodia, .khr, 8_000_001_00, .limitExceeded), (.japanToCambodia, .usd, 1, nil),
        (.japanToCambodia, .usd, 2_000_00, nil), (.japanToCambodia, .usd, 2_000_01, .limitExceeded),
        (.japanToCambodia, .jpy, 100, .currencyNotSupported),
    ])
    func boundsAmounts(corridor: Corridor, currency: Currency, minorUnits: Int64, code: RefusalCode?) {
        let answer: RefusalCode?
        do throws(Refusal) {
            try corridor.check(merchantAmount: Money(minorUnits: minorUnits, currency: currency))
            answer = nil
        } catch { answer = error.code }
        #expect(answer == code)
    }

    @Test func joinsTwoCountriesOnly() {
        #expect(Corridor.between(payer: .cambodia, merchant: .japan) == .cambodiaToJapan)
        #expect(Corridor.between(payer: .japan, merchant: .cambodia) == .japanToCambodia)
        #expect(Corridor.between(payer: .japan, merchant: .japan) == nil)
        #expect(Corridor.between(payer: .cambodia, merchant: .cambodia) == nil)
    }
}
