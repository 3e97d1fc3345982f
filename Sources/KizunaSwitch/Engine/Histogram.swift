/// How often something fell into which range: what Prometheus calls a histogram.
package struct Histogram: Sendable, Hashable {
    /// The upper end of each range but the last, which has none; each belongs to its range.
    package let bounds: [Double]
    /// How often each range was met, the last one among them.
    package private(set) var counts: [Int]
    package private(set) var sum = 0.0

    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    package mutating func add(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    /// Times from a fifth of a millisecond to ten seconds.
    package static let times = Histogram(
        bounds: [0.000_2, 0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]
    )
    /// Counts by doubling, up to the largest group.
    package static let sizes = Histogram(bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
}

extension Duration {
    package var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
