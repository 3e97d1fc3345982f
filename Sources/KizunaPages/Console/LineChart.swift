/// Values over time as lines, drawn from the data; the same in words is in a table beside it.
struct LineChart {
    struct Line {
        let name: String
        /// The class that gives the line its colour.
        let look: String
        let values: [Double]
    }

    let label: String
    let lines: [Line]

    private static let width = 600.0
    private static let height = 140.0
    private static let margin = 18.0

    var markup: Markup {
        let most = max(lines.flatMap(\.values).max() ?? 0, 1)
        return """
            <figure class="chart"><svg viewBox="0 0 600 140" role="img" aria-label="\(label)" \
            preserveAspectRatio="none">
            <path class="axis" d="M0 122H600M0 70H600M0 18H600"/>
            \(lines.map { path($0, most) })
            </svg><figcaption><span class="soft">\(label) · ≤ \(number(most))</span> \(lines.map(legend))</figcaption></figure>
            """
    }

    private func path(_ line: Line, _ most: Double) -> Markup {
        guard line.values.count > 1 else { return .none }
        let step = LineChart.width / Double(line.values.count - 1)
        let inner = LineChart.height - 2 * LineChart.margin
        let points = line.values.enumerated().map { place, value in
            let x = Double(place) * step
            let y = LineChart.height - LineChart.margin - value / most * inner
            return "\(number(x)) \(number(y))"
        }
        return "<polyline class=\"\(line.look)\" points=\"\(points.joined(separator: ","))\"/>"
    }

    private func legend(_ line: Line) -> Markup { "<span class=\"key \(line.look)\">\(line.name)</span>" }

    /// With one decimal where it has one: smaller is not seen.
    private func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
    }
}
