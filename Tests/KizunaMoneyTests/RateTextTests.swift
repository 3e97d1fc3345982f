import KizunaMoney
import Testing

@Suite struct RateTextTests {
    @Test(
        arguments: [
            ("26.956856188", 26_956_856_188, 9, "26.956856188"), ("0.0067224081", 67_224_081, 10, "0.0067224081"),
            ("150.2475", 1_502_475, 4, "150.2475"), ("150.24750000000000", 1_502_475, 4, "150.2475"), ("1", 1, 0, "1"),
            ("1.0", 1, 0, "1"), ("100", 100, 0, "100"), ("0.1", 1, 1, "0.1"), ("0.0000000001", 1, 10, "0.0000000001"),
            ("9.9999999999", 99_999_999_999, 10, "9.9999999999"), ("99999999999", 99_999_999_999, 0, "99999999999"),
            ("0007.5", 75, 1, "7.5"),
        ] as [(String, Int64, Int, String)]
    )
    func accepts(text: String, digits: Int64, decimals: Int, written: String) throws {
        let rate = try Rate(text)
        #expect(rate.digits == digits)
        #expect(rate.decimals == decimals)
        #expect(rate.description == written)
        #expect(try Rate(written) == rate)
        #expect(try Rate(reference: text) == rate)
    }

    @Test(
        arguments: [
            ("", .notANumber), (".", .notANumber), ("1.", .notANumber), (".1", .notANumber), ("-1", .notANumber),
            ("+1", .notANumber), ("1e2", .notANumber), ("1,5", .notANumber), (" 1", .notANumber), ("1/2", .notANumber),
            ("٢", .notANumber), ("0", .notPositive), ("0.000", .notPositive), ("00", .notPositive),
            ("0.00000000001", .tooManyDecimals), ("1.00000000001", .tooManyDecimals), ("100000000000", .tooManyDigits),
            ("10.9999999999", .tooManyDigits), ("26.8227424749", .tooManyDigits),
            ("99999999999999999999999999999", .tooManyDigits),
            ("99999999999999999999999999999.00000000001", .tooManyDecimals),
        ] as [(String, MoneyError)]
    )
    func refuses(text: String, error: MoneyError) {
        #expect(throws: error) { try Rate(text) }
    }

    @Test(
        arguments: [
            ("26.8227424749", 268_227_424_749, 10), ("99999999.9999999999", 999_999_999_999_999_999, 10),
            ("999999999999999999", 999_999_999_999_999_999, 0),
        ] as [(String, Int64, Int)]
    )
    func acceptsAsReference(text: String, digits: Int64, decimals: Int) throws {
        let rate = try Rate(reference: text)
        #expect(rate.digits == digits)
        #expect(rate.decimals == decimals)
        #expect(rate.description == text)
        #expect(try Rate(digits: digits, decimals: decimals) == rate)
    }

    @Test(
        arguments: [
            ("100000000.0000000001", .tooManyDigits), ("1000000000000000000", .tooManyDigits),
            ("9223372036854775808", .tooManyDigits), ("1.00000000001", .tooManyDecimals), ("0", .notPositive),
            ("x", .notANumber),
        ] as [(String, MoneyError)]
    )
    func refusesAsReference(text: String, error: MoneyError) {
        #expect(throws: error) { try Rate(reference: text) }
    }

    @Test(
        arguments: [
            (0, 0, .notPositive), (-1, 0, .notPositive), (.min, 10, .notPositive), (1, 11, .tooManyDecimals),
            (1, -1, .tooManyDecimals), (1, .max, .tooManyDecimals), (1_000_000_000_000_000_000, 10, .tooManyDigits),
            (.max, 0, .tooManyDigits),
        ] as [(Int64, Int, MoneyError)]
    )
    func refusesAsStored(digits: Int64, decimals: Int, error: MoneyError) {
        #expect(throws: error) { try Rate(digits: digits, decimals: decimals) }
    }

    @Test func dropsClosingZerosOfAStoredRate() throws {
        #expect(try Rate(digits: 1_502_475_000, decimals: 7) == Rate("150.2475"))
        #expect(try Rate(digits: 1_000, decimals: 0).description == "1000")
        #expect(try Rate(digits: 1_000, decimals: 3) == Rate("1"))
    }

    @Test(arguments: seeds) func readsWhatItWrote(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let (digits, decimals) = random.rateParts()
            let rate = try Rate(digits: digits, decimals: decimals)
            #expect(try Rate(reference: rate.description) == rate)
            #expect(try Rate(digits: rate.digits, decimals: rate.decimals) == rate)
            #expect(rate.decimals == 0 || rate.digits % 10 != 0)
        }
    }

    @Test(arguments: seeds) func ordersBySize(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let (left, right) = (random.rateParts(), random.rateParts())
            let exact = (
                left: BigInteger(left.digits) * .powerOfTen(right.decimals),
                right: BigInteger(right.digits) * .powerOfTen(left.decimals)
            )
            let rates = (
                try Rate(digits: left.digits, decimals: left.decimals),
                try Rate(digits: right.digits, decimals: right.decimals)
            )
            #expect((rates.0 < rates.1) == (exact.left < exact.right))
            #expect((rates.0 == rates.1) == (exact.left == exact.right))
        }
    }
}
