import KizunaSwitch

/// Figures in the text format of Prometheus, version 0.0.4.
struct MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// For what has no labels.
    static let none: KeyValuePairs<String, String> = [:]

    private(set) var text = ""

    /// A counter or gauge with a line for each set of labels.
    mutating func add(
        _ name: String,
        _ kind: String,
        _ help: String,
        _ samples: [(labels: KeyValuePairs<String, String>, value: Double)]
    ) {
        begin(name, kind, help)
        for sample in samples { line(name, sample.labels, sample.value) }
    }

    mutating func add(_ name: String, _ kind: String, _ help: String, _ value: Double) {
        begin(name, kind, help)
        line(name, MetricsText.none, value)
    }

    mutating func add(
        _ name: String,
        _ help: String,
        _ histograms: [(labels: KeyValuePairs<String, String>, histogram: Histogram)]
    ) {
        begin(name, "histogram", help)
        for (labels, histogram) in histograms {
            var count = 0
            for (bound, met) in zip(histogram.bounds.map { "\($0)" } + ["+Inf"], histogram.counts) {
                count += met
                line("\(name)_bucket", labels, Double(count), le: bound)
            }
            line("\(name)_sum", labels, histogram.sum)
            line("\(name)_count", labels, Double(count))
        }
    }

    private mutating func begin(_ name: String, _ kind: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
    }

    private mutating func line(
        _ name: String,
        _ labels: KeyValuePairs<String, String>,
        _ value: Double,
        le bound: String? = nil
    ) {
        var parts = labels.map { "\($0)=\"\(MetricsText.escaped($1))\"" }
        if let bound { parts.append("le=\"\(bound)\"") }
        let list = parts.isEmpty ? "" : "{\(parts.joined(separator: ","))}"
        text += "\(name)\(list) \(MetricsText.number(value))\n"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
