public import KizunaMoney

/// Re-derives every balance from the journal, line by line in the order of writing, and names what does not agree.
///
/// Memory grows with accounts and open holds, not with the journal.
public struct Audit: Sendable {
    /// A promise that the books broke.
    public enum Violation: Sendable, Hashable {
        /// A line that is no transfer: same account twice, two currencies, or nothing moved.
        case malformedLine(transaction: UniqueID, leg: Int)
        /// A hold that was opened twice.
        case holdReopened(HoldID)
        /// The end of a hold that was not open, or not in the way it was opened.
        case holdEndedWrongly(HoldID)
        /// The account's stored balances are not what the journal says.
        case balanceDiffers(AccountID)
        /// The account is below its cap.
        case capPassed(AccountID)
        /// The debits of a currency are not its credits.
        case currencyOutOfBalance(Currency)
        /// The chain of digests breaks at this group of the journal.
        case chainBroken(group: Int64)
    }

    public private(set) var transfers = 0
    public private(set) var violations: [Violation] = []
    private var balances: [AccountID: Balance] = [:]
    private var openHolds: [HoldID: Transfer] = [:]

    private struct Balance: Sendable, Hashable {
        var debitsPosted: Int64 = 0
        var creditsPosted: Int64 = 0
        var debitsHeld: Int64 = 0
        var creditsHeld: Int64 = 0
    }

    public init() {}

    /// Holds that have not ended, by account of the debit side; for comparing with the payments under way.
    public var openHoldIDs: Set<HoldID> { Set(openHolds.keys) }

    /// Takes the next line of the journal.
    public mutating func add(_ line: Transfer) {
        transfers += 1
        guard line.minorUnits > 0, line.debit != line.credit, line.debit.currency == line.credit.currency else {
            violations.append(.malformedLine(transaction: line.transaction, leg: line.leg))
            return
        }
        let amount = line.minorUnits
        switch line.kind {
        case .direct:
            balances[line.debit, default: Balance()].debitsPosted += amount
            balances[line.credit, default: Balance()].creditsPosted += amount
        case .hold:
            if openHolds.updateValue(line, forKey: line.holdID) != nil { violations.append(.holdReopened(line.holdID)) }
            balances[line.debit, default: Balance()].debitsHeld += amount
            balances[line.credit, default: Balance()].creditsHeld += amount
        case .post, .void:
            endHold(line)
        }
    }

    private mutating func endHold(_ line: Transfer) {
        guard let opened = openHolds.removeValue(forKey: line.holdID), opened.debit == line.debit,
            opened.credit == line.credit, opened.minorUnits == line.minorUnits
        else {
            violations.append(.holdEndedWrongly(line.holdID))
            return
        }
        balances[line.debit, default: Balance()].debitsHeld -= line.minorUnits
        balances[line.credit, default: Balance()].creditsHeld -= line.minorUnits
        guard line.kind == .post else { return }
        balances[line.debit, default: Balance()].debitsPosted += line.minorUnits
        balances[line.credit, default: Balance()].creditsPosted += line.minorUnits
    }

    /// Notes a fault that somebody else found, such as a broken chain.
    public mutating func note(_ violation: Violation) { violations.append(violation) }

    /// Compares what the journal says with the accounts as they are stored.
    public mutating func compare(with accounts: [Account]) {
        var unseen = balances
        var totals: [Currency: Int64] = [:]
        for account in accounts {
            let derived = unseen.removeValue(forKey: account.id) ?? Balance()
            let stored = Balance(
                debitsPosted: account.debitsPosted,
                creditsPosted: account.creditsPosted,
                debitsHeld: account.debitsHeld,
                creditsHeld: account.creditsHeld
            )
            if derived != stored { violations.append(.balanceDiffers(account.id)) }
            if let headroom = account.headroomMinorUnits, headroom < 0 { violations.append(.capPassed(account.id)) }
            totals[account.id.currency, default: 0] += account.positionMinorUnits
        }
        for id in unseen.keys.sorted() { violations.append(.balanceDiffers(id)) }
        for (currency, total) in totals.sorted(by: { $0.key < $1.key }) where total != 0 {
            violations.append(.currencyOutOfBalance(currency))
        }
    }
}
