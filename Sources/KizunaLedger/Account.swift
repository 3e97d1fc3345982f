public import KizunaMoney

/// Names one account: whose it is, what it is for, and in which currency it counts.
public struct AccountID: Sendable, WordHashed {
    /// What an account is for.
    public enum Role: Int, Sendable, Hashable, CaseIterable {
        /// The participant's position toward the switch, settled at the end of a window.
        case settlement = 1
        /// What an acquirer owes out of the merchant's discount.
        case feesPayable = 2
        /// What the switch earns.
        case feeIncome = 3
        /// What an issuer receives of the merchant's discount.
        case interchangeReceivable = 4
        /// What the switch keeps while people decide whose it is.
        case suspense = 5
        /// What of a provider's positions came from rounding up. It is a part of them and not settled by itself: its
        /// other side is ``roundingContra``, of the same owner.
        case roundingGain = 6
        /// The other side of ``roundingGain``.
        case roundingContra = 7
    }

    public let owner: ParticipantID
    public let role: Role
    public let currency: Currency

    /// The owner's words leave their highest four bits free.
    public var hashWords: (high: UInt64, low: UInt64) {
        let words = owner.hashWords
        return (words.high ^ UInt64(role.rawValue) << 60, words.low ^ UInt64(currency.numeric) << 54)
    }

    public init(owner: ParticipantID, role: Role, currency: Currency) {
        self.owner = owner
        self.role = role
        self.currency = currency
    }

    /// The switch's own account for what nobody can tell yet whose it is.
    public static func suspense(_ currency: Currency) -> AccountID {
        AccountID(owner: .theSwitch, role: .suspense, currency: currency)
    }
}

extension AccountID: Comparable {
    public static func < (left: AccountID, right: AccountID) -> Bool {
        (left.owner, left.role.rawValue, left.currency) < (right.owner, right.role.rawValue, right.currency)
    }
}

extension AccountID: CustomStringConvertible {
    /// Such as `acleda-kh/settlement/KHR`.
    public var description: String { "\(owner)/\(role)/\(currency)" }
}

/// One account's balances, in minor units of its currency. None is ever negative.
public struct Account: Sendable, Hashable {
    public let id: AccountID
    /// How far below zero the position, with all holds against it, may go; `nil` means without limit.
    ///
    /// For a participant this is its net debit cap (`flows.md` 8.1).
    public var netDebitCapMinorUnits: Int64?
    public private(set) var debitsPosted: Int64
    public private(set) var creditsPosted: Int64
    /// Held against the account: may still become a debit.
    public private(set) var debitsHeld: Int64
    /// Held for the account: may still become a credit, and is not counted on.
    public private(set) var creditsHeld: Int64

    public init(
        id: AccountID,
        netDebitCapMinorUnits: Int64? = nil,
        debitsPosted: Int64 = 0,
        creditsPosted: Int64 = 0,
        debitsHeld: Int64 = 0,
        creditsHeld: Int64 = 0
    ) {
        self.id = id
        self.netDebitCapMinorUnits = netDebitCapMinorUnits
        self.debitsPosted = debitsPosted
        self.creditsPosted = creditsPosted
        self.debitsHeld = debitsHeld
        self.creditsHeld = creditsHeld
    }

    /// What the others owe the owner, less what the owner owes: credits minus debits.
    public var positionMinorUnits: Int64 { creditsPosted - debitsPosted }

    /// How much more may be held or debited before the cap; `nil` means without limit.
    public var headroomMinorUnits: Int64? {
        netDebitCapMinorUnits.map { $0 + positionMinorUnits - debitsHeld }
    }

    /// How much of the cap is used, in basis points: below 0 while the others owe the owner; 0 without a cap.
    public var utilisationBasisPoints: Int64 {
        guard let cap = netDebitCapMinorUnits, cap > 0, let headroom = headroomMinorUnits else { return 0 }
        return Int64(clamping: (Int128(cap) - Int128(headroom)) * 10_000 / Int128(cap))
    }

    /// Which of the four sums a movement changes, and which way.
    enum Movement { case holdDebit, holdCredit, releaseDebit, releaseCredit, debit, credit }

    mutating func apply(_ movement: Movement, _ minorUnits: Int64) throws(LedgerError) {
        switch movement {
        case .holdDebit: debitsHeld = try sum(debitsHeld, minorUnits)
        case .holdCredit: creditsHeld = try sum(creditsHeld, minorUnits)
        case .releaseDebit: debitsHeld = try sum(debitsHeld, -minorUnits)
        case .releaseCredit: creditsHeld = try sum(creditsHeld, -minorUnits)
        case .debit: debitsPosted = try sum(debitsPosted, minorUnits)
        case .credit: creditsPosted = try sum(creditsPosted, minorUnits)
        }
    }

    private func sum(_ balance: Int64, _ change: Int64) throws(LedgerError) -> Int64 {
        let (result, overflow) = balance.addingReportingOverflow(change)
        guard !overflow, result >= 0, result <= Account.largestBalance else { throw .overflow }
        return result
    }

    /// Keeps every difference of balances inside 64 bits.
    private static let largestBalance = Int64.max / 4
}

/// Why the ledger does not move.
public enum LedgerError: Error, Sendable, Hashable {
    /// No such account: it is opened when its owner joins.
    case unknownAccount(AccountID)
    /// The two accounts count in different currencies, or are one and the same.
    case notATransfer
    /// Nothing, or less, was to be moved.
    case amountNotPositive
    /// The debited account would pass its net debit cap.
    case capExceeded(AccountID)
    /// No such hold, or it has ended before.
    case holdNotOpen
    /// A sum does not fit.
    case overflow
}
