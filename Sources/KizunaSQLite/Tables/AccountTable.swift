import KizunaLedger
import KizunaSwitch

final class AccountTable {
    private let institutions: Institutions
    private let numbers: AccountNumbers
    private let select: Statement
    private let insert: Statement
    private let update: Statement

    init(_ connection: borrowing Connection, _ institutions: Institutions, _ numbers: AccountNumbers)
        throws(StoreError)
    {
        self.institutions = institutions
        self.numbers = numbers
        select = try connection.prepare("SELECT \(Account.columnList) FROM accounts WHERE number = ?")
        insert = try connection.prepare(
            """
            INSERT INTO accounts
                (number, owner, role, currency, net_debit_cap, debits_posted, credits_posted, debits_held, credits_held)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        )
        update = try connection.prepare(
            """
            UPDATE accounts SET net_debit_cap = ?, debits_posted = ?, credits_posted = ?, debits_held = ?,
                credits_held = ? WHERE number = ?
            """
        )
    }

    func account(_ id: AccountID) throws(StoreError) -> Account? {
        guard let number = try numbers.number(id) else { return nil }
        return try select.first({ $0.add(number) }) { columns throws(StoreError) in
            try Account(&columns, institutions)
        }
    }

    func write(_ changes: [RecordTable<AccountID, Account>.Change]) throws(StoreError) {
        for change in changes {
            guard let account = change.row else { throw .brokenRule("An account is never removed") }
            if change.isNew { try open(account) } else { try write(account) }
        }
    }

    private func open(_ account: Account) throws(StoreError) {
        let owner = try institutions.numberEnrolling(account.id.owner)
        let number = try numbers.next(for: account.id)
        try insert.run {
            $0.add(number)
            $0.add(owner)
            $0.add(account.id.role)
            $0.add(account.id.currency)
            $0.addBalances(of: account)
        }
    }

    private func write(_ account: Account) throws(StoreError) {
        guard let number = try numbers.number(account.id) else { throw .brokenRule("An account has not been opened") }
        try update.run {
            $0.addBalances(of: account)
            $0.add(number)
        }
    }
}

extension Parameters {
    fileprivate mutating func addBalances(of account: Account) {
        add(account.netDebitCapMinorUnits)
        add(account.debitsPosted)
        add(account.creditsPosted)
        add(account.debitsHeld)
        add(account.creditsHeld)
    }
}

extension Account {
    static let columnList =
        "owner, role, currency, net_debit_cap, debits_posted, credits_posted, debits_held, credits_held"

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        self.init(
            id: try AccountID(&columns, institutions),
            netDebitCapMinorUnits: columns.optionalInt64(),
            debitsPosted: columns.int64(),
            creditsPosted: columns.int64(),
            debitsHeld: columns.int64(),
            creditsHeld: columns.int64()
        )
    }
}
