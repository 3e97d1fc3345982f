public import KizunaMoney

/// The gains of a provider in a currency that are not on its account yet.
///
/// Gains are fractions, and accounts hold whole customer units. The fractions add up here without losing any, and
/// whole units move to the account a lot at a time: account and rest together are always the exact sum.
public struct RoundingRest: Sendable, Hashable {
    /// How many customer units make a lot. A gain is below one, so a line in the journal comes with every hundredth
    /// payment at most.
    public static let lot: Int64 = 100

    public let key: RoundingKey
    /// In 10^-13 of a major unit; less than a ``lot``, on either side of zero.
    public private(set) var parts: Int64

    public init(key: RoundingKey, parts: Int64 = 0) {
        self.key = key
        self.parts = parts
    }

    /// The rest in major units with all its decimals, such as `-0.42474776`.
    public var majorUnits: String { RoundingGain.majorUnits(parts) }

    /// Adds a gain, or takes one back.
    ///
    /// - Returns: what is to move to the account, in whole customer units: nothing until a lot is full, less than
    ///   nothing when more has gone back than the rest holds.
    public mutating func add(_ change: Int64) -> Money {
        let unit = key.currency.customerUnitMinorUnits
        let partsPerUnit = RoundingGain.partsPerMajorUnit / key.currency.minorUnitsPerMajor * unit
        parts += change
        guard parts.magnitude >= (RoundingRest.lot * partsPerUnit).magnitude else { return .zero(key.currency) }
        let units = parts / partsPerUnit
        parts -= units * partsPerUnit
        return Money(minorUnits: units * unit, currency: key.currency)
    }
}
