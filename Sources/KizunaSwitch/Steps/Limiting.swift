import KizunaMoney
import KizunaPayments

/// What a payer's record says to one more payment (`flows.md` 11 and 4.7).
struct PayerStanding {
    let tally: PayerTally
    let today: Int
    let possibleDuplicate: Bool

    /// Reads the record, or begins one, and checks the limits.
    ///
    /// - Throws: ``RefusalCode/limitExceeded``.
    init(
        of payer: PayerKey,
        from country: Country,
        paying price: Price,
        to merchant: MerchantID,
        in transaction: Transaction,
        at now: Timestamp
    ) throws(StepFailure) {
        try transaction.require(.payer(payer))
        let tally = transaction.payers[payer] ?? PayerTally(payer: payer, knownSince: now)
        let today = country.day(at: now)
        try ruled { () throws(Refusal) in try tally.check(yen: price.yen, today: today, at: now) }
        self.tally = tally
        self.today = today
        possibleDuplicate = tally.hasPaid(price.merchantAmount, to: merchant, at: now)
    }
}

extension Transaction {
    /// Counts a payment for its payer and its shop.
    mutating func count(_ payment: Payment, standing: PayerStanding, at now: Timestamp) throws(StepFailure) {
        var tally = standing.tally
        tally.add(payment.purchase, yen: payment.price.yen, today: standing.today)
        payers.set(payment.payer, tally)

        try require(.pace(payment.merchant))
        let today = payment.merchantCountry.day(at: now)
        var pace = paces[payment.merchant] ?? ShopPace(merchant: payment.merchant, day: today)
        let change = pace.count(on: today)
        paces.set(payment.merchant, pace)
        guard change != .nothing else { return }
        signal(
            AlertSignal(
                key: Alert.Key(kind: .shopUnusuallyBusy, subject: payment.merchant.description),
                isRaised: change == .alarming
            )
        )
    }

    /// Gives the payer back what a payment has counted that never came to pass.
    mutating func giveBackLimit(of payment: Payment) throws(StepFailure) {
        try require(.payer(payment.payer))
        guard var tally = payers[payment.payer] else { return }
        tally.giveBack(payment.purchase, yen: payment.price.yen, submittedOn: payment.payerDay)
        payers.set(payment.payer, tally)
    }

    /// Counts a payment again that was given back and happens after all. The money has moved, so no limit stops it.
    mutating func countLimitAgain(of payment: Payment) throws(StepFailure) {
        try require(.payer(payment.payer))
        guard var tally = payers[payment.payer] else { return }
        tally.countAgain(payment.purchase, yen: payment.price.yen, submittedOn: payment.payerDay)
        payers.set(payment.payer, tally)
    }
}

extension Payment {
    /// The day on which it was submitted, in the payer's country.
    fileprivate var payerDay: Int { payerCountry.day(at: submittedAt) }

    /// The country on the other side of the border.
    fileprivate var merchantCountry: Country { payerCountry == .japan ? .cambodia : .japan }
}
