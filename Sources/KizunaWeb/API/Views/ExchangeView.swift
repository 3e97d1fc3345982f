import KizunaPayments

extension JSON {
    /// One exchange on the way from the payer's currency to the shop's.
    init(_ exchange: Exchange) {
        self = [
            "provider": JSON(name: exchange.provider),
            "taken": JSON(exchange.taken),
            "delivered": JSON(exchange.delivered),
            "rate": JSON(name: exchange.quoted.rate),
            "midRate": JSON(name: exchange.quoted.mid),
            "roundingGain": JSON(exchange.roundingGain),
        ]
    }
}

extension Schema {
    static let exchange = answer([
        "provider": .participant("tonle-fx"),
        "taken": .riel("53375"),
        "delivered": .yen("1980"),
        "rate": .rate("26.956856188"),
        "midRate": .rate("26.8227424749"),
        "roundingGain": .decimal("0.42474776").saying(
            "What rounding up left with the provider: taken − delivered × rate."
        ),
    ])
    .named("Exchange", "One exchange on the way from the payer's currency to the shop's.")
}
