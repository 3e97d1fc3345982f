public import KizunaLedger
public import KizunaMoney

/// What rounding up leaves with a provider, exactly: `S − M × R` of one exchange (`flows.md` 6.2).
///
/// It is a part of what the provider takes, and below one customer unit as long as nothing is refunded.
public struct RoundingGain: Sendable, Hashable {
    /// Fine enough for three decimals of an amount times ten of a rate.
    private static let decimals = 13

    /// A major unit in ``parts``: 10^13.
    public static let partsPerMajorUnit: Int64 = 10_000_000_000_000

    public let key: RoundingKey
    /// In 10^-13 of the currency's major unit.
    public let parts: Int64

    /// - Throws: ``MoneyError/overflow`` for amounts that do not belong to the rate.
    init(
        of exchange: Exchange,
        returnedTaken: Int64,
        returnedDelivered: Int64
    ) throws(MoneyError) {
        key = exchange.rounding
        let taken = Int128(exchange.taken.minorUnits - returnedTaken)
        let delivered = Int128(exchange.delivered.minorUnits - returnedDelivered)
        let rate = exchange.quoted.rate
        let takenScale = RoundingGain.power(RoundingGain.decimals - exchange.taken.currency.exponent)
        let deliveredScale = RoundingGain.power(
            RoundingGain.decimals - exchange.delivered.currency.exponent - rate.decimals
        )
        let (first, firstOverflow) = delivered.multipliedReportingOverflow(by: Int128(rate.digits))
        let (worth, secondOverflow) = first.multipliedReportingOverflow(by: deliveredScale)
        guard !firstOverflow, !secondOverflow, let parts = Int64(exactly: taken * takenScale - worth) else {
            throw .overflow
        }
        self.parts = parts
    }

    /// So many parts in major units, with all their decimals.
    static func majorUnits(_ parts: Int64) -> String {
        let (whole, fraction) = parts.magnitude.quotientAndRemainder(dividingBy: partsPerMajorUnit.magnitude)
        var decimals = String(partsPerMajorUnit.magnitude + fraction).dropFirst()
        while decimals.last == "0" { decimals.removeLast() }
        return (parts < 0 ? "-" : "") + String(whole) + (decimals.isEmpty ? "" : "." + decimals)
    }

    private static func power(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}

extension Exchange {
    /// Where what rounding leaves of it is kept.
    public var rounding: RoundingKey { RoundingKey(provider: provider, currency: taken.currency) }

    /// What rounding up leaves with the provider, in major units with all its decimals: `0.42474776`.
    public var roundingGain: String? {
        (try? RoundingGain(of: self, returnedTaken: 0, returnedDelivered: 0)).map { RoundingGain.majorUnits($0.parts) }
    }
}

/// Whose gains, and in which currency.
public struct RoundingKey: Sendable, Hashable {
    public let provider: ParticipantID
    public let currency: Currency

    public init(provider: ParticipantID, currency: Currency) {
        self.provider = provider
        self.currency = currency
    }

    /// Where the whole units of the gains are shown.
    public var account: AccountID { AccountID(owner: provider, role: .roundingGain, currency: currency) }
    /// The other side of it.
    public var contra: AccountID { AccountID(owner: provider, role: .roundingContra, currency: currency) }
}

extension Price {
    /// What rounding leaves with the provider of each exchange, for what has not gone back.
    ///
    /// - Parameters:
    ///   - provider: the one that takes the payer's currency.
    ///   - refundedMinorUnits: of the merchant amount.
    /// - Throws: ``MoneyError/overflow``.
    public func roundingGains(
        by provider: ParticipantID,
        refundedMinorUnits: Int64 = 0
    ) throws(MoneyError) -> [RoundingGain] {
        let back = try returned(of: refundedMinorUnits)
        let amounts = [back.payer.minorUnits] + (back.bridge.map { [$0.minorUnits] } ?? []) + [refundedMinorUnits]
        var gains: [RoundingGain] = []
        for (place, exchange) in exchanges(by: provider).enumerated() {
            gains.append(
                try RoundingGain(
                    of: exchange,
                    returnedTaken: amounts[place],
                    returnedDelivered: amounts[place + 1]
                )
            )
        }
        return gains
    }
}
