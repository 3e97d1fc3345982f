/// How an exact quotient becomes a whole number. There is no default: the caller names it.
public enum Rounding: Sendable, Hashable, CaseIterable {
    /// To the next whole number below: −2.5 gives −3.
    case down
    /// To the next whole number above: 2.1 gives 3.
    case up
    /// To the nearest; a half goes away from zero: 2.5 gives 3, −2.5 gives −3.
    case halfUp
    /// To the nearest; a half goes to the even neighbour: 2.5 gives 2, 3.5 gives 4.
    case halfEven

    /// Divides and rounds once.
    ///
    /// - Parameter divisor: must be positive.
    public func quotient(_ dividend: Int128, by divisor: Int128) -> Int128 {
        precondition(divisor > 0, "Rounding divides by positive numbers only")
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        guard remainder != 0 else { return quotient }
        let awayFromZero: Int128 = remainder > 0 ? 1 : -1
        switch self {
        case .down: return remainder < 0 ? quotient - 1 : quotient
        case .up: return remainder > 0 ? quotient + 1 : quotient
        case .halfUp, .halfEven:
            let distance = remainder.magnitude
            let rest = divisor.magnitude - distance
            if distance > rest { return quotient + awayFromZero }
            if distance < rest { return quotient }
            return self == .halfUp || quotient % 2 != 0 ? quotient + awayFromZero : quotient
        }
    }
}
