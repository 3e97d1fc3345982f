public import KizunaMoney

extension Country {
    /// How far the country's clocks are ahead of UTC. Neither country moves them in summer.
    public var clockAhead: Duration {
        switch self {
        case .cambodia: .seconds(7 * 3_600)
        case .japan: .seconds(9 * 3_600)
        }
    }

    /// Which day it is in the country at a moment, counted from 1 January 1970; days begin at its own midnight.
    public func day(at now: Timestamp) -> Int {
        let local = now.adding(clockAhead).milliseconds
        return Int(Rounding.down.quotient(Int128(local), by: 86_400_000))
    }
}
