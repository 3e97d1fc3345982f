import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What the providers ask for exchanging (`flows.md` 4.3).
extension Desk {
    private static let mostRates = 100

    var rateRoutes: [Route] {
        [
            Route(
                .post,
                "/v1/rates",
                name: "publishRates",
                summary: "Publishes the caller's rates; they can be quoted for a minute.",
                idempotency: .kept(.publishRates),
                handler: .participant(publishRates)
            ),
            Route(
                .get,
                "/v1/rates",
                name: "listRates",
                summary: "Lists the rates of all providers.",
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
            "items": .array(sorted.flatMap { board in board.rates.map { JSON($0, of: board.pair, at: now) } })
        ])
    }
}

extension JSONFields {
    fileprivate mutating func publishedRate() throws(Problem) -> PublishRate {
        let pair = CurrencyPair(payer: try currency("payerCurrency"), merchant: try currency("merchantCurrency"))
        guard pair.payer != pair.merchant else { throw invalid("merchantCurrency", "must be another currency") }
        let mid = try midRate("mid")
        let spread = try integer("spreadBasisPoints", in: 0...RateBoard.largestSpreadBasisPoints)
        try finish()
        return PublishRate(pair: pair, mid: mid, spreadBasisPoints: spread)
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
