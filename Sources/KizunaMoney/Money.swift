/// An exact amount of one currency, counted in minor units.
///
/// Sums never round and never wrap. To cross currencies, go through a ``Rate``.
public struct Money: Sendable, Hashable {
    /// The amount in the currency's minor unit of ISO 4217: yen, cents, hundredths of a riel.
    public let minorUnits: Int64
    /// The currency whose minor units are counted.
    public let currency: Currency

    /// Counts out an amount, negative ones too: what one side gains, the other loses.
    public init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Nothing, in a currency.
    public static func zero(_ currency: Currency) -> Money { Money(minorUnits: 0, currency: currency) }

    /// Whether the amount is nothing.
    public var isZero: Bool { minorUnits == 0 }
    /// Whether the amount is more than nothing.
    public var isPositive: Bool { minorUnits > 0 }

    /// Whether customers can pay this amount: a whole number of the currency's customer units.
    public var isPayable: Bool { minorUnits % currency.customerUnitMinorUnits == 0 }

    /// Adds an amount of the same currency.
    ///
    /// - Throws: ``MoneyError/currencyMismatch`` or ``MoneyError/overflow``.
    public func adding(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch }
        let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
        guard !overflow else { throw .overflow }
        return Money(minorUnits: sum, currency: currency)
    }

    /// Takes away an amount of the same currency.
    ///
    /// - Throws: ``MoneyError/currencyMismatch`` or ``MoneyError/overflow``.
    public func subtracting(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch }
        let (difference, overflow) = minorUnits.subtractingReportingOverflow(other.minorUnits)
        guard !overflow else { throw .overflow }
        return Money(minorUnits: difference, currency: currency)
    }

    /// Whether this amount is smaller than another of the same currency.
    ///
    /// - Throws: ``MoneyError/currencyMismatch``.
    public func isLess(than other: Money) throws(MoneyError) -> Bool {
        guard currency == other.currency else { throw .currencyMismatch }
        return minorUnits < other.minorUnits
    }

    /// The share of the amount that a number of basis points (hundredths of a percent) stands for, rounded once to
    /// the currency's customer unit.
    ///
    /// - Throws: ``MoneyError/overflow``.
    public func share(basisPoints: Int64, rounding: Rounding) throws(MoneyError) -> Money {
        try proportion(basisPoints, of: 10_000, rounding: rounding)
    }

    /// The amount times `part / whole`, rounded once to the currency's customer unit.
    ///
    /// - Parameter whole: must be positive.
    /// - Throws: ``MoneyError/overflow``.
    public func proportion(_ part: Int64, of whole: Int64, rounding: Rounding) throws(MoneyError) -> Money {
        precondition(whole > 0, "A proportion needs a positive whole")
        let unit = Int128(currency.customerUnitMinorUnits)
        let units = rounding.quotient(Int128(minorUnits) * Int128(part), by: Int128(whole) * unit)
        guard let exact = Int64(exactly: units * unit) else { throw .overflow }
        return Money(minorUnits: exact, currency: currency)
    }
}

/// Why an amount or a rate cannot be.
public enum MoneyError: Error, Sendable, Hashable {
    /// Two currencies in one sum.
    case currencyMismatch
    /// The result does not fit 64 bits.
    case overflow
    /// Not digits with at most one point and digits on both sides of it.
    case notANumber
    /// More decimals than the currency, or ten for a rate, allows.
    case tooManyDecimals
    /// More significant digits than a rate may have.
    case tooManyDigits
    /// Zero or less where only more than zero makes sense.
    case notPositive
}
