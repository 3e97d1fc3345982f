import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A row of the view `rate_lines`: a rate, or a tier or an improvement of one.
struct RateLine: Sendable, Hashable {
    enum Part: Int, Sendable, Hashable {
        case rate = 1
        case tier = 2
        case improvement = 3
    }

    let pair: CurrencyPair
    let provider: ParticipantID
    let part: Part
    let numbers: [Int64]
    let issuer: ParticipantID?
}

extension Query where Row == RateLine {
    static let rateLines = Query(
        "payer_currency, merchant_currency, provider, part, a, b, c, d, issuer",
        from: "rate_lines"
    ) { columns, names throws(StoreError) in
        let pair = CurrencyPair(payer: try columns.currency(), merchant: try columns.currency())
        let provider = try names.institution(columns.int64())
        let part: RateLine.Part = try columns.value()
        let numbers = [columns.int64(), columns.int64(), columns.int64(), columns.int64()]
        var issuer: ParticipantID?
        if let number = columns.optionalInt64() { issuer = try names.institution(number) }
        return RateLine(pair: pair, provider: provider, part: part, numbers: numbers, issuer: issuer)
    }
}

extension RateBoard {
    /// Puts boards together; those without a rate are left out.
    static func boards(of lines: [RateLine]) throws(StoreError) -> [CurrencyPair: RateBoard] {
        var boards: [CurrencyPair: RateBoard] = [:]
        for (pair, lines) in Dictionary(grouping: lines, by: \.pair) {
            var board = RateBoard(pair: pair)
            for lines in Dictionary(grouping: lines, by: \.provider).values {
                guard let rate = lines.first(where: { $0.part == .rate }) else { continue }
                board.publish(try ProviderRate(rate, with: lines))
            }
            boards[pair] = board
        }
        return boards
    }
}

extension ProviderRate {
    fileprivate init(_ line: RateLine, with lines: [RateLine]) throws(StoreError) {
        guard let mid = try? Rate(digits: line.numbers[0], decimals: Int(line.numbers[1])) else {
            throw .unreadable("a rate")
        }
        let tiers = lines.filter { $0.part == .tier }
        let improvements = lines.filter { $0.part == .improvement }
        self.init(
            provider: line.provider,
            mid: mid,
            spreadBasisPoints: line.numbers[2],
            tiers: tiers.map { Tier(fromMinorUnits: $0.numbers[0], spreadBasisPoints: $0.numbers[2]) },
            improvements: improvements.compactMap { line in
                line.issuer.map { Improvement(issuer: $0, basisPoints: line.numbers[2]) }
            },
            publishedAt: Timestamp(milliseconds: line.numbers[3])
        )
    }
}

extension Columns {
    mutating func rate() throws(StoreError) -> Rate {
        guard let rate = try? Rate(digits: int64(), decimals: int()) else { throw .unreadable("a rate") }
        return rate
    }
}
