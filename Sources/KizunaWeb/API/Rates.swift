import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What the providers ask for exchanging (`flows.md` 4.3).
extension Desk {
    fileprivate static let mostRates = 100

    var rateRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/rates",
                name: "publishRates",
                chapter: .prices,
                summary: "Publishes the caller's rates; they can be quoted for a minute.",
                body: .json(.ratesRequest),
                answers: .created(.answer(["published": .count(1)]), "How many rates were published."),
                refusals: [.amountInvalid, .currencyNotSupported, .notFound],
                idempotency: .kept(.publishRates),
                handler: .participant(publishRates)
            ),
            Route(
                .get,
                "/v1/rates",
                name: "listRates",
                chapter: .prices,
                summary: "Lists the rates of all providers.",
                answers: .ok(.items(of: .rate), "The rates."),
                handler: .participant(listRates)
            ),
        ]
    }

    private func publishRates(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        var fields = try JSONFields(call.body)
        var rates: [PublishRate] = []
        for var entry in try fields.objects("rates", count: 1...Desk.mostRates) {
            let rate = try entry.publishedRate()
            guard !rates.contains(where: { $0.pair == rate.pair }) else {
                throw entry.invalid("payerCurrency", "and merchantCurrency stand together before in this list")
            }
            rates.append(rate)
        }
        try fields.finish()
        let (reply, isReplay) = try await submit(.publishRates(rates), for: call)
        guard case .ratesPublished(let count) = reply else { unexpected(reply) }
        return .json(["published": JSON(count)], status: 201, isReplay: isReplay)
    }

    private func listRates(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let boards = try read { reader throws(StoreError) in try reader.rateBoards() }
        let sorted = boards.sorted { ($0.pair.payer, $0.pair.merchant) < ($1.pair.payer, $1.pair.merchant) }
        let now = now
        return .json([
            "items": .array(
                sorted.flatMap { board in board.rates.map { JSON($0, of: board.pair, at: now, for: call.participant) } }
            )
        ])
    }
}

extension JSONFields {
    fileprivate mutating func publishedRate() throws(Problem) -> PublishRate {
        let pair = CurrencyPair(payer: try currency("payerCurrency"), merchant: try currency("merchantCurrency"))
        guard pair.payer != pair.merchant else { throw invalid("merchantCurrency", "must be another currency") }
        let mid = try midRate("mid")
        let spread = try integer("spreadBasisPoints", in: JSONFields.spreads)
        let sizes = try tiers("tiers", in: pair.merchant)
        let issuers = try improvements("improvements")
        try finish()
        return PublishRate(
            pair: pair,
            mid: mid,
            spreadBasisPoints: spread,
            tiers: sizes,
            improvements: issuers
        )
    }

    private static let spreads = 0...ProviderRate.largestSpreadBasisPoints

    /// Other spreads from a size on: `[{"from": {"value": "100000", "currency": "JPY"}, "spreadBasisPoints": 30}]`.
    private mutating func tiers(_ name: String, in currency: Currency) throws(Problem) -> [ProviderRate.Tier] {
        var tiers: [ProviderRate.Tier] = []
        for var tier in try optionalObjects(name, count: 0...ProviderRate.mostTiers) {
            let from = try tier.money("from")
            guard from.currency == currency else { throw tier.invalid("from", "must be in \(currency)") }
            let spread = try tier.integer("spreadBasisPoints", in: JSONFields.spreads)
            try tier.finish()
            tiers.append(ProviderRate.Tier(fromMinorUnits: from.minorUnits, spreadBasisPoints: spread))
        }
        return tiers
    }

    /// What single issuers pay less: `[{"issuer": "mekong-bank", "basisPoints": 5}]`.
    private mutating func improvements(_ name: String) throws(Problem) -> [ProviderRate.Improvement] {
        var improvements: [ProviderRate.Improvement] = []
        for var entry in try optionalObjects(name, count: 0...ProviderRate.mostImprovements) {
            let text = try entry.string("issuer", maximum: ParticipantID.maximumLength)
            guard let issuer = ParticipantID(text) else { throw entry.invalid("issuer", "must be a participant's id") }
            let basisPoints = try entry.integer("basisPoints", in: 1...ProviderRate.largestSpreadBasisPoints)
            try entry.finish()
            improvements.append(ProviderRate.Improvement(issuer: issuer, basisPoints: basisPoints))
        }
        return improvements
    }

    private mutating func midRate(_ name: String) throws(Problem) -> Rate {
        guard let value = take(name) else { throw missing(name) }
        guard case .string(let text) = value else { throw invalid(name, "must be text, such as \"26.8227424749\"") }
        do throws(MoneyError) {
            return try Rate(reference: text)
        } catch {
            throw invalid(name, "must be more than zero, with at most 18 digits, 10 of them behind the point")
        }
    }
}

extension Schema {
    /// What `publishRates` reads.
    static let ratesRequest = request(["rates": .list(of: newRate, 1...Desk.mostRates)])
        .named("RatesRequest", "Rates to publish, each pair of currencies once.")

    private static let newRate = request([
        "payerCurrency": .currency(.khr),
        "merchantCurrency": .currency(.jpy),
        "mid": .text(matching: "^[0-9]+([.][0-9]+)?$", "26.8227424749")
            .saying("More than zero, with at most 18 digits, 10 of them behind the point."),
        "spreadBasisPoints": .spread(50),
        "tiers": .list(
            of: request(["from": .payable("100000", .jpy), "spreadBasisPoints": .spread(30)]),
            0...ProviderRate.mostTiers
        ).omitted.saying("Other spreads from a size on."),
        "improvements": .list(
            of: request([
                "issuer": .participant("mekong-bank"),
                "basisPoints": .integer(1...ProviderRate.largestSpreadBasisPoints, 5),
            ]),
            0...ProviderRate.mostImprovements
        ).omitted.saying("What single issuers pay less."),
    ])
    .named("NewRate", "A rate: units of the payer's currency for one of the shop's.")
}
