import KizunaMoney
import Testing

@testable import KizunaPages

/// What the wallet and the shops' pages compute by themselves.
@Suite struct WalletTests {
    @Test(arguments: [
        ("26.956856188", Currency.khr, Currency.jpy, "¥1 = ៛26.9569"),
        ("0.0374682045", .jpy, .khr, "៛1,000 = ¥37.4682"), ("150.2475", .jpy, .usd, "$1 = ¥150.2475"),
        ("0.0067224081", .usd, .jpy, "¥1,000 = $6.7224"), ("27", .khr, .jpy, "¥1 = ៛27"),
        ("0.04", .jpy, .khr, "៛1,000 = ¥40"), ("9.99999", .khr, .jpy, "¥1 = ៛10.0000"),
    ])
    func ratesAreSaidForNumbersAboveOne(rate: String, payer: Currency, merchant: Currency, text: String) {
        #expect(RateText(rate, payer: payer, merchant: merchant)?.text == text)
    }

    @Test(arguments: ["", "x", "1e5", "-1", "1.2.3"])
    func whatIsNoRateIsNotSaid(rate: String) {
        #expect(RateText(rate, payer: .khr, merchant: .jpy) == nil)
    }

    @Test func theOldestIsForgotten() {
        var recent = Recent<Int, String>(most: 2)
        recent[1] = "one"
        recent[2] = "two"
        recent[1] = "ONE"
        #expect(Array(recent.latest) == ["two", "ONE"])
        recent[3] = "three"
        #expect(recent[1] == nil && Array(recent.latest) == ["three", "two"])
        recent[2] = nil
        #expect(Array(recent.latest) == ["three"])
    }

    @Test(arguments: [
        ("K-1", "\"K-1\""), ("=1+1", "\"'=1+1\""), ("@x", "\"'@x\""), ("a\"b", "\"a\"\"b\""), ("", "\"\""),
    ])
    func spreadsheetsTakeTextForText(text: String, cell: String) {
        #expect(DayReport.quoted(text) == cell)
    }
}
