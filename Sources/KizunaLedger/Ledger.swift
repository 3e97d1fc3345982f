/// Books in memory: for tests, audits and replays.
public struct Ledger: Books, Sendable {
    /// A broken rule is thrown as it is.
    public typealias Failure = LedgerError

    /// Every account, by its id.
    public private(set) var accounts: [AccountID: Account]
    /// The lines of the holds that have not ended.
    public private(set) var holds: [HoldID: Transfer] = [:]
    /// Every line, in the order of writing.
    public private(set) var journal: [Transfer] = []

    public init(accounts: [Account] = []) {
        self.accounts = Dictionary(uniqueKeysWithValues: accounts.map { ($0.id, $0) })
    }

    /// The account, or `nil` when it was never opened.
    public func account(_ id: AccountID) -> Account? { accounts[id] }
    /// Puts an account in the place of the one with its id.
    public mutating func setAccount(_ account: Account) { accounts[account.id] = account }
    /// The line that opened the hold, while it is open.
    public func openHold(_ id: HoldID) -> Transfer? { holds[id] }

    /// Writes a line, and opens or ends the hold that it names.
    public mutating func append(_ transfer: Transfer) {
        journal.append(transfer)
        switch transfer.kind {
        case .hold: holds[transfer.holdID] = transfer
        case .post, .void: holds[transfer.holdID] = nil
        case .direct: break
        }
    }

    /// The rule itself.
    public func failure(_ error: LedgerError) -> LedgerError { error }
}
