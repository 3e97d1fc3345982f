import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// The shops that an acquirer has signed.
extension Desk {
    var merchantRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/merchants",
                name: "registerMerchant",
                chapter: .shops,
                summary: "Registers a shop of the caller's, or brings what is known of it up to date.",
                body: .json(.merchantRequest),
                answers: .created(.merchant, "The shop.").located,
                refusals: [.duplicate],
                idempotency: .kept(.registerMerchant),
                handler: .participant(registerMerchant)
            ),
            Route(
                .get,
                "/v1/merchants",
                name: "listMerchants",
                chapter: .shops,
                summary: "Lists the caller's shops, a page at a time.",
                query: PageQuery<Merchant>.parameters,
                answers: .ok(.page(of: .merchant), "A page of shops."),
                handler: .participant(listMerchants)
            ),
            Route(
                .get,
                "/v1/merchants/{merchantId:id}",
                name: "getMerchant",
                chapter: .shops,
                summary: "Shows a shop of the caller's.",
                answers: .ok(.merchant, "The shop."),
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
        let page = try PageQuery<Merchant>(call.query)
        let found = try read { reader throws(StoreError) in
            try reader.merchants(of: call.participant, after: page.last, limit: page.limit + 1)
        }
        return page.response(found, id: \.id) { JSON($0) }
    }

    private func getMerchant(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let id = MerchantID(call.parameters.id("merchantId"))
        let merchant = try read { reader throws(StoreError) in try reader.merchant(id) }
        guard let merchant, merchant.acquirer == call.participant else { throw .notFound("No such shop of yours.") }
        return .json(JSON(merchant))
    }
}
