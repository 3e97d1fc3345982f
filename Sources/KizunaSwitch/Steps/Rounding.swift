import KizunaLedger
import KizunaMoney
import KizunaPayments

extension Transaction {
    /// Books what rounding leaves with the providers of a payment that has been paid.
    mutating func bookRounding(
        of payment: Payment,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) throws(StepFailure) {
        let gains = try exact { () throws(MoneyError) in try payment.price.roundingGains(by: payment.provider) }
        try book(gains.map { ($0.key, $0.parts) }, at: now, using: &random)
    }

    /// Books what is left of it once a part has gone back.
    ///
    /// - Parameter payment: with the refund in its tally.
    mutating func bookRounding(
        of refund: Refund,
        of payment: Payment,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) throws(StepFailure) {
        let refunded = payment.refunded.merchantMinorUnits
        let (before, after) = try exact { () throws(MoneyError) in
            (
                try payment.price.roundingGains(
                    by: payment.provider,
                    refundedMinorUnits: refunded - refund.merchantAmount.minorUnits
                ),
                try payment.price.roundingGains(by: payment.provider, refundedMinorUnits: refunded)
            )
        }
        let changes = zip(before, after).map { ($0.key, $1.parts - $0.parts) }
        try book(changes, at: now, using: &random)
    }

    private mutating func book(
        _ changes: [(key: RoundingKey, parts: Int64)],
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) throws(StepFailure) {
        try require(changes.map { .roundingRest($0.key) })
        for change in changes where change.parts != 0 {
            var rest = roundingRests[change.key] ?? RoundingRest(key: change.key)
            let units = rest.add(change.parts)
            roundingRests.set(change.key, rest)
            guard !units.isZero else { continue }
            try require([.account(change.key.account), .account(change.key.contra)])
            try postRounding(units, of: change.key, transaction: .version7(at: now, using: &random), at: now)
        }
    }

    /// A price was made so that its gains can be told; only a damaged record has another.
    private func exact<Answer>(_ body: () throws(MoneyError) -> Answer) throws(StepFailure) -> Answer {
        do throws(MoneyError) { return try body() } catch {
            throw .refused(Refusal(.technical, "The price of this payment cannot be read; ask for its status."))
        }
    }
}
