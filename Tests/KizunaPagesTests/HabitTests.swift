import KizunaMoney
import KizunaPayments
import Testing

@testable import KizunaPages

/// Numbers and dates as each country writes them.
@Suite struct HabitTests {
    @Test(arguments: [
        (1_980, Currency.jpy, "¥1,980"), (53_642_00, .khr, "៛53,642"), (13_39, .usd, "$13.39"), (0, .jpy, "¥0"),
        (1_000_000, .jpy, "¥1,000,000"), (999, .jpy, "¥999"), (5, .usd, "$0.05"), (-1_234_56, .usd, "−$1,234.56"),
    ])
    func moneyIsPriced(minorUnits: Int64, currency: Currency, expected: String) {
        #expect(Money(minorUnits: minorUnits, currency: currency).priced == expected)
    }

    @Test func otherCurrenciesStandBehindTheirNumber() throws {
        let baht = try #require(Currency(code: "THB"))
        #expect(Money(minorUnits: 1_980_50, currency: baht).priced == "1,980.50 THB")
    }

    @Test func programsReadMoneyToo() {
        let money = Money(minorUnits: 1_980, currency: .jpy)
        #expect(money.markup == "<data class=\"money\" value=\"1980 JPY\">¥1,980</data>")
    }

    @Test(arguments: [
        (Language.english, Country.cambodia, "30 November 2026 00:25 (Phnom Penh time)"),
        (.japanese, .japan, "2026年11月30日 02:25 (日本時間)"),
        (.khmer, .cambodia, "ថ្ងៃទី 30 ខែវិច្ឆិកា ឆ្នាំ 2026 00:25 (ម៉ោងភ្នំពេញ)"),
        (.english, .japan, "30 November 2026 02:25 (Tokyo time)"),
    ])
    func momentsAreReadOffTheCountrysClocks(language: Language, country: Country, expected: String) {
        #expect(MomentText(StandingClock().now(), in: country).full(Words[language]) == expected)
    }

    @Test func aDayEndsAtTheCountrysMidnight() {
        let now = StandingClock().now()
        #expect(MomentText(now, in: .cambodia).isoDate == "2026-11-30")
        #expect(MomentText(now.adding(.seconds(-26 * 60)), in: .cambodia).isoDate == "2026-11-29")
        #expect(MomentText(now, in: .cambodia).timeWithSeconds == "00:25:08")
    }
}
