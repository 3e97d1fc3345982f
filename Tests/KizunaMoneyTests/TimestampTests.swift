import KizunaMoney
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, .seconds(180), 180_000), (1_000, .milliseconds(-1), 999), (5, .microseconds(1_999), 6),
            (5, .microseconds(-1_999), 4),
            (.max - 1, .milliseconds(1), .max), (.max, .milliseconds(1), .max), (.max, .seconds(Int64.max), .max),
            (.min, .milliseconds(-1), .min), (.min, .seconds(Int64.min), .min), (.max, .milliseconds(-1), .max - 1),
        ] as [(Int64, Duration, Int64)]
    )
    func addsAndStopsAtTheEnds(start: Int64, duration: Duration, end: Int64) {
        #expect(Timestamp(milliseconds: start).adding(duration).milliseconds == end)
    }

    @Test(
        arguments: [
            (1_000, 400, .milliseconds(600)), (400, 1_000, .milliseconds(-600)), (7, 7, .zero),
            (.max, .min, .milliseconds(Int64.max) + .milliseconds(Int64.max) + .milliseconds(1)),
        ] as [(Int64, Int64, Duration)]
    )
    func measures(later: Int64, earlier: Int64, between: Duration) {
        #expect(Timestamp(milliseconds: later).since(Timestamp(milliseconds: earlier)) == between)
    }

    @Test(
        arguments: [
            (.zero, 0), (.seconds(1), 1_000), (.milliseconds(-1), -1), (.microseconds(999), 0),
            (.microseconds(-999), 0),
            (.seconds(Int64.max), .max), (.seconds(Int64.min), .min),
        ] as [(Duration, Int64)]
    )
    func countsWholeMilliseconds(duration: Duration, milliseconds: Int64) {
        #expect(duration.wholeMilliseconds == milliseconds)
    }

    @Test func ordersByTime() {
        #expect(Timestamp(milliseconds: -1) < Timestamp(milliseconds: 0))
        #expect(!(Timestamp(milliseconds: 0) < Timestamp(milliseconds: 0)))
    }
}
