import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What will it cost? (`flows.md` 4.3)
extension Desk {
    var quoteRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/quotes",
                name: "createQuote",
                chapter: .paying,
                summary: "Prices a payment on a resolution; the price is honoured until it expires.",
                body: .json(.quoteRequest),
                answers: .created(.quote, "The price."),
                refusals: .ofShop + .ofAmount + [.notFound, .qrExpired, .limitExceeded, .liquidity, .noRate],
                idempotency: .kept(.quote),
                handler: .participant(createQuote)
            )
        ]
    }

    private func createQuote(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        let resolution: ResolutionID = try fields.identifier("resolutionId")
        let currency = try fields.currency("payerCurrency")
        try fields.amountType("amountType")
        let amount = try fields.optionalMoney("amount")
        let payer = try fields.optionalPayer("payer", of: call.participant, engine.digester)
        try fields.finish()
        let command = RequestQuote(
            resolution: resolution,
            payerCurrency: currency,
            amount: amount,
            payer: payer
        )
        let (reply, isReplay) = try await submit(.quote(command), for: call)
        guard case .quote(let quote) = reply else { unexpected(reply) }
        return .json(JSON(quote), status: 201, isReplay: isReplay)
    }
}

extension JSONFields {
    /// The payer's account, when the wallet says it with the quote already.
    fileprivate mutating func optionalPayer(
        _ name: String,
        of issuer: ParticipantID,
        _ digester: any Digester
    ) throws(Problem) -> PayerKey? {
        guard var payer = try optionalObject(name) else { return nil }
        let account = try payer.string("account", maximum: SubmitPayment.longestAccount)
        try payer.finish()
        return PayerKey(issuer: issuer, account: account, digester: digester)
    }

    /// Which of the two amounts is fixed: always the one that the shop receives.
    fileprivate mutating func amountType(_ name: String) throws(Problem) {
        guard let type = try optionalString(name, maximum: 16), type != "RECEIVE" else { return }
        throw invalid(name, "must be RECEIVE: the shop's amount is fixed first, and the payer's follows from it")
    }
}

extension Schema {
    /// What `createQuote` reads.
    static let quoteRequest = request([
        "resolutionId": .anyID(ExampleID.resolution),
        "payerCurrency": .currency(.khr),
        "amountType": .words(["RECEIVE"]).omitted,
        "amount": .payable("1980", .jpy).optional.saying("What the shop receives; needed unless the code fixes it."),
        "payer": request(["account": .text(1...SubmitPayment.longestAccount, "001-234-567")]).omitted
            .saying("Has the payer's limits checked at once."),
    ])
    .named("QuoteRequest", "What is to be priced.")
}
