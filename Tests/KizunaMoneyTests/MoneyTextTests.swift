import KizunaMoney
import Testing

@Suite struct MoneyTextTests {
    @Test(
        arguments: [
            ("1980", .jpy, 1_980, "1980"),
            ("1980.00", .jpy, 1_980, "1980"),
            ("0", .jpy, 0, "0"),
            ("007", .jpy, 7, "7"),
            ("13.32", .usd, 1_332, "13.32"),
            ("13.3", .usd, 1_330, "13.30"),
            ("13", .usd, 1_300, "13.00"),
            ("0.01", .usd, 1, "0.01"),
            ("0.070000000000000000000000000", .usd, 7, "0.07"),
            ("53375", .khr, 5_337_500, "53375"),
            ("5000.00", .khr, 500_000, "5000"),
            ("5000.50", .khr, 500_050, "5000.50"),
            ("0.01", .khr, 1, "0.01"),
            ("9223372036854775807", .jpy, .max, "9223372036854775807"),
            ("92233720368547758.07", .usd, .max, "92233720368547758.07"),
            ("92233720368547758.07", .khr, .max, "92233720368547758.07"),
            ("000000000000000000000000000000000000001", .usd, 100, "1.00"),
        ] as [(String, Currency, Int64, String)]
    )
    func accepts(text: String, currency: Currency, minorUnits: Int64, written: String) throws {
        let money = try Money(majorUnits: text, currency: currency)
        #expect(money.minorUnits == minorUnits)
        #expect(money.currency == currency)
        #expect(money.majorUnits == written)
        #expect(money.description == "\(written) \(currency.code)")
    }

    @Test(arguments: ["BHD", "KWD"]) func acceptsThreeDecimals(code: String) throws {
        let currency = try #require(Currency(code: code))
        let money = try Money(majorUnits: "1.005", currency: currency)
        #expect(money.minorUnits == 1_005)
        #expect(money.majorUnits == "1.005")
    }

    @Test(
        arguments: [
            ("", .usd, .notANumber), (".", .usd, .notANumber), ("1.", .usd, .notANumber), (".5", .usd, .notANumber),
            ("-1", .usd, .notANumber), ("+1", .usd, .notANumber), ("1e3", .usd, .notANumber),
            ("0x10", .usd, .notANumber),
            (" 1", .usd, .notANumber), ("1 ", .usd, .notANumber), ("1 000", .usd, .notANumber),
            ("1,000", .usd, .notANumber),
            ("1,5", .usd, .notANumber), ("1.2.3", .usd, .notANumber), ("1..2", .usd, .notANumber),
            ("1\n", .usd, .notANumber),
            ("1\0", .usd, .notANumber), ("NaN", .usd, .notANumber), ("inf", .usd, .notANumber),
            ("$1", .usd, .notANumber),
            ("١٢", .usd, .notANumber), ("១២", .khr, .notANumber), ("１２", .jpy, .notANumber), ("1−", .usd, .notANumber),
            ("0.1", .jpy, .tooManyDecimals), ("1980.50", .jpy, .tooManyDecimals), ("1.001", .usd, .tooManyDecimals),
            ("1.230001", .khr, .tooManyDecimals), ("0.000000000000000000000000000001", .usd, .tooManyDecimals),
            ("9223372036854775808", .jpy, .overflow), ("92233720368547758.08", .usd, .overflow),
            ("92233720368547759", .khr, .overflow), ("100000000000000000000000000000000000000000", .jpy, .overflow),
            // Ten times 2^64: too large in the middle, although wrapped around it would be zero at the end.
            ("184467440737095516160", .jpy, .overflow),
            // What is wrong first is named first: no number at all, then too fine, then too large.
            ("99999999999999999999x", .jpy, .notANumber), ("99999999999999999999.", .jpy, .notANumber),
            ("99999999999999999999.5", .jpy, .tooManyDecimals),
            ("1.00000000000000000000000001", .usd, .tooManyDecimals),
        ] as [(String, Currency, MoneyError)]
    )
    func refuses(text: String, currency: Currency, error: MoneyError) {
        #expect(throws: error) { try Money(majorUnits: text, currency: currency) }
    }

    @Test(
        arguments: [
            (-1, .jpy, "-1"), (-1, .usd, "-0.01"), (-1_332, .usd, "-13.32"), (-5_337_500, .khr, "-53375"),
            (-1, .khr, "-0.01"),
            (.min, .jpy, "-9223372036854775808"), (.min, .usd, "-92233720368547758.08"),
        ] as [(Int64, Currency, String)]
    )
    func writesWhatIsOwed(minorUnits: Int64, currency: Currency, written: String) {
        #expect(Money(minorUnits: minorUnits, currency: currency).majorUnits == written)
    }

    @Test(arguments: seeds) func readsWhatItWrote(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let money = Money(minorUnits: random.positiveInt64(), currency: random.currency())
            #expect(try Money(majorUnits: money.majorUnits, currency: money.currency) == money)
        }
    }

    @Test(arguments: seeds) func writesThePlainDecimal(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let money = random.money()
            let parts = money.majorUnits.split(separator: ".", omittingEmptySubsequences: false)
            let decimals = parts.count == 2 ? parts[1].count : 0
            let digits = try #require(BigInteger(parts.joined()))
            #expect(digits * .powerOfTen(money.currency.exponent - decimals) == BigInteger(money.minorUnits))
        }
    }
}
