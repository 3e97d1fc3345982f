import KizunaLedger
import KizunaMoney
import KizunaPayments

extension Price {
    /// What is paid, and at which rate, as quotes and payments tell it.
    var amountMembers: [JSON.Member] {
        [
            JSON.Member(name: "merchantAmount", value: JSON(merchantAmount)),
            JSON.Member(name: "interbankAmount", value: JSON(interbankAmount)),
            JSON.Member(name: "issuerFee", value: JSON(issuerFee)),
            JSON.Member(name: "payerDebit", value: JSON(payerDebit)),
            JSON.Member(name: "rate", value: JSON(name: rate)),
            JSON.Member(name: "midRate", value: JSON(name: midRate)),
            JSON.Member(name: "effectiveRate", value: JSON(effectiveRate?.description)),
        ]
    }

    /// Who exchanges, and who has which part of the shop's amount, as quotes and payments tell it.
    func shareMembers(by provider: ParticipantID) -> [JSON.Member] {
        [
            JSON.Member(name: "exchanges", value: .array(exchanges(by: provider).map { JSON($0) })),
            JSON.Member(name: "merchantDiscount", value: JSON(merchantDiscount)),
            JSON.Member(name: "merchantReceives", value: JSON(merchantReceives)),
            JSON.Member(name: "interchange", value: JSON(interchange)),
            JSON.Member(name: "switchFee", value: JSON(switchFee)),
        ]
    }
}

extension JSON {
    /// Members behind an object's own, as they stand in a literal.
    func adding(_ members: KeyValuePairs<String, JSON>) -> JSON {
        adding(members.map { Member(name: $0, value: $1) })
    }
}

extension Schema {
    /// What ``Price/amountMembers`` writes.
    static let priceAmounts: [Member] = members([
        "merchantAmount": .yen("1980"),
        "interbankAmount": .riel("53375"),
        "issuerFee": .riel("267"),
        "payerDebit": .riel("53642"),
        "rate": .rate("26.956856188"),
        "midRate": .rate("26.8227424749"),
        "effectiveRate": .rate("27.09191919").nullable,
    ])

    /// What ``Price/shareMembers(by:)`` writes.
    static let priceShares: [Member] = members([
        "exchanges": .list(of: .exchange),
        "merchantDiscount": .yen("32"),
        "merchantReceives": .yen("1948"),
        "interchange": .yen("16"),
        "switchFee": .yen("2"),
    ])
}
