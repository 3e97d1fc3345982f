import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@Suite struct PriceTests {
    @Test(arguments: Example.all + [.bridged]) func comesOutToTheLastUnit(example: Example) throws {
        let price = try World.price(example)
        #expect(price.rate.description == example.rate)
        #expect(price.midRate.description == example.mid)
        #expect(
            try price.rate.converting(price.merchantAmount, to: example.payer, rounding: .up).majorUnits
                == example.interbank
        )
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
