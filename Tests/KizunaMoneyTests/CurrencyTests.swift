import KizunaMoney
import Testing

@Suite struct CurrencyTests {
    @Test(
        arguments: [
            ("JPY", 392, 0, 1), ("KHR", 116, 2, 100), ("USD", 840, 2, 1), ("KWD", 414, 3, 1), ("BHD", 48, 3, 1),
            ("VND", 704, 0, 1), ("KRW", 410, 0, 1), ("THB", 764, 2, 1), ("LAK", 418, 2, 1), ("EUR", 978, 2, 1),
            ("CNY", 156, 2, 1), ("ALL", 8, 2, 1), ("SGD", 702, 2, 1), ("IDR", 360, 2, 1), ("XCG", 532, 2, 1),
            ("ZWG", 924, 2, 1), ("AED", 784, 2, 1), ("ZMW", 967, 2, 1),
        ] as [(String, Int, Int, Int64)]
    )
    func knows(code: String, number: Int, decimals: Int, customerUnit: Int64) throws {
        let currency = try #require(Currency(code: code))
        #expect(Currency(numeric: number) == currency)
        #expect(currency.code == code)
        #expect(currency.description == code)
        #expect(currency.numeric == number)
        #expect(currency.exponent == decimals)
        #expect(currency.minorUnitsPerMajor == [1, 10, 100, 1_000][decimals])
        #expect(currency.customerUnitMinorUnits == customerUnit)
    }

    @Test(
        arguments: [
            "", "J", "JP", "JPYY", "jpy", "Jpy", "JP ", " JPY", "JPÝ", "392", "ＪＰＹ", "AAA", "ZZZ",
            // Listed once, or no money to pay with: metals, funds, units of account, tests, currencies that ended.
            "XAU", "XXX", "XTS", "XDR", "XAD", "CLF", "CHE", "USN", "HRK", "BGN", "ANG", "ZWL", "SLL",
        ])
    func refuses(code: String) {
        #expect(Currency(code: code) == nil)
    }

    @Test(arguments: [-1, 0, 1, 999, 1_000, 116_000, .max, .min, 975, 959, 963])
    func refuses(number: Int) {
        #expect(Currency(numeric: number) == nil)
    }

    @Test func constantsAreRowsOfTheTable() {
        for (constant, code) in [(Currency.jpy, "JPY"), (.khr, "KHR"), (.usd, "USD")] {
            let row = Currency(code: code)
            #expect(row == constant)
            #expect(row?.code == constant.code)
            #expect(row?.exponent == constant.exponent)
        }
    }

    @Test func everyRowIsFoundByItsCodeAndItsNumber() {
        for currency in Currency.all {
            #expect(Currency(code: currency.code) == currency)
            #expect(Currency(code: currency.code)?.exponent == currency.exponent)
            #expect(Currency(numeric: currency.numeric)?.code == currency.code)
            #expect(1..<1_000 ~= currency.numeric)
        }
    }

    @Test func rowsAreUniqueAndInOrder() {
        let all = Currency.all
        #expect(all.count == 155)
        #expect(Set(all.map(\.code)).count == all.count)
        #expect(Set(all.map(\.numeric)).count == all.count)
        #expect(Set(all).count == all.count)
        #expect(all.map(\.code) == all.map(\.code).sorted())
        #expect(all == all.sorted())
    }

    @Test func mostHaveTwoDecimals() {
        let byDecimals = Dictionary(grouping: Currency.all, by: \.exponent).mapValues(\.count)
        #expect(byDecimals == [0: 16, 2: 132, 3: 7])
    }

    @Test func aCodeMayBePartOfALongerText() {
        #expect(Currency(code: "USD 12.50".prefix(3)) == .usd)
    }
}
