/// The parameters behind a path, each at most once.
package struct Query: Sendable {
    /// More than any of our operations has.
    private static let mostParameters = 16

    private var values: [String: String] = [:]

    /// No parameters at all.
    package init() {}

    /// - Throws: ``RequestFault/malformedRequest`` for bad percent-encoding or too many parameters,
    ///   ``RequestFault/fieldInvalid`` for one that comes twice.
    package init(_ text: String) throws(Problem) {
        let parts = text.split(separator: "&")
        guard parts.count <= Query.mostParameters else {
            throw Problem(.malformedRequest, "A query has at most \(Query.mostParameters) parameters.")
        }
        for part in parts {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(pair[0]), let value = PercentEncoding.decode(pair.last ?? "") else {
                throw Problem(.malformedRequest, "The query is not percent-encoded as RFC 3986 has it.")
            }
            guard values.updateValue(pair.count == 2 ? value : "", forKey: name) == nil else {
                throw Problem(.fieldInvalid, "A parameter of the query comes twice.", at: Query.place(name))
            }
        }
    }

    package subscript(name: String) -> String? { values[name] }

    /// Refuses parameters that an operation does not have.
    func check(against declared: [QueryParameter]) throws(Problem) {
        let names = declared.map(\.name)
        guard let unknown = values.keys.filter({ !names.contains($0) }).min() else { return }
        let hint = NearestName.of(unknown, among: names).map { "; did you mean \"\($0)\"?" } ?? "."
        throw Problem(
            .unknownField,
            "The query has a parameter that this operation does not know\(hint)",
            at: Query.place(unknown)
        )
    }

    /// A whole number, or none.
    package func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let text = values[name] else { return nil }
        guard let number = Int(text), range.contains(number), text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }) else {
            throw Problem(
                .fieldInvalid,
                "\"\(name)\" must be a whole number from \(range.lowerBound) to \(range.upperBound).",
                at: .parameter(name)
            )
        }
        return number
    }

    private static func place(_ name: String) -> Problem.Place? { name.isPlainName ? .parameter(name) : nil }
}

/// A parameter that an operation takes behind its path.
package struct QueryParameter: Sendable {
    package let name: String
    package let summary: String
    /// What it must be, as text.
    package let schema: Schema
    package var isRequired = false
}
