import KizunaLedger
import KizunaMoney
package import KizunaPayments
import KizunaSwitch

/// What the tariffs say.
extension Desk {
    var feeRoutes: [Route] {
        [
            Route(
                .get,
                "/v1/fees",
                name: "listFees",
                chapter: .prices,
                summary: "Lists the lines of the tariffs that are for everybody or for the caller.",
                answers: .ok(.items(of: .fee), "The lines."),
                handler: .participant(listFees)
            )
        ]
    }

    private func listFees(_ call: ParticipantCall) async throws(Problem) -> HTTPResponse {
        let tables = try read { reader throws(StoreError) in try reader.feeTables() }
        let lines = tables.flatMap { table in
            table.rules.enumerated().compactMap { place, rule -> JSON? in
                guard rule.scope.participant.map({ $0 == call.participant }) ?? true else { return nil }
                return JSON(rule, number: place + 1, of: table.corridor)
            }
        }
        return .json(["items": .array(lines)])
    }
}

extension JSON {
    /// A line of a tariff.
    package init(_ rule: FeeRule, number: Int, of corridor: CorridorID) {
        let category = { (code: Int) in String(String(10_000 + code).dropFirst()) }
        self = [
            "payerCountry": .string(corridor.payer.rawValue),
            "merchantCountry": .string(corridor.merchant.rawValue),
            "number": JSON(number),
            "kind": .string(rule.scope.kind.name),
            "participant": JSON(rule.scope.participant?.description),
            "currency": JSON(rule.scope.currency?.code),
            "firstCategory": JSON(rule.scope.categories.map { category($0.lowerBound) }),
            "lastCategory": JSON(rule.scope.categories.map { category($0.upperBound) }),
            "from": JSON(rule.scope.from),
            "basisPoints": rule.terms.map { JSON($0.basisPoints) } ?? .null,
            "flat": JSON(rule.terms?.flat),
            "effectiveFrom": JSON(rule.effectiveFrom),
            "recordedAt": JSON(rule.recordedAt),
        ]
    }
}

extension Schema {
    static let fee = answer([
        "payerCountry": .country(.cambodia),
        "merchantCountry": .country(.japan),
        "number": .count(1),
        "kind": .words(FeeRule.Kind.allCases.map(\.name), FeeRule.Kind.merchantDiscount.name),
        "participant": .participant("mekong-bank").null.saying("null for everybody."),
        "currency": .currency(.khr).null,
        "firstCategory": .categoryCode.null,
        "lastCategory": .categoryCode.null,
        "from": .yen("10000").null.saying("From which amount on."),
        "basisPoints": .count(160).nullable,
        "flat": .yen("10").null,
        "effectiveFrom": .timestamp,
        "recordedAt": .timestamp,
    ])
    .named("Fee", "A line of a tariff.")
}
