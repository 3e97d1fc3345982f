/// An exact positive exchange rate: units of the payer's currency for one unit of the merchant's.
///
/// At most 10 decimals and 11 digits, the shape of `XchgRate` in ISO 20022 (BaseOneRate: 11 digits, 10 decimals).
/// A mid rate shown beside it may have up to 18 digits: see ``init(reference:)``.
public struct Rate: Sendable, Hashable {
    /// The rate times ten to the power of ``decimals``.
    public let digits: Int64
    /// How many of the digits stand behind the point: 0 to 10, none of them a closing zero.
    public let decimals: Int

    /// The most digits of a rate that is settled at.
    public static let maximumDigits = 11
    /// The most digits behind the point, of every rate.
    public static let maximumDecimals = 10
    /// The most digits of a rate that is only shown or derived from; what 64 bits hold whatever the digits are.
    private static let maximumReferenceDigits = 18

    /// Reads a rate such as `26.956856188`.
    ///
    /// - Throws: ``MoneyError/notANumber``, ``MoneyError/notPositive``, ``MoneyError/tooManyDecimals`` past 10,
    ///   ``MoneyError/tooManyDigits`` past 11.
    public init(_ text: some StringProtocol) throws(MoneyError) {
        try self.init(text, digitLimit: Rate.maximumDigits)
    }

    /// Reads a rate that is only shown or derived from, never settled at: up to 18 digits, 10 of them decimals.
    ///
    /// - Throws: as ``init(_:)``, with ``MoneyError/tooManyDigits`` past 18.
    public init(reference text: some StringProtocol) throws(MoneyError) {
        try self.init(text, digitLimit: Rate.maximumReferenceDigits)
    }

    private init(_ text: some StringProtocol, digitLimit: Int) throws(MoneyError) {
        let read: (digits: Int64, decimals: Int)
        do throws(MoneyError) {
            read = try DecimalText.read(text, maximumDecimals: Rate.maximumDecimals)
        } catch {
            throw error == .overflow ? .tooManyDigits : error
        }
        guard read.digits > 0 else { throw .notPositive }
        guard read.digits < powerOfTen(digitLimit) else { throw .tooManyDigits }
        (digits, decimals) = read
    }

    /// Takes a rate as it was stored.
    ///
    /// - Parameters:
    ///   - digits: the rate times 10^decimals, 1 to 10^18 − 1.
    ///   - decimals: 0 to 10.
    /// - Throws: ``MoneyError/notPositive``, ``MoneyError/tooManyDigits`` or ``MoneyError/tooManyDecimals``.
    public init(digits: Int64, decimals: Int) throws(MoneyError) {
        guard digits > 0 else { throw .notPositive }
        guard 0...Rate.maximumDecimals ~= decimals else { throw .tooManyDecimals }
        guard digits < powerOfTen(Rate.maximumReferenceDigits) else { throw .tooManyDigits }
        (self.digits, self.decimals) = Rate.withoutClosingZeros(digits: digits, decimals: decimals)
    }

    /// This rate made dearer by a number of basis points, rounded **up** once to at most 10 decimals and 11 digits.
    ///
    /// A provider's all-in rate is its mid rate with its spread, `R` in the worked examples.
    ///
    /// - Parameter basisPoints: above −10,000; negative makes it cheaper.
    /// - Throws: ``MoneyError/notPositive`` at −10,000 or below, ``MoneyError/tooManyDigits`` when the whole part alone
    ///   has more than 11 digits.
    public func adding(basisPoints: Int64) throws(MoneyError) -> Rate {
        guard basisPoints > -10_000 else { throw .notPositive }
        // rate × (10000 + bp) / 10^(decimals + 4), exactly: below 10^18 × 2^64, so 128 bits hold it.
        let exact = Int128(digits) * (10_000 + Int128(basisPoints))
        let exactDecimals = decimals + 4
        var kept = min(Rate.maximumDecimals, exactDecimals)
        while kept >= 0 {
            let divisor = Int128(powerOfTen(exactDecimals - kept))
            let rounded = Rounding.up.quotient(exact, by: divisor)
            if rounded < Int128(powerOfTen(Rate.maximumDigits)) {
                return try Rate(digits: Int64(rounded), decimals: kept)
            }
            kept -= 1
        }
        throw .tooManyDigits
    }

    /// Converts an amount into another currency and rounds once to a whole number of that currency's customer units.
    ///
    /// - Throws: ``MoneyError/overflow`` when the result does not fit.
    public func converting(_ amount: Money, to currency: Currency, rounding: Rounding) throws(MoneyError) -> Money {
        // result in minor units = minor × rate × 10^(exponent(to) − exponent(from)); one division at the end. A product
        // past 128 bits is no loss: divided by at most 10^15 it would still be far past 64.
        let (product, overflow) = Int128(amount.minorUnits).multipliedReportingOverflow(
            by: Int128(digits) * Int128(currency.minorUnitsPerMajor)
        )
        guard !overflow else { throw .overflow }
        let unit = Int128(currency.customerUnitMinorUnits)
        let divisor = Int128(powerOfTen(decimals)) * Int128(amount.currency.minorUnitsPerMajor) * unit
        let units = rounding.quotient(product, by: divisor)
        let (whole, tooLarge) = units.multipliedReportingOverflow(by: unit)
        guard !tooLarge, let minorUnits = Int64(exactly: whole) else { throw .overflow }
        return Money(minorUnits: minorUnits, currency: currency)
    }

    private static func withoutClosingZeros(digits: Int64, decimals: Int) -> (Int64, Int) {
        var (digits, decimals) = (digits, decimals)
        while decimals > 0, digits % 10 == 0 {
            digits /= 10
            decimals -= 1
        }
        return (digits, decimals)
    }
}

extension Rate: Comparable {
    public static func < (left: Rate, right: Rate) -> Bool {
        Int128(left.digits) * Int128(powerOfTen(right.decimals)) < Int128(right.digits)
            * Int128(powerOfTen(left.decimals))
    }
}

extension Rate: CustomStringConvertible {
    /// Plain decimal text without closing zeros: `26.956856188`.
    public var description: String { DecimalText.write(digits: digits, decimals: decimals) }
}
