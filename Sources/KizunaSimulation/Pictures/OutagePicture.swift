package import KizunaPayments

/// Draws what became of payments while their destination was silent: those under way, those that have ended, and how
/// much of its cap the provider had used.
package enum OutagePicture {
    /// What there was at one moment of the run.
    package struct Moment: Sendable {
        let seconds: Int
        let counts: [PaymentState: Int]
        /// From 0 to 1.
        let exposure: Double

        package init(seconds: Int, counts: [PaymentState: Int], exposure: Double) {
            self.seconds = seconds
            self.counts = counts
            self.exposure = exposure
        }
    }

    private struct Panel {
        let title: String
        let top: Double
        let height: Double
        /// The value at its upper edge.
        let largest: Double
    }

    private static let left = 60.0
    private static let width = 780.0
    private static let underWay: [(PaymentState, String)] = [(.sent, "c2"), (.unknown, "c3"), (.reversing, "c4")]
    private static let ended: [(PaymentState, String)] = [(.completed, "c1"), (.rejected, "c6"), (.reversed, "c5")]

    /// - Parameter silence: from which to which second the destination was silent.
    package static func drawn(_ moments: [Moment], silence: ClosedRange<Int> = 300...2_100) -> String {
        var picture = SVGPicture(
            width: 960,
            height: 620,
            title: "A destination silent for thirty minutes",
            description: "Payments by state over time: those under way grow while the destination is silent, until the "
                + "provider's cap refuses more, and end within two minutes of its return."
        )
        let end = Double(moments.last?.seconds ?? 1)
        let x = { (seconds: Int) in left + width * Double(seconds) / end }
        let panels = [
            Panel(title: "Payments under way", top: 40, height: 190, largest: ceiling(moments, underWay)),
            Panel(title: "Payments that have ended", top: 280, height: 150, largest: ceiling(moments, ended)),
            Panel(title: "The provider's use of its cap", top: 480, height: 90, largest: 1),
        ]
        for panel in panels { drawFrame(panel, silence, x, Int(end), in: &picture) }
        drawStack(underWay, moments, panels[0], x, in: &picture)
        drawStack(ended, moments, panels[1], x, in: &picture)
        let use = moments.map { SVGPicture.Point(x($0.seconds), y($0.exposure, panels[2])) }
        picture.line(through: use, style: "curve")
        return picture.file
    }

    /// The next round number above the highest stack.
    private static func ceiling(_ moments: [Moment], _ states: [(PaymentState, String)]) -> Double {
        let highest = moments.map { moment in states.reduce(0) { $0 + moment.counts[$1.0, default: 0] } }.max() ?? 0
        return Double((highest / 200 + 1) * 200)
    }

    private static func y(_ value: Double, _ panel: Panel) -> Double {
        panel.top + panel.height * (1 - value / panel.largest)
    }

    private static func drawFrame(
        _ panel: Panel,
        _ silence: ClosedRange<Int>,
        _ x: (Int) -> Double,
        _ end: Int,
        in picture: inout SVGPicture
    ) {
        let bottom = panel.top + panel.height
        picture.rectangle(
            at: SVGPicture.Point(x(silence.lowerBound), panel.top),
            width: x(silence.upperBound) - x(silence.lowerBound),
            height: panel.height,
            style: "shade"
        )
        picture.text(panel.title, at: SVGPicture.Point(left, panel.top - 10), style: "")
        for part in 0...4 {
            let value = panel.largest * Double(part) / 4
            let height = y(value, panel)
            let ends = [SVGPicture.Point(left, height), SVGPicture.Point(left + width, height)]
            picture.line(through: ends, style: part == 0 ? "axis" : "grid")
            let label = panel.largest == 1 ? "\(Int(value * 100)) %" : "\(Int(value))"
            picture.text(label, at: SVGPicture.Point(left - 8, height + 4), style: "right")
        }
        for minute in stride(from: 0, through: end / 60, by: 5) {
            picture.text("\(minute) min", at: SVGPicture.Point(x(minute * 60), bottom + 16), style: "small")
        }
    }

    private static func drawStack(
        _ states: [(PaymentState, String)],
        _ moments: [Moment],
        _ panel: Panel,
        _ x: (Int) -> Double,
        in picture: inout SVGPicture
    ) {
        var below = [Double](repeating: 0, count: moments.count)
        for (number, (state, style)) in states.enumerated() {
            let above = zip(below, moments).map { $0 + Double($1.counts[state, default: 0]) }
            let upper = zip(moments, above).map { SVGPicture.Point(x($0.seconds), y($1, panel)) }
            let lower = zip(moments, below).map { SVGPicture.Point(x($0.seconds), y($1, panel)) }
            picture.area(upper + lower.reversed(), style: style)
            let place = SVGPicture.Point(left + width + 12, panel.top + 12 + Double(number) * 18)
            picture.rectangle(at: place, width: 10, height: 10, style: style)
            picture.text(state.name, at: SVGPicture.Point(place.x + 16, place.y + 9), style: "left")
            below = above
        }
    }
}
