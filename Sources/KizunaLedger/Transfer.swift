public import KizunaMoney

/// One line of the journal: an amount that leaves one account and enters another of the same currency.
///
/// A line is written once and never changed. Since each has both its sides, every currency's debits equal its credits
/// by construction.
public struct Transfer: Sendable, Hashable {
    /// What a line does to its two accounts. The raw value is what is stored.
    public enum Kind: Int, Sendable, Hashable {
        /// Moved at once.
        case direct = 1
        /// Reserved: counts against the debit side's cap, moves nothing yet.
        case hold = 2
        /// Ends a hold by moving it.
        case post = 3
        /// Ends a hold by letting it go.
        case void = 4
    }

    /// What the line belongs to: a payment, a refund, an adjustment.
    public let transaction: UniqueID
    /// The number within the transaction, from 1. The end of a hold bears the hold's number.
    public let leg: Int
    public let kind: Kind
    public let debit: AccountID
    public let credit: AccountID
    /// More than zero, in minor units of both accounts' currency.
    public let minorUnits: Int64
    public let at: Timestamp

    public init(
        transaction: UniqueID,
        leg: Int,
        kind: Kind,
        debit: AccountID,
        credit: AccountID,
        minorUnits: Int64,
        at: Timestamp
    ) {
        self.transaction = transaction
        self.leg = leg
        self.kind = kind
        self.debit = debit
        self.credit = credit
        self.minorUnits = minorUnits
        self.at = at
    }

    /// What moves, in the currency of both accounts.
    public var amount: Money { Money(minorUnits: minorUnits, currency: debit.currency) }

    /// Names the hold that this line opens or ends.
    public var holdID: HoldID { HoldID(transaction: transaction, leg: leg) }
}

/// Names a hold: the transaction and the number of its line.
public struct HoldID: Sendable, WordHashed {
    public let transaction: UniqueID
    public let leg: Int

    /// The transaction, with the leg in its random bits.
    public var hashWords: (high: UInt64, low: UInt64) {
        (transaction.high, transaction.low ^ UInt64(truncatingIfNeeded: leg))
    }

    public init(transaction: UniqueID, leg: Int) {
        self.transaction = transaction
        self.leg = leg
    }
}
