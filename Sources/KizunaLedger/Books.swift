public import KizunaMoney

/// A place that keeps accounts, open holds and the journal.
///
/// The rules of double entry stand in the extension, once, over whatever keeps the rows: a dictionary in tests and
/// audits, the overlay of a group commit in the switch.
public protocol Books {
    /// - Throws: what the place throws when it cannot say.
    associatedtype Failure: Error

    func account(_ id: AccountID) throws(Failure) -> Account?
    mutating func setAccount(_ account: Account)
    /// The line that opened the hold, while it is open.
    func openHold(_ id: HoldID) throws(Failure) -> Transfer?
    /// Writes a line, and opens or ends the hold that it names.
    mutating func append(_ transfer: Transfer)

    /// How this place reports a broken rule.
    func failure(_ error: LedgerError) -> Failure
}

extension Books {
    /// Moves an amount at once.
    public mutating func transfer(
        _ amount: Money,
        from debit: AccountID,
        to credit: AccountID,
        transaction: UniqueID,
        leg: Int,
        at: Timestamp
    ) throws(Failure) {
        var (payer, payee) = try accounts(debit, credit, amount)
        try checkHeadroom(of: payer, for: amount.minorUnits)
        try apply([.debit], to: &payer, amount)
        try apply([.credit], to: &payee, amount)
        write(payer, payee, .init(transaction, leg, .direct, debit, credit, amount, at))
    }

    /// Reserves an amount so that it can be posted or voided later; it counts against the debit side's cap at once.
    public mutating func hold(
        _ amount: Money,
        from debit: AccountID,
        to credit: AccountID,
        transaction: UniqueID,
        leg: Int,
        at: Timestamp
    ) throws(Failure) {
        var (payer, payee) = try accounts(debit, credit, amount)
        try checkHeadroom(of: payer, for: amount.minorUnits)
        try apply([.holdDebit], to: &payer, amount)
        try apply([.holdCredit], to: &payee, amount)
        write(payer, payee, .init(transaction, leg, .hold, debit, credit, amount, at))
    }

    /// Ends a hold by moving what it reserved.
    public mutating func post(_ hold: HoldID, at: Timestamp) throws(Failure) {
        try end(hold, as: .post, debit: [.releaseDebit, .debit], credit: [.releaseCredit, .credit], at: at)
    }

    /// Ends a hold by letting it go.
    public mutating func void(_ hold: HoldID, at: Timestamp) throws(Failure) {
        try end(hold, as: .void, debit: [.releaseDebit], credit: [.releaseCredit], at: at)
    }

    /// Ends a hold by moving what it reserved to another account than it was reserved for.
    ///
    /// The cap is not asked again: the hold has counted against it all the time.
    public mutating func divert(_ hold: HoldID, to other: AccountID, leg: Int, at: Timestamp) throws(Failure) {
        guard let line = try openHold(hold) else { throw failure(.holdNotOpen) }
        try void(hold, at: at)
        var (payer, payee) = try accounts(line.debit, other, line.amount)
        try apply([.debit], to: &payer, line.amount)
        try apply([.credit], to: &payee, line.amount)
        write(payer, payee, .init(hold.transaction, leg, .direct, line.debit, other, line.amount, at))
    }

    private mutating func end(
        _ hold: HoldID,
        as kind: Transfer.Kind,
        debit: [Account.Movement],
        credit: [Account.Movement],
        at: Timestamp
    ) throws(Failure) {
        guard let line = try openHold(hold) else { throw failure(.holdNotOpen) }
        var (payer, payee) = try accounts(line.debit, line.credit, line.amount)
        try apply(debit, to: &payer, line.amount)
        try apply(credit, to: &payee, line.amount)
        write(payer, payee, .init(hold.transaction, hold.leg, kind, line.debit, line.credit, line.amount, at))
    }

    private func accounts(
        _ debit: AccountID,
        _ credit: AccountID,
        _ amount: Money
    ) throws(Failure) -> (payer: Account, payee: Account) {
        guard amount.isPositive else { throw failure(.amountNotPositive) }
        guard debit != credit, debit.currency == credit.currency, debit.currency == amount.currency else {
            throw failure(.notATransfer)
        }
        guard let payer = try account(debit) else { throw failure(.unknownAccount(debit)) }
        guard let payee = try account(credit) else { throw failure(.unknownAccount(credit)) }
        return (payer, payee)
    }

    private func checkHeadroom(of account: Account, for minorUnits: Int64) throws(Failure) {
        if let headroom = account.headroomMinorUnits, headroom < minorUnits {
            throw failure(.capExceeded(account.id))
        }
    }

    private func apply(
        _ movements: [Account.Movement],
        to account: inout Account,
        _ amount: Money
    ) throws(Failure) {
        for movement in movements {
            do throws(LedgerError) {
                try account.apply(movement, amount.minorUnits)
            } catch {
                throw failure(error)
            }
        }
    }

    private mutating func write(_ payer: Account, _ payee: Account, _ line: Transfer) {
        setAccount(payer)
        setAccount(payee)
        append(line)
    }
}

extension Transfer {
    fileprivate init(
        _ transaction: UniqueID,
        _ leg: Int,
        _ kind: Kind,
        _ debit: AccountID,
        _ credit: AccountID,
        _ amount: Money,
        _ at: Timestamp
    ) {
        self.init(
            transaction: transaction,
            leg: leg,
            kind: kind,
            debit: debit,
            credit: credit,
            minorUnits: amount.minorUnits,
            at: at
        )
    }
}
