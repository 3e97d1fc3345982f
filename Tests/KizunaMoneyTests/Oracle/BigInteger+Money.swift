import KizunaMoney

/// What the module promises, worked out in numbers of any size.
extension BigInteger {
    /// The exact quotient, rounded from the definitions: the floor and what is left over it.
    func divided(by divisor: BigInteger, rounding: Rounding) -> BigInteger {
        let (floor, rest) = flooredDivision(by: divisor)
        let (below, above) = (floor, floor + 1)
        guard !rest.isZero else { return floor }
        switch rounding {
        case .down: return below
        case .up: return above
        case .halfUp, .halfEven:
            let twice = rest + rest
            if twice < divisor { return below }
            if twice > divisor { return above }
            // A half: away from zero, or to the even neighbour.
            if rounding == .halfUp { return isNegative ? below : above }
            return below.isEven ? below : above
        }
    }

    /// `self / divisor` minor units as an amount, rounded once to the customer units of the currency.
    func money(dividedBy divisor: BigInteger, in currency: Currency, rounding: Rounding) -> Result<Money, MoneyError> {
        let unit = BigInteger(currency.customerUnitMinorUnits)
        let minorUnits = divided(by: divisor * unit, rounding: rounding) * unit
        guard let exact = minorUnits.int64 else { return .failure(.overflow) }
        return .success(Money(minorUnits: exact, currency: currency))
    }
}

/// Runs an operation of the module, so that its answer and its error compare like the oracle's.
func outcome<Answer>(_ body: () throws(MoneyError) -> Answer) -> Result<Answer, MoneyError> { Result(catching: body) }
