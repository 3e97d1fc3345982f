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
