import KizunaMoney
import Testing

@Suite struct RateCrossingTests {
    @Test(arguments: [
        ("4010", "0.0066889632", Rounding.halfUp, "26.822742432"),
        ("26.8227424749", "0.0372817955", .halfUp, "0.9999999997"),
        ("0.0000100001", "0.5", .halfUp, "0.0000050001"), ("0.0000100001", "0.5", .down, "0.000005"),
        ("0.0000000005", "0.1", .halfUp, "0.0000000001"),
        ("999999999999999999", "1", .up, "999999999999999999"),
    ])
    func multiplies(first: String, second: String, rounding: Rounding, product: String) throws {
        let (first, second) = (try Rate(reference: first), try Rate(reference: second))
        #expect(try first.crossing(second, rounding: rounding).description == product)
        #expect(try second.crossing(first, rounding: rounding).description == product)
    }

    @Test func refusesWhatDoesNotFit() throws {
        let large = try Rate(digits: 999_999_999_999_999_999, decimals: 0)
        #expect(throws: MoneyError.tooManyDigits) { try large.crossing(large, rounding: .down) }
        #expect(throws: MoneyError.tooManyDigits) { try large.crossing(try Rate("1.1"), rounding: .down) }
        #expect(throws: MoneyError.notPositive) {
            try Rate("0.0000000001").crossing(try Rate("0.1"), rounding: .down)
        }
    }

    @Test(arguments: seeds) func agreesWithTheOracle(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let (first, second) = (random.rateParts(), random.rateParts())
            let rounding = random.rounding()
            let (left, right) = (
                try Rate(digits: first.digits, decimals: first.decimals),
                try Rate(digits: second.digits, decimals: second.decimals)
            )
            let decimals = left.decimals + right.decimals
            let kept = min(Rate.maximumDecimals, decimals)
            let exact = (BigInteger(left.digits) * BigInteger(right.digits))
                .divided(by: .powerOfTen(decimals - kept), rounding: rounding)
            let expected: Result<Rate, MoneyError> = Result { () throws(MoneyError) in
                guard let digits = exact.int64 else { throw .tooManyDigits }
                return try Rate(digits: digits, decimals: kept)
            }
            #expect(outcome { () throws(MoneyError) in try left.crossing(right, rounding: rounding) } == expected)
        }
    }

    // MARK: One rate for two exchanges

    @Test(
        arguments: [
            (53_307_00, Currency.khr, 1_980, Currency.jpy, "26.922727272"), (41_00, .khr, 1, .jpy, "41"),
            (1_574, .jpy, 42_000_00, .khr, "0.0374761904"), (1, .jpy, 300_000_00, .khr, "0.0000033333"),
            (99_999_999_999, .jpy, 1, .jpy, "99999999999"),
        ] as [(Int64, Currency, Int64, Currency, String)]
    )
    func saysWhatWasPaid(
        price: Int64,
        payer: Currency,
        amount: Int64,
        merchant: Currency,
        rate: String
    ) throws {
        let price = Money(minorUnits: price, currency: payer)
        let amount = Money(minorUnits: amount, currency: merchant)
        let found = try Rate.paying(price, for: amount)
        #expect(found.description == rate)
        #expect(try found.converting(amount, to: payer, rounding: .up) == price)
    }

    @Test(
        arguments: [
            // Nothing paid, nothing bought, 12 digits before the point, a rate below the tenth decimal, too coarse a rate.
            (0, 1, MoneyError.notPositive), (1, 0, .notPositive), (-1, 1, .notPositive),
            (100_000_000_000, 1, .tooManyDigits), (1, 10_000_000_001, .tooManyDigits),
            (12_345_678_901_234, 1_000_000, .tooManyDigits),
        ] as [(Int64, Int64, MoneyError)]
    )
    func refusesWhatNoRateSays(price: Int64, amount: Int64, error: MoneyError) {
        #expect(throws: error) {
            try Rate.paying(
                Money(minorUnits: price, currency: .jpy),
                for: Money(minorUnits: amount, currency: .jpy)
            )
        }
    }

    /// Within the limits of the corridors a rate is always found, comes to the price, and is the largest that does.
    @Test(arguments: seeds) func findsTheLargestWithinTheCorridors(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let isJapan = Bool.random(using: &random)
            let amount =
                isJapan
                ? Money(minorUnits: Int64.random(in: 1...300_000, using: &random), currency: .jpy)
                : Money(minorUnits: Int64.random(in: 1...80_000, using: &random) * 100_00, currency: .khr)
            let price =
                isJapan
                ? Money(minorUnits: amount.minorUnits * Int64.random(in: 20...40, using: &random) * 100, currency: .khr)
                : Money(
                    minorUnits: 1 + amount.minorUnits / Int64.random(in: 2_000...3_000, using: &random),
                    currency: .jpy
                )
            let rate = try Rate.paying(price, for: amount)
            #expect(try rate.converting(amount, to: price.currency, rounding: .up) == price)
            let isExact =
                BigInteger(rate.digits) * BigInteger(amount.minorUnits) * BigInteger(price.currency.minorUnitsPerMajor)
                == BigInteger(price.minorUnits) * .powerOfTen(rate.decimals)
                * BigInteger(amount.currency.minorUnitsPerMajor)
            #expect(rate.digits < 100_000_000_000)
            guard !isExact, rate.decimals == Rate.maximumDecimals else { continue }
            let next = try Rate(digits: rate.digits + 1, decimals: rate.decimals)
            #expect(
                BigInteger(next.digits) * BigInteger(amount.minorUnits)
                    * BigInteger(price.currency.minorUnitsPerMajor)
                    > BigInteger(price.minorUnits) * .powerOfTen(next.decimals)
                    * BigInteger(amount.currency.minorUnitsPerMajor)
            )
        }
    }
}
