/// Books in memory: for tests, audits and replays.
public struct Ledger: Books, Sendable {
    public typealias Failure = LedgerError

    public private(set) var accounts: [AccountID: Account]
    public private(set) var holds: [HoldID: Transfer] = [:]
    public private(set) var journal: [Transfer] = []

    public init(accounts: [Account] = []) {
        self.accounts = Dictionary(uniqueKeysWithValues: accounts.map { ($0.id, $0) })
    }

    public func account(_ id: AccountID) -> Account? { accounts[id] }
    public mutating func setAccount(_ account: Account) { accounts[account.id] = account }
    public func openHold(_ id: HoldID) -> Transfer? { holds[id] }

    public mutating func append(_ transfer: Transfer) {
        journal.append(transfer)
        switch transfer.kind {
        case .hold: holds[transfer.holdID] = transfer
        case .post, .void: holds[transfer.holdID] = nil
        case .direct: break
        }
    }

    public func failure(_ error: LedgerError) -> LedgerError { error }
}
