import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@Suite struct PayerTallyTests {
    private static let noon = Timestamp(milliseconds: 1_760_011_200_000)
    private static let shop = MerchantID(UniqueID(high: 1, low: 1))

    /// A payer that is no longer new and has paid so much today.
    private static func known(yen: Int64 = 0, payments: Int = 0, in country: Country = .japan) -> PayerTally {
        PayerTally(
            payer: PayerKey(UniqueID(high: 2, low: 2)),
            knownSince: noon.adding(.seconds(-7 * 86_400)),
            newPayerYen: 50_000,
            day: country.day(at: noon),
            dayYen: yen,
            dayPayments: payments,
            purchases: []
        )
    }

    private static func purchase(_ yen: Int64 = 500, at now: Timestamp = noon) -> PayerTally.Purchase {
        PayerTally.Purchase(merchant: shop, amount: Money(minorUnits: yen, currency: .jpy), at: now)
    }

    private static func reason(
        _ tally: PayerTally,
        _ yen: Int64,
        in country: Country = .japan,
        at now: Timestamp = noon
    ) -> String? {
        do throws(Refusal) {
            try tally.check(yen: yen, today: country.day(at: now), at: now)
            return nil
        } catch {
            #expect(error.code == .limitExceeded)
            return error.isoReason
        }
    }

    // MARK: Limits, and one past them

    @Test(
        arguments: [
            (0, 0, 500_000, nil), (0, 0, 500_001, "AM14"), (499_999, 1, 1, nil), (499_999, 1, 2, "AM14"),
            (500_000, 1, 1, "AM14"), (1, 29, 1, nil), (1, 30, 1, "AM21"), (0, 0, .max, "AM14"),
        ] as [(Int64, Int, Int64, String?)]
    )
    func aDay(yen: Int64, payments: Int, more: Int64, reason: String?) {
        #expect(Self.reason(Self.known(yen: yen, payments: payments), more) == reason)
    }

    @Test(
        arguments: [
            (0, 0, 50_000, nil), (0, 0, 50_001, "AM14"), (50_000, 86_399_999, 1, "AM14"), (50_000, 86_400_000, 1, nil),
            (49_999, 1, 1, nil),
        ] as [(Int64, Int64, Int64, String?)]
    )
    func aNewPayer(spent: Int64, age: Int64, more: Int64, reason: String?) {
        var tally = PayerTally(payer: PayerKey(UniqueID(high: 2, low: 2)), knownSince: Self.noon)
        if spent > 0 { tally.add(Self.purchase(), yen: spent, today: Country.japan.day(at: Self.noon)) }
        #expect(Self.reason(tally, more, at: Self.noon.adding(.milliseconds(age))) == reason)
    }

    // MARK: Midnight

    /// 17:00 UTC is midnight in Phnom Penh, 15:00 UTC in Tokyo; before 1970 too.
    @Test(
        arguments: [
            (.cambodia, 61_200_000, 1), (.cambodia, 61_199_999, 0), (.japan, 54_000_000, 1), (.japan, 53_999_999, 0),
            (.japan, -32_400_000, 0), (.japan, -32_400_001, -1), (.cambodia, -25_200_001, -1),
        ] as [(Country, Int64, Int)]
    )
    func daysBeginAtTheCountrysMidnight(country: Country, milliseconds: Int64, day: Int) {
        #expect(country.day(at: Timestamp(milliseconds: milliseconds)) == day)
    }

    @Test(arguments: Country.allCases)
    func midnightBringsTheLimitBack(country: Country) {
        let day = country.day(at: Self.noon)
        let midnight = Timestamp(milliseconds: Int64(day + 1) * 86_400_000).adding(.zero - country.clockAhead)
        var tally = Self.known(yen: 500_000, payments: 30, in: country)
        let before = midnight.adding(.milliseconds(-1))
        #expect(Self.reason(tally, 1, in: country, at: before) == "AM21")
        #expect(Self.reason(tally, 500_000, in: country, at: midnight) == nil)
        tally.add(Self.purchase(at: midnight), yen: 500_000, today: country.day(at: midnight))
        #expect((tally.dayYen, tally.dayPayments) == (500_000, 1))
        // A clock that was set back does not open the limit again.
        #expect(Self.reason(tally, 1, in: country, at: before) == "AM14")
    }

    // MARK: Giving back

    @Test func whatNeverHappenedIsGivenBack() {
        let today = Country.japan.day(at: Self.noon)
        var tally = PayerTally(payer: PayerKey(UniqueID(high: 2, low: 2)), knownSince: Self.noon)
        let before = tally
        tally.add(Self.purchase(), yen: 50_000, today: today)
        #expect(Self.reason(tally, 1) == "AM14")
        tally.giveBack(Self.purchase(), yen: 50_000, submittedOn: today)
        #expect((tally.dayYen, tally.dayPayments, tally.newPayerYen) == (0, 0, 0))
        #expect(tally.purchases == before.purchases)
        #expect(Self.reason(tally, 50_000) == nil)
        // A payment that happens after all counts, even past the limit.
        tally.add(Self.purchase(1), yen: 50_000, today: today)
        tally.countAgain(Self.purchase(), yen: 50_000, submittedOn: today)
        #expect((tally.dayYen, tally.dayPayments, tally.newPayerYen) == (100_000, 2, 100_000))
        #expect(Self.reason(tally, 1) == "AM14")
    }

    @Test func anotherDaysCountIsNotTouched() {
        let today = Country.japan.day(at: Self.noon)
        var tally = Self.known(yen: 700, payments: 2)
        tally.giveBack(Self.purchase(at: Self.noon.adding(.seconds(-86_400))), yen: 500, submittedOn: today - 1)
        #expect((tally.dayYen, tally.dayPayments) == (700, 2))
    }

    // MARK: The same again

    @Test(
        arguments: [
            (500, true, 0, true), (500, true, 59_999, true), (500, true, 60_000, false), (501, true, 0, false),
            (500, false, 0, false),
        ] as [(Int64, Bool, Int64, Bool)]
    )
    func theSameWithinAMinute(yen: Int64, isSameShop: Bool, milliseconds: Int64, expected: Bool) {
        var tally = Self.known()
        tally.add(Self.purchase(), yen: 500, today: Country.japan.day(at: Self.noon))
        let shop = isSameShop ? Self.shop : MerchantID(UniqueID(high: 1, low: 2))
        let amount = Money(minorUnits: yen, currency: .jpy)
        #expect(tally.hasPaid(amount, to: shop, at: Self.noon.adding(.milliseconds(milliseconds))) == expected)
    }

    /// The record stays small: what is older than a minute goes with the next payment.
    @Test func oldPurchasesAreForgotten() {
        var tally = Self.known()
        let today = Country.japan.day(at: Self.noon)
        for second in 0..<30 {
            tally.add(Self.purchase(at: Self.noon.adding(.seconds(Int64(second * 20)))), yen: 1, today: today)
        }
        #expect(tally.purchases.count == 3)
    }
}

@Suite struct ShopPaceTests {
    private static let shop = MerchantID(UniqueID(high: 1, low: 1))

    @Test func aNewShopAlarmsOnceAtTheHundredAndFirst() {
        var pace = ShopPace(merchant: Self.shop, day: 5)
        var changes: [Int: ShopPace.Change] = [:]
        for number in 1...300 {
            let change = pace.count(on: 5)
            if change != .nothing { changes[number] = change }
        }
        #expect(changes == [101: .alarming])
        #expect(pace.count(on: 6) == .calmed)
        #expect(pace.count(on: 6) == .nothing)
    }

    /// A shop with 800 payments a day, for weeks, alarms at ten times as many.
    @Test func whatIsUsualIsLearnt() {
        var pace = ShopPace(merchant: Self.shop, day: 0)
        for day in 1...40 { for _ in 0..<800 { _ = pace.count(on: day) } }
        _ = pace.count(on: 41)
        #expect(780...800 ~= pace.usualSixteenths / 16)
        let limit = 10 * (pace.usualSixteenths / 16)
        var alarms: [Int64] = []
        for number in 2...(limit + 50) where pace.count(on: 41) == .alarming { alarms.append(number) }
        #expect(alarms == [limit + 1])
    }

    @Test func quietDaysCount() {
        var pace = ShopPace(merchant: Self.shop, day: 0, today: 0, usualSixteenths: 1_000 * 16)
        _ = pace.count(on: 200)
        #expect(pace.usualSixteenths < 16)
        #expect((pace.day, pace.today) == (200, 1))
    }
}
