package import KizunaMoney

/// A rate as people say it: for as many of the shop's units as make a number above one.
package struct RateText: Sendable {
    private let digits: Int128
    private let decimals: Int
    private let payer: Currency
    private let merchant: Currency

    /// How many decimals are shown; the exact rate stands in the markup.
    private static let shownDecimals = 4
    private static let exact = "0123456789."

    /// - Parameters:
    ///   - rate: the payer's units for one of the shop's, such as `26.956856188`.
    ///   - payer: the payer's currency.
    ///   - merchant: the shop's currency.
    package init?(_ rate: String, payer: Currency, merchant: Currency) {
        let parts = rate.split(separator: ".", maxSplits: 1)
        guard !rate.isEmpty, rate.allSatisfy({ RateText.exact.contains($0) }), let digits = Int128(parts.joined())
        else { return nil }
        self.digits = digits
        decimals = parts.count > 1 ? parts[1].count : 0
        self.payer = payer
        self.merchant = merchant
    }

    /// `¥1 = ៛26.9569`, or `៛1,000 = ¥37.4682`.
    package var text: String {
        let isSmall = digits < powerOfTen(decimals)
        let units: Int64 = isSmall ? 1_000 : 1
        let unit = Money(minorUnits: units * merchant.minorUnitsPerMajor, currency: merchant)
        let name = Money.zero(merchant).majorUnits.contains(".") ? String(unit.priced.dropLast(3)) : unit.priced
        return "\(name) = \(payer.sign ?? payer.code)\(number(shifted: isSmall ? 3 : 0))"
    }

    private func number(shifted: Int) -> String {
        let shown = min(RateText.shownDecimals, max(decimals - shifted, 0))
        let scale = decimals - shifted - shown
        let rounded =
            scale >= 0
            ? Rounding.halfUp.quotient(digits, by: powerOfTen(scale)) : digits * powerOfTen(-scale)
        let text = String(rounded)
        let padded = String(repeating: "0", count: max(0, shown + 1 - text.count)) + text
        return shown == 0 ? padded : "\(padded.dropLast(shown)).\(padded.suffix(shown))"
    }

    private func powerOfTen(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
