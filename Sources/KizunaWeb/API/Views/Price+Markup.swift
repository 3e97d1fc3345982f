import KizunaMoney
import KizunaPayments

extension Price {
    /// How much dearer the payment is than at the market's middle, all fees included, in percent with three decimals:
    /// `+1.004`. Computed in whole numbers and rounded once, half away from zero.
    ///
    /// `nil` when the numbers do not fit, which no payment within the limits comes near.
    package var markupPercent: String? {
        let payer = payerDebit
        // D / (M × mid), with every part counted in whole numbers:
        // D minor × M's minor units per major × 10^decimals, by M minor × D's minor units per major × mid's digits.
        guard
            let cost = Price.product(
                payer.minorUnits,
                merchantAmount.currency.minorUnitsPerMajor,
                powerOfTen(midRate.decimals)
            ),
            let middle = Price.product(merchantAmount.minorUnits, payer.currency.minorUnitsPerMajor, midRate.digits),
            middle > 0
        else { return nil }
        // Percent with three decimals are hundred-thousandths.
        let (dividend, overflow) = (cost - middle).multipliedReportingOverflow(by: 100_000)
        guard !overflow else { return nil }
        let thousandths = Rounding.halfUp.quotient(dividend, by: middle)
        let (whole, rest) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1_000)
        let decimals = String(1_000 + rest).dropFirst()
        return "\(thousandths < 0 ? "-" : "+")\(whole).\(decimals)"
    }

    private static func product(_ first: Int64, _ second: Int64, _ third: Int64) -> Int128? {
        let (product, overflow) = (Int128(first) * Int128(second)).multipliedReportingOverflow(by: Int128(third))
        return overflow ? nil : product
    }

    private func powerOfTen(_ exponent: Int) -> Int64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
