public import KizunaLedger
public import KizunaMoney

/// The boards on which a payer's currency can be exchanged for a merchant's: theirs, and where neither is the dollar the
/// two that lead over it.
public struct Market: Sendable, Hashable {
    private let direct: RateBoard
    private let bridged: BridgedBoards?

    private struct BridgedBoards: Sendable, Hashable {
        let payerSide: RateBoard
        let merchantSide: RateBoard
    }

    /// The pairs whose boards a market for a pair consists of.
    public static func pairs(for pair: CurrencyPair) -> [CurrencyPair] {
        guard pair.payer != Bridge.currency, pair.merchant != Bridge.currency else { return [pair] }
        return [
            pair, CurrencyPair(payer: pair.payer, merchant: Bridge.currency),
            CurrencyPair(payer: Bridge.currency, merchant: pair.merchant),
        ]
    }

    /// The market for a pair.
    ///
    /// - Parameter board: the board of each of ``pairs(for:)``; `nil` where nobody has published.
    public init(for pair: CurrencyPair, board: (CurrencyPair) -> RateBoard?) {
        let boards = Market.pairs(for: pair).map { board($0) ?? RateBoard(pair: $0) }
        direct = boards[0]
        bridged = boards.count == 3 ? BridgedBoards(payerSide: boards[1], merchantSide: boards[2]) : nil
    }

    /// Who has a rate that may be quoted at a moment, by the account that it would deliver from.
    public func deliverers(at now: Timestamp) -> [AccountID] {
        [direct, bridged?.payerSide, bridged?.merchantSide].compactMap { $0 }.flatMap { board in
            board.quotable(at: now).map {
                AccountID(owner: $0.provider, role: .settlement, currency: board.pair.merchant)
            }
        }
    }

    /// The offer that costs the payer least: by one exchange, or by two where that is cheaper.
    ///
    /// - Parameters:
    ///   - amount: what the merchant receives. Each provider's tier is that of what it would deliver.
    ///   - issuer: whose payer pays; a provider may be better for some.
    ///   - liquidity: a provider's account in a currency that it would deliver; `nil` when it does no business now. A
    ///     provider whose headroom does not cover the amount makes no offer.
    /// - Throws: ``RefusalCode/liquidity`` when only caps are in the way, ``RefusalCode/amountInvalid`` when the amount
    ///   does not fit the rates, ``RefusalCode/noRate`` otherwise; each says what keeps how many providers.
    public func bestOffer(
        for amount: Money,
        to issuer: ParticipantID,
        at now: Timestamp,
        liquidity: @escaping (AccountID) -> Account?
    ) throws(Refusal) -> Offer {
        var search = Search(amount: amount, issuer: issuer, now: now, liquidity: liquidity)
        search.lookAtOneExchange(on: direct)
        if let bridged { search.lookAtTwoExchanges(bridged.payerSide, bridged.merchantSide) }
        guard let best = search.best else { throw Refusal(direct.pair, search.obstacles) }
        return best
    }
}

/// A walk over the market that remembers the best offer.
private struct Search {
    let amount: Money
    let issuer: ParticipantID
    let now: Timestamp
    let liquidity: (AccountID) -> Account?
    var best: Offer?
    var obstacles = RateBoard.Obstacles()

    init(amount: Money, issuer: ParticipantID, now: Timestamp, liquidity: @escaping (AccountID) -> Account?) {
        self.amount = amount
        self.issuer = issuer
        self.now = now
        self.liquidity = liquidity
    }

    mutating func lookAtOneExchange(on board: RateBoard) {
        for candidate in candidates(on: board, for: amount) { consider(Offer(candidate)) }
    }

    mutating func lookAtTwoExchanges(_ payerSide: RateBoard, _ merchantSide: RateBoard) {
        // Providers that take the same are delivered to by the same ones.
        var known: [Money: [RateBoard.Candidate]] = [:]
        for second in candidates(on: merchantSide, for: amount) {
            let firsts = known[second.taken] ?? candidates(on: payerSide, for: second.taken)
            known[second.taken] = firsts
            for first in firsts {
                guard first.provider != second.provider else {
                    obstacles.alone += 1
                    continue
                }
                guard let offer = try? Offer(first, then: second, for: amount) else { continue }
                consider(offer)
            }
        }
    }

    private mutating func consider(_ offer: Offer) {
        if let best, !offer.isBetter(than: best) { return }
        best = offer
    }

    private mutating func candidates(on board: RateBoard, for amount: Money) -> [RateBoard.Candidate] {
        let survey = board.survey(for: amount, to: issuer, at: now) { provider in
            liquidity(AccountID(owner: provider, role: .settlement, currency: amount.currency))
        }
        obstacles = obstacles + survey.obstacles
        return survey.candidates
    }
}

extension Refusal {
    /// Why nobody exchanges now.
    fileprivate init(_ pair: CurrencyPair, _ obstacles: RateBoard.Obstacles) {
        let reasons = [
            (obstacles.short, "at their cap for this amount"), (obstacles.stale, "with no rate from the last minute"),
            (obstacles.away, "suspended"), (obstacles.unfit, "with rates that this amount does not fit"),
            (obstacles.alone, "alone on both sides of the dollar"),
        ]
        let found = reasons.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        let providers = found.isEmpty ? "none has published a rate" : found
        let code: RefusalCode =
            obstacles.short > 0 ? .liquidity : obstacles.unfit > 0 ? .amountInvalid : .noRate
        self.init(code, "No provider exchanges \(pair.payer) for \(pair.merchant) now (\(providers)); try again later.")
    }
}
