import KizunaMoney
import Testing

@Suite struct RateConversionTests {
    @Test(
        arguments: [
            (1_980, .jpy, "26.956856188", .khr, .up, 5_337_500), (1_980, .jpy, "26.956856188", .khr, .down, 5_337_400),
            (1_980, .jpy, "0.0067224081", .usd, .up, 1_332), (1_980, .jpy, "0.0067224081", .usd, .halfUp, 1_331),
            (1_250, .usd, "150.2475", .jpy, .up, 1_879), (1_250, .usd, "150.2475", .jpy, .halfEven, 1_878),
            (4_200_000, .khr, "0.0374682045", .jpy, .up, 1_574), (0, .jpy, "26.956856188", .khr, .up, 0),
            (-1_980, .jpy, "26.956856188", .khr, .up, -5_337_400),
            (-1_980, .jpy, "26.956856188", .khr, .down, -5_337_500),
            (1, .jpy, "0.0000000001", .jpy, .up, 1), (1, .jpy, "0.0000000001", .jpy, .halfUp, 0),
            // Half a riel, half a yen.
            (1, .jpy, "2.5", .khr, .halfUp, 300), (1, .jpy, "2.5", .khr, .halfEven, 200),
            (3, .jpy, "0.5", .khr, .halfEven, 200),
            (-1, .jpy, "2.5", .khr, .halfUp, -300),
        ] as [(Int64, Currency, String, Currency, Rounding, Int64)]
    )
    func converts(
        minorUnits: Int64,
        from: Currency,
        rate: String,
        to: Currency,
        rounding: Rounding,
        result: Int64
    ) throws {
        let converted = try Rate(rate).converting(
            Money(minorUnits: minorUnits, currency: from),
            to: to,
            rounding: rounding
        )
        #expect(converted == Money(minorUnits: result, currency: to))
    }

    /// At the last amount that fits 64 bits, and one past it.
    @Test(
        arguments: [
            (.max, .jpy, .jpy, .up, .max), (.min, .jpy, .jpy, .up, .min),
            (92_233_720_368_547_758, .jpy, .usd, .up, 9_223_372_036_854_775_800),
            (92_233_720_368_547_759, .jpy, .usd, .up, nil),
            (-92_233_720_368_547_758, .jpy, .usd, .up, -9_223_372_036_854_775_800),
            (-92_233_720_368_547_759, .jpy, .usd, .up, nil),
            // A riel is a hundred: rounding to the next one is what goes past.
            (.max, .khr, .khr, .down, 9_223_372_036_854_775_800), (.max, .khr, .khr, .up, nil),
            (.max, .khr, .khr, .halfUp, 9_223_372_036_854_775_800),
            (.min, .khr, .khr, .up, -9_223_372_036_854_775_800), (.min, .khr, .khr, .down, nil),
        ] as [(Int64, Currency, Currency, Rounding, Int64?)]
    )
    func stopsAt64Bits(minorUnits: Int64, from: Currency, to: Currency, rounding: Rounding, result: Int64?) throws {
        let rate = try Rate("1")
        let converted = outcome { () throws(MoneyError) in
            try rate.converting(Money(minorUnits: minorUnits, currency: from), to: to, rounding: rounding)
        }
        #expect(converted == (result.map { .success(Money(minorUnits: $0, currency: to)) } ?? .failure(.overflow)))
    }

    /// The product alone is past 128 bits.
    @Test func refusesWhatIsFarTooLarge() throws {
        let rate = try Rate(digits: 999_999_999_999_999_999, decimals: 0)
        for minorUnits in [Int64.max, .min] {
            #expect(throws: MoneyError.overflow) {
                try rate.converting(Money(minorUnits: minorUnits, currency: .jpy), to: .khr, rounding: .up)
            }
        }
    }

    @Test(arguments: seeds) func agreesWithTheOracle(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let (digits, decimals) = random.rateParts()
            let (amount, to, rounding) = (random.money(), random.currency(), random.rounding())
            let rate = try Rate(digits: digits, decimals: decimals)
            let product = BigInteger(amount.minorUnits) * BigInteger(digits) * .powerOfTen(to.exponent)
            let expected = product.money(
                dividedBy: .powerOfTen(decimals) * .powerOfTen(amount.currency.exponent),
                in: to,
                rounding: rounding
            )
            #expect(
                outcome { () throws(MoneyError) in try rate.converting(amount, to: to, rounding: rounding) } == expected
            )
        }
    }
}

@Suite struct RateSpreadTests {
    @Test(
        arguments: [
            ("26.8227424749", 50, "26.956856188"), ("0.0066889632", 50, "0.0067224081"),
            ("0.0372817955", 50, "0.0374682045"),
            ("149.5", 50, "150.2475"), ("149.5", 0, "149.5"), ("149.5", -50, "148.7525"), ("1", 10_000, "2"),
            ("1", -9_999, "0.0001"), ("0.0000000001", -9_999, "0.0000000001"), ("0.0000000001", 1, "0.0000000002"),
            ("26.8227424749", 0, "26.822742475"), ("99999999999", 0, "99999999999"),
            ("1", 999_999_999_980_000, "99999999999"),
        ] as [(String, Int64, String)]
    )
    func makesDearer(mid: String, basisPoints: Int64, result: String) throws {
        #expect(try Rate(reference: mid).adding(basisPoints: basisPoints) == Rate(result))
    }

    @Test(
        arguments: [
            ("1", -10_000, .notPositive), ("1", -10_001, .notPositive), ("1", .min, .notPositive),
            ("1", .max, .tooManyDigits),
            ("999999999999999999", .max, .tooManyDigits),
            // Only rounding up makes the twelfth digit.
            ("1", 999_999_999_980_001, .tooManyDigits), ("0.0000000001", .max - 9_999, nil),
            ("99999999999", 1, .tooManyDigits), ("999999999999", 0, .tooManyDigits), ("999999999999", -9_999, nil),
        ] as [(String, Int64, MoneyError?)]
    )
    func stopsAtTheEnds(mid: String, basisPoints: Int64, error: MoneyError?) throws {
        let rate = try Rate(reference: mid)
        if let error {
            #expect(throws: error) { try rate.adding(basisPoints: basisPoints) }
        } else {
            #expect(throws: Never.self) { try rate.adding(basisPoints: basisPoints) }
        }
    }

    /// The dearest first: ten decimals, or as many as eleven digits leave room for.
    @Test(arguments: seeds) func agreesWithTheOracle(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let (digits, decimals) = random.rateParts()
            let wild = Int.random(in: 0..<4, using: &random) == 0
            let basisPoints = wild ? random.int64() : Int64.random(in: -9_999...20_000, using: &random)
            let exact = BigInteger(digits) * (BigInteger(basisPoints) + 10_000)
            let fitting = (0...10).reversed().lazy.map { kept -> (digits: BigInteger, decimals: Int) in
                let scaled = (exact * .powerOfTen(kept)).divided(by: .powerOfTen(decimals + 4), rounding: .up)
                return (scaled, kept)
            }.first { $0.digits < .powerOfTen(11) }

            let expected: Result<Rate, MoneyError>
            if basisPoints <= -10_000 {
                expected = .failure(.notPositive)
            } else if let fitting {
                expected = .success(try Rate(digits: try #require(fitting.digits.int64), decimals: fitting.decimals))
            } else {
                expected = .failure(.tooManyDigits)
            }
            let rate = try Rate(digits: digits, decimals: decimals)
            #expect(outcome { () throws(MoneyError) in try rate.adding(basisPoints: basisPoints) } == expected)
        }
    }
}
