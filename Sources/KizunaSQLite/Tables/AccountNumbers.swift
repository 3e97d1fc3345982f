import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// The numbers that stand for accounts in this database, known to one connection.
final class AccountNumbers {
    /// An account's number is a running number followed by its currency's three digits.
    private static let step: Int64 = 1_000

    private let institutions: Institutions
    private let selectID: Statement
    private let selectNumber: Statement
    private let selectLast: Statement
    private var ids: [Int64: AccountID] = [:]
    private var numbers: [AccountID: Int64] = [:]
    private var hasNew = false

    init(_ connection: borrowing Connection, _ institutions: Institutions) throws(StoreError) {
        self.institutions = institutions
        selectID = try connection.prepare("SELECT owner, role, currency FROM accounts WHERE number = ?")
        selectNumber = try connection.prepare(
            "SELECT number FROM accounts WHERE owner = ? AND role = ? AND currency = ?"
        )
        selectLast = try connection.prepare("SELECT coalesce(max(number), 0) FROM accounts")
    }

    /// Whose number it is.
    func id(_ number: Int64) throws(StoreError) -> AccountID {
        if let id = ids[number] { return id }
        let id = try selectID.first({ $0.add(number) }) { columns throws(StoreError) in
            try AccountID(&columns, institutions)
        }
        guard let id else { throw .unreadable("an account") }
        remember(id, number)
        return id
    }

    /// The number of an account; `nil` when there is no such account.
    func number(_ id: AccountID) throws(StoreError) -> Int64? {
        if let number = numbers[id] { return number }
        guard let owner = try institutions.number(id.owner) else { return nil }
        let number = try selectNumber.first({
            $0.add(owner)
            $0.add(id.role)
            $0.add(id.currency)
        }) { $0.int64() }
        if let number { remember(id, number) }
        return number
    }

    /// The number that the next account to be opened takes.
    func next(for id: AccountID) throws(StoreError) -> Int64 {
        let last = try selectLast.first { $0.int64() } ?? 0
        let number = (last / AccountNumbers.step + 1) * AccountNumbers.step + Int64(id.currency.numeric)
        remember(id, number)
        hasNew = true
        return number
    }

    func noteCommit() { hasNew = false }

    func noteRollback() {
        guard hasNew else { return }
        hasNew = false
        ids = [:]
        numbers = [:]
    }

    private func remember(_ id: AccountID, _ number: Int64) {
        ids[number] = id
        numbers[id] = number
    }
}

extension AccountID {
    /// Reads `owner, role, currency`.
    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        self.init(
            owner: try institutions.id(columns.int64()),
            role: try columns.value(),
            currency: try columns.currency()
        )
    }
}
