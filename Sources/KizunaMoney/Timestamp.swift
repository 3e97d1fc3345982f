/// A moment in UTC, counted in milliseconds since 1970-01-01T00:00:00Z.
///
/// Moments come from outside too, so sums stop at the ends of 64 bits, 292 million years away, instead of trapping.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// The milliseconds since 1970 began; negative before.
    public var milliseconds: Int64

    /// Takes a moment as it was measured or stored.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment that lies a duration later; parts below a millisecond are dropped.
    public func adding(_ duration: Duration) -> Timestamp {
        let step = duration.wholeMilliseconds
        let (sum, overflow) = milliseconds.addingReportingOverflow(step)
        return Timestamp(milliseconds: overflow ? (step < 0 ? .min : .max) : sum)
    }

    /// The time from another moment to this one; negative when the other is later.
    public func since(_ earlier: Timestamp) -> Duration {
        .milliseconds(milliseconds) - .milliseconds(earlier.milliseconds)
    }
}

extension Duration {
    /// The whole milliseconds of the duration, rounded toward zero and stopped at the ends of 64 bits.
    public var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let milliseconds = Int128(seconds) * 1_000 + Int128(attoseconds / 1_000_000_000_000_000)
        return Int64(clamping: milliseconds)
    }
}
