/// What a browser says about the languages that its user reads (RFC 9110, section 12.5.4).
package enum AcceptLanguage {
    /// More than any browser lists.
    private static let mostRanges = 16

    /// The language among ours that is liked best; `nil` where none is liked.
    ///
    /// - Parameter tags: ours, in lower case, such as `km`.
    package static func best(of tags: [String], for header: String?) -> String? {
        var best: (tag: String, weight: Int)?
        for part in (header ?? "").lowercased().split(separator: ",").prefix(mostRanges) {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let range = pieces.first else { continue }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { self.weight($0.dropFirst(2)) }
            guard let tag = tags.first(where: { range == $0 || range.hasPrefix("\($0)-") }),
                (weight ?? 1_000) > best?.weight ?? 0
            else { continue }
            best = (tag, weight ?? 1_000)
        }
        return best?.tag
    }

    /// A weight from 0 to 1 in thousandths; 0 for what is none.
    private static func weight(_ text: Substring) -> Int {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Int($0) }), 0...1 ~= whole else { return 0 }
        guard parts.count == 2 else { return whole * 1_000 }
        let digits = parts[1].prefix(3)
        guard let number = Int(digits), number >= 0 else { return whole * 1_000 }
        return min(1_000, whole * 1_000 + number * [1_000, 100, 10, 1][digits.count])
    }
}
