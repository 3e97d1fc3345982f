import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// The shops that an acquirer has signed.
extension Desk {
    private static let mostOnAPage = 200
    private static let usualOnAPage = 50

    var merchantRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/merchants",
                name: "registerMerchant",
                summary: "Registers a shop of the caller's, or brings what is known of it up to date.",
                idempotency: .kept(.registerMerchant),
                handler: .participant(registerMerchant)
            ),
            Route(
                .get,
                "/v1/merchants",
                name: "listMerchants",
                summary: "Lists the caller's shops, a page at a time.",
                query: [
                    QueryParameter(name: "limit", summary: "How many on a page: 1 to 200, usually 50."),
                    QueryParameter(name: "cursor", summary: "The nextCursor of the page before."),
                ],
                handler: .participant(listMerchants)
            ),
            Route(
                .get,
                "/v1/merchants/{merchantId:id}",
                name: "getMerchant",
                summary: "Shows a shop of the caller's.",
                handler: .participant(getMerchant)
            ),
        ]
    }

    private func registerMerchant(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let command = try RegisterMerchant(call.body)
        let (reply, isReplay) = try await submit(.registerMerchant(command), for: call)
        guard case .merchant(let merchant) = reply else { unexpected(reply) }
        return .json(JSON(merchant), status: 201, location: "/v1/merchants/\(merchant.id)", isReplay: isReplay)
    }

    private func listMerchants(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let limit = try call.query.integer("limit", in: 1...Desk.mostOnAPage) ?? Desk.usualOnAPage
        let last = try call.query["cursor"].map { text throws(Problem) in try cursor(text) }
        let found = try read { reader throws(StoreError) in
            try reader.merchants(of: call.participant, after: last, limit: limit + 1)
        }
        let page = found.prefix(limit)
        return .json([
            "items": .array(page.map { JSON($0) }),
            "nextCursor": found.count > limit ? JSON(page.last?.id.value.compact) : .null,
        ])
    }

    /// A cursor is the last id of a page. Callers are told nothing of that, so that it may become something else.
    private func cursor(_ text: String) throws(Problem) -> MerchantID {
        guard text.utf8.count == 32, let id = MerchantID(text) else {
            throw Problem(
                .fieldInvalid,
                "\"cursor\" must be the nextCursor of the page before.",
                at: .parameter("cursor")
            )
        }
        return id
    }

    private func getMerchant(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let id = MerchantID(call.parameters.id("merchantId"))
        let merchant = try read { reader throws(StoreError) in try reader.merchant(id) }
        guard let merchant, merchant.acquirer == call.participant else { throw .notFound("No such shop of yours.") }
        return .json(JSON(merchant))
    }
}
