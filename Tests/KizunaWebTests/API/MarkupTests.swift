import KizunaMoney
import KizunaPayments
import Testing

@testable import KizunaWeb

/// The last column but two of the worked examples (`flows.md` 6.3).
@Suite struct MarkupTests {
    @Test(arguments: [
        ("1980", "JPY", "26.8227424749", "53375", "267", "KHR", "+1.004"),
        ("1980", "JPY", "0.0066889632", "13.32", "0.07", "USD", "+1.101"),
        ("1", "JPY", "26.8227424749", "27", "0", "KHR", "+0.661"),
        ("42000", "KHR", "0.0372817955", "1574", "8", "JPY", "+1.032"),
        ("12.50", "USD", "149.5", "1879", "9", "JPY", "+1.030"),
        ("100", "KHR", "0.0372817955", "4", "0", "JPY", "+7.291"),
        ("100", "JPY", "1", "1", "0", "USD", "-99.000"), ("100", "JPY", "1", "100", "0", "USD", "+0.000"),
        ("200", "JPY", "1", "200.001", "0", "BHD", "+0.001"), ("200", "JPY", "1", "199.999", "0", "BHD", "-0.001"),
    ])
    func isExact(
        merchant: String,
        merchantCurrency: String,
        mid: String,
        interbank: String,
        fee: String,
        payerCurrency: String,
        markup: String
    ) throws {
        let shop = try #require(Currency(code: merchantCurrency))
        let payer = try #require(Currency(code: payerCurrency))
        let price = Price(
            merchantAmount: try Money(majorUnits: merchant, currency: shop),
            interbankAmount: try Money(majorUnits: interbank, currency: payer),
            issuerFee: try Money(majorUnits: fee, currency: payer),
            rate: try Rate("1"),
            midRate: try Rate(reference: mid),
            merchantDiscount: .zero(shop),
            interchange: .zero(shop),
            switchFee: .zero(shop)
        )
        #expect(price.markupPercent == markup)
    }

    @Test func saysNothingWhereItDoesNotFit() throws {
        let price = Price(
            merchantAmount: Money(minorUnits: 1, currency: .jpy),
            interbankAmount: Money(minorUnits: .max / 2, currency: .jpy),
            issuerFee: .zero(.jpy),
            rate: try Rate("1"),
            midRate: try Rate("0.0000000001"),
            merchantDiscount: .zero(.jpy),
            interchange: .zero(.jpy),
            switchFee: .zero(.jpy)
        )
        #expect(price.markupPercent == nil || price.markupPercent?.hasPrefix("+") == true)
    }
}
