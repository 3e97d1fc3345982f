/// Finds what somebody may have meant by a name that does not exist.
enum NearestName {
    /// How many letters may be wrong.
    private static let mostEdits = 2

    /// The name that takes the fewest edits, if that is at most two, or a change of case.
    static func of(_ name: String, among known: some Sequence<String>) -> String? {
        let letters = Array(name.lowercased().utf8)
        let ranked = known.map { (edits: edits(letters, Array($0.lowercased().utf8)), name: $0) }
        guard let best = ranked.min(by: { ($0.edits, $0.name) < ($1.edits, $1.name) }) else { return nil }
        return best.edits <= mostEdits && best.edits < letters.count ? best.name : nil
    }

    /// How many letters are to be put in, taken out or changed (Levenshtein).
    private static func edits(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = letter == other ? diagonal : 1 + min(diagonal, row[j], above)
                diagonal = above
            }
        }
        return row[right.count]
    }
}
