public import KizunaMoney

/// What a payer has paid lately, as far as limits and warnings ask (`flows.md` 11 and 4.7): one small record for each
/// payer, whatever it pays.
///
/// A payment counts from its submission on. One that is rejected or reversed gives its share back; a refund does not.
public struct PayerTally: Sendable, Hashable {
    /// What a payer may pay in a day of its country, in yen.
    public static let dayYenLimit: Int64 = 500_000
    /// How often a payer may pay in a day of its country.
    public static let dayPaymentsLimit = 30
    /// What a payer may pay while it is new, in yen: a stolen or rented account is worth little at first.
    public static let newPayerYenLimit: Int64 = 50_000
    /// How long a payer is new, from its first payment on.
    public static let newPayerTime = Duration.seconds(24 * 3_600)

    public let payer: PayerKey
    /// When the payer's first payment was submitted.
    public let knownSince: Timestamp
    /// Yen paid while the payer was new.
    public private(set) var newPayerYen: Int64
    /// The last day on which the payer paid, as ``Country/day(at:)`` counts.
    public private(set) var day: Int
    /// Yen paid on that day.
    public private(set) var dayYen: Int64
    /// Payments on that day.
    public private(set) var dayPayments: Int
    /// What was bought in the last minute.
    public private(set) var purchases: [Purchase]

    /// A payer's record before its first payment.
    public init(payer: PayerKey, knownSince: Timestamp) {
        self.init(
            payer: payer,
            knownSince: knownSince,
            newPayerYen: 0,
            day: .min,
            dayYen: 0,
            dayPayments: 0,
            purchases: []
        )
    }

    public init(
        payer: PayerKey,
        knownSince: Timestamp,
        newPayerYen: Int64,
        day: Int,
        dayYen: Int64,
        dayPayments: Int,
        purchases: [Purchase]
    ) {
        self.payer = payer
        self.knownSince = knownSince
        self.newPayerYen = newPayerYen
        self.day = day
        self.dayYen = dayYen
        self.dayPayments = dayPayments
        self.purchases = purchases
    }

    /// Whether one more payment keeps the limits.
    ///
    /// - Parameter today: the day in the payer's country.
    /// - Throws: ``RefusalCode/limitExceeded`` with ISO 20022's reason for a customer's limit: AM21 for the number of
    ///   payments, AM14 for their sum.
    public func check(yen: Int64, today: Int, at now: Timestamp) throws(Refusal) {
        let isSameDay = today <= day
        guard !isSameDay || dayPayments < Self.dayPaymentsLimit else {
            throw .customerLimit(
                "AM21",
                "A payer may pay \(Self.dayPaymentsLimit) times a day; the next is tomorrow's."
            )
        }
        let dayLeft = Self.dayYenLimit - (isSameDay ? dayYen : 0)
        guard yen <= dayLeft else {
            throw .customerLimit(
                "AM14",
                "A payer may pay \(Self.dayYenLimit) JPY a day, of which \(dayLeft) are left today."
            )
        }
        let newLeft = Self.newPayerYenLimit - newPayerYen
        guard !isNew(at: now) || yen <= newLeft else {
            throw .customerLimit(
                "AM14",
                "A payer may pay \(Self.newPayerYenLimit) JPY in its first 24 hours, of which \(newLeft) are left."
            )
        }
    }

    /// Counts a payment that has been checked.
    public mutating func add(_ purchase: Purchase, yen: Int64, today: Int) {
        if today > day { (day, dayYen, dayPayments) = (today, 0, 0) }
        dayYen += yen
        dayPayments += 1
        if isNew(at: purchase.at) { newPayerYen += yen }
        purchases.removeAll { !$0.isRecent(at: purchase.at) }
        purchases.append(purchase)
    }

    /// Takes a payment that never came to pass out of the count.
    ///
    /// - Parameter submittedOn: the day in the payer's country on which it was submitted; another day's count is over.
    public mutating func giveBack(_ purchase: Purchase, yen: Int64, submittedOn: Int) {
        if submittedOn == day {
            dayYen = max(0, dayYen - yen)
            dayPayments = max(0, dayPayments - 1)
        }
        if isNew(at: purchase.at) { newPayerYen = max(0, newPayerYen - yen) }
        if let index = purchases.firstIndex(of: purchase) { purchases.remove(at: index) }
    }

    /// Counts a payment again that was given back and has come to pass after all.
    ///
    /// - Parameter submittedOn: the day in the payer's country on which it was submitted; another day's count is over.
    public mutating func countAgain(_ purchase: Purchase, yen: Int64, submittedOn: Int) {
        if submittedOn == day {
            dayYen += yen
            dayPayments += 1
        }
        if isNew(at: purchase.at) { newPayerYen += yen }
    }

    /// Whether the payer has paid the same amount to the same shop within the last minute.
    public func hasPaid(_ amount: Money, to merchant: MerchantID, at now: Timestamp) -> Bool {
        purchases.contains { $0.merchant == merchant && $0.amount == amount && $0.isRecent(at: now) }
    }

    private func isNew(at now: Timestamp) -> Bool { now.since(knownSince) < Self.newPayerTime }

    /// A payment as far as its repetition would be noticed.
    public struct Purchase: Sendable, Hashable {
        /// Within this time the same purchase again may be a mistake.
        public static let repetitionTime = Duration.seconds(60)

        public let merchant: MerchantID
        public let amount: Money
        public let at: Timestamp

        public init(merchant: MerchantID, amount: Money, at: Timestamp) {
            self.merchant = merchant
            self.amount = amount
            self.at = at
        }

        func isRecent(at now: Timestamp) -> Bool { now.since(at) < Self.repetitionTime }
    }
}

extension Payment {
    /// The payment as its payer's record keeps it.
    public var purchase: PayerTally.Purchase {
        PayerTally.Purchase(merchant: merchant, amount: price.merchantAmount, at: submittedAt)
    }

    /// Where the payer is: a shop in Japan, which is paid in yen, is paid from Cambodia.
    public var payerCountry: Country { price.merchantAmount.currency == .jpy ? .cambodia : .japan }
}

extension Refusal {
    fileprivate static func customerLimit(_ isoReason: String, _ detail: String) -> Refusal {
        Refusal(.limitExceeded, detail, isoReason: isoReason)
    }
}
