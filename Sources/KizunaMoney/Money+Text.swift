extension Money {
    /// Reads an amount in major units, such as `1980` or `13.32`. There is no sign: nobody asks to pay less than nothing.
    ///
    /// Zeros behind the last decimal that counts are harmless: `5000.00` riel is 5,000 riel.
    ///
    /// - Throws: ``MoneyError/notANumber`` for anything but digits with at most one inner point,
    ///   ``MoneyError/tooManyDecimals`` for more than the currency has, ``MoneyError/overflow`` past 64 bits.
    public init(majorUnits text: some StringProtocol, currency: Currency) throws(MoneyError) {
        let (digits, decimals) = try DecimalText.read(text, maximumDecimals: currency.exponent)
        let (minorUnits, overflow) = digits.multipliedReportingOverflow(by: powerOfTen(currency.exponent - decimals))
        guard !overflow else { throw .overflow }
        self.init(minorUnits: minorUnits, currency: currency)
    }

    /// The amount in major units for programs: `1980`, `13.32`, and whole riel without decimals (`53375`).
    public var majorUnits: String {
        let customerUnit = currency.customerUnitMinorUnits
        if customerUnit > 1, minorUnits % customerUnit == 0, customerUnit == currency.minorUnitsPerMajor {
            return String(minorUnits / customerUnit)
        }
        return DecimalText.write(digits: minorUnits, decimals: currency.exponent)
    }
}

extension Money: CustomStringConvertible {
    /// The amount with its currency, such as `1980 JPY`.
    public var description: String { "\(majorUnits) \(currency.code)" }
}
