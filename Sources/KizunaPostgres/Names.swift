import KizunaLedger
import KizunaMoney
import KizunaSwitch
import Synchronization

/// The small numbers that stand for institutions and accounts in this database.
///
/// A number never changes once it is committed, and only committed ones are known here, so what was read once holds for
/// every connection.
final class Names: Sendable {
    /// An account's number is a running number followed by its currency's three digits.
    static let accountStep: Int32 = 1_000

    private struct State {
        var institutions: [Int32: ParticipantID] = [:]
        var institutionNumbers: [ParticipantID: Int32] = [:]
        var accounts: [Int32: AccountID] = [:]
        var accountNumbers: [AccountID: Int32] = [:]
        /// Whether a number came up that is not known: another node has given it.
        var hasMissed = false
    }

    private static let selectInstitutions = Statement("SELECT number, id FROM institutions")
    private static let selectAccounts = Statement("SELECT number, owner, role, currency FROM accounts")

    private let state = Mutex(State())

    func number(_ id: ParticipantID) -> Int32? { state.withLock { $0.institutionNumbers[id] } }
    func number(_ id: AccountID) -> Int32? { state.withLock { $0.accountNumbers[id] } }

    /// Whose number it is.
    func institution(_ number: Int64) throws(StoreError) -> ParticipantID {
        let id = state.withLock { state in
            let id = Int32(exactly: number).flatMap { state.institutions[$0] }
            if id == nil { state.hasMissed = true }
            return id
        }
        guard let id else { throw .unreadable("an institution") }
        return id
    }

    /// Whose number it is.
    func account(_ number: Int64) throws(StoreError) -> AccountID {
        let id = state.withLock { state in
            let id = Int32(exactly: number).flatMap { state.accounts[$0] }
            if id == nil { state.hasMissed = true }
            return id
        }
        guard let id else { throw .unreadable("an account") }
        return id
    }

    /// Reads rows; where they bear a number that is not known yet, all numbers are read, and then the rows again.
    func reading<Answer>(
        on session: Session,
        _ body: () throws(StoreError) -> Answer
    ) throws(StoreError) -> Answer {
        do throws(StoreError) {
            return try body()
        } catch {
            let hasMissed = state.withLock { state in
                defer { state.hasMissed = false }
                return state.hasMissed
            }
            guard hasMissed else { throw error }
            try reload(on: session)
            return try body()
        }
    }

    /// Reads every number.
    func reload(on session: Session) throws(StoreError) {
        let rows: [Rows]
        do throws(PostgresError) {
            rows = try session.run([
                PostgresCommand(Names.selectInstitutions), PostgresCommand(Names.selectAccounts),
            ])
        } catch {
            throw error.error
        }
        try rows[0].forEach { columns throws(StoreError) in
            let number = Int32(truncatingIfNeeded: columns.int64())
            guard let id = ParticipantID(try columns.text()) else { throw .unreadable("an institution") }
            state.withLock { state in
                state.institutions[number] = id
                state.institutionNumbers[id] = number
            }
        }
        try rows[1].forEach { columns throws(StoreError) in
            let number = Int32(truncatingIfNeeded: columns.int64())
            let id = AccountID(
                owner: try institution(columns.int64()),
                role: try columns.value(),
                currency: try columns.currency()
            )
            note([id: number])
        }
    }

    /// Takes in accounts that a commit has opened.
    func note(_ accounts: [AccountID: Int32]) {
        guard !accounts.isEmpty else { return }
        state.withLock { state in
            for (id, number) in accounts {
                state.accounts[number] = id
                state.accountNumbers[id] = number
            }
        }
    }
}
