extension Rate {
    /// The rate over a currency in between: the middle's price in the payer's currency, times the merchant's in the
    /// middle's. For showing and comparing: it keeps 10 decimals and up to 18 digits.
    ///
    /// - Throws: ``MoneyError/tooManyDigits`` when the whole part alone has more than 18 digits,
    ///   ``MoneyError/notPositive`` when nothing is left of it.
    public func crossing(_ next: Rate, rounding: Rounding) throws(MoneyError) -> Rate {
        // Each has at most 18 digits, so 128 bits hold the product.
        let exact = Int128(digits) * Int128(next.digits)
        let exactDecimals = decimals + next.decimals
        let kept = min(Rate.maximumDecimals, exactDecimals)
        let rounded = rounding.quotient(exact, by: Int128(powerOfTen(exactDecimals - kept)))
        guard let digits = Int64(exactly: rounded) else { throw .tooManyDigits }
        return try Rate(digits: digits, decimals: kept)
    }

    /// The largest rate of at most 10 decimals and 11 digits at which an amount, converted with
    /// ``Rounding/up``, comes to exactly a price.
    ///
    /// It says in one number what two exchanges in a row came to, so that whoever checks a payment by its rate finds the
    /// price that was paid.
    ///
    /// - Parameters:
    ///   - price: more than zero, in whole customer units.
    ///   - amount: more than zero.
    /// - Throws: ``MoneyError/notPositive`` for anything less, ``MoneyError/tooManyDigits`` where 11 digits and 10
    ///   decimals cannot say it.
    public static func paying(_ price: Money, for amount: Money) throws(MoneyError) -> Rate {
        guard price.isPositive, amount.isPositive else { throw .notPositive }
        let divisor = Int128(amount.minorUnits) * Int128(price.currency.minorUnitsPerMajor)
        let dividend = Int128(price.minorUnits) * Int128(amount.currency.minorUnitsPerMajor)
        for decimals in stride(from: maximumDecimals, through: 0, by: -1) {
            // Below 2^63 × 10^3 × 10^10, so 128 bits hold it.
            let digits = Rounding.down.quotient(dividend * Int128(powerOfTen(decimals)), by: divisor)
            guard digits < Int128(powerOfTen(maximumDigits)) else { continue }
            guard digits > 0 else { throw .tooManyDigits }
            let rate = try Rate(digits: Int64(digits), decimals: decimals)
            guard try rate.converting(amount, to: price.currency, rounding: .up) == price else { break }
            return rate
        }
        throw .tooManyDigits
    }
}
