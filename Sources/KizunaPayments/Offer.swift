public import KizunaLedger
public import KizunaMoney

/// What a merchant amount would cost on one route, at one moment.
public struct Offer: Sendable, Hashable {
    /// Takes the payer's currency.
    public let provider: ParticipantID
    /// `R`: see ``Price/rate``.
    public let rate: Rate
    /// The market's middle, over both exchanges where there are two.
    public let mid: Rate
    /// `S`: what the issuer would owe the provider.
    public let interbankAmount: Money
    public let route: ExchangeRoute
    /// How much of their caps the providers use, in basis points: the fuller one's, where there are two.
    private let utilisation: Int64

    /// One exchange that does it all.
    init(_ exchange: RateBoard.Candidate) {
        provider = exchange.provider
        rate = exchange.quoted.rate
        mid = exchange.quoted.mid
        interbankAmount = exchange.taken
        route = .direct
        utilisation = exchange.utilisation
    }

    /// Two exchanges: the first delivers to the second what that one takes.
    ///
    /// - Throws: ``MoneyError/tooManyDigits`` where one rate cannot say what both come to.
    init(
        _ first: RateBoard.Candidate,
        then second: RateBoard.Candidate,
        for merchantAmount: Money
    ) throws(MoneyError) {
        provider = first.provider
        rate = try .paying(first.taken, for: merchantAmount)
        mid = try first.quoted.mid.crossing(second.quoted.mid, rounding: .halfUp)
        interbankAmount = first.taken
        route = .bridged(
            Bridge(
                provider: second.provider,
                amount: second.taken,
                payerSide: first.quoted,
                merchantSide: second.quoted
            )
        )
        utilisation = max(first.utilisation, second.utilisation)
    }

    /// Whether the payer is better off than with another offer, or, where it is all one to the payer, whether this one
    /// goes by one exchange, then by providers that are used less, then by those that come first in the order of ids
    /// (`flows.md` 4.3).
    func isBetter(than other: Offer) -> Bool { rank < other.rank }

    private var rank: (Int64, Int, Int64, ParticipantID, ParticipantID) {
        let second = route.bridge?.provider
        return (interbankAmount.minorUnits, second == nil ? 1 : 2, utilisation, provider, second ?? provider)
    }
}
