import KizunaLedger
import KizunaPayments

/// Which part of a long list is wanted: how many, and behind which one.
struct PageQuery<Subject>: Sendable {
    static var most: Int { 200 }
    private static var usual: Int { 50 }

    static var parameters: [QueryParameter] {
        [
            QueryParameter(
                name: "limit",
                summary: "How many on a page: 1 to 200, usually 50.",
                schema: .integer(1...Int64(most), 50)
            ),
            QueryParameter(name: "cursor", summary: "The nextCursor of the page before.", schema: .cursor),
        ]
    }

    let limit: Int
    /// The last id of the page before. Callers are told nothing of that, so that it may become something else.
    let last: Identifier<Subject>?

    init(_ query: Query) throws(Problem) {
        limit = try query.integer("limit", in: 1...Self.most) ?? Self.usual
        last = try query["cursor"].map { text throws(Problem) in
            guard text.utf8.count == 32, let id = Identifier<Subject>(text) else {
                throw Problem(
                    .fieldInvalid,
                    "\"cursor\" must be the nextCursor of the page before.",
                    at: .parameter("cursor")
                )
            }
            return id
        }
    }

    /// The page, out of what was found behind the one before: one more than fits when there is a next page.
    func response(_ found: [Subject], id: (Subject) -> Identifier<Subject>, _ json: (Subject) -> JSON) -> HTTPResponse {
        let page = found.prefix(limit)
        return .json([
            "items": .array(page.map(json)),
            "nextCursor": found.count > limit ? JSON(page.last.map { id($0).value.compact }) : .null,
        ])
    }
}
