import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The one connection that commits.
///
/// A commit is two ways to the server and back. On the first everything is written and, last of all, the journal's head
/// is locked; then it is known whether every row was still what the steps had read. On the second go the journal's
/// lines, sealed upon that head, and the COMMIT.
///
/// Sendable because the store hands it to one thread at a time.
final class Writer: @unchecked Sendable {
    /// A commit may wait for a standby as long as that takes: cut short, it would be answered without being safe.
    private static let waitForStandby = Statement("SET LOCAL statement_timeout = 0")

    private let session: Session
    private let names: Names
    private let node: Node
    private let digester: any Digester
    private let enrolment: Enrolment

    init(to server: ServerAddress, _ names: Names, digester: any Digester) throws(StoreError) {
        session = Session(to: server, for: .switching)
        self.names = names
        self.digester = digester
        node = Node(session)
        enrolment = Enrolment(session, names)
        do throws(PostgresError) { _ = try node.joined() } catch { throw error.error }
        try names.reload(on: session)
    }

    /// The number under which this program is known; `nil` while it has none.
    var nodeNumber: Int32? { node.number }

    /// Says that this program will not come back, and closes.
    func close() {
        node.depart()
        session.close()
    }

    /// Writes and commits. What another transaction or a lost connection kept from happening is tried again; where it
    /// is not known whether a commit took place, the database is asked.
    func commit(_ transaction: Transaction, at now: Timestamp) throws(StoreError) {
        var backoff = Backoff()
        var inDoubt: Int64?
        while true {
            do throws(PostgresError) {
                if let count = inDoubt, try node.hasCommitted(count) { return }
                inDoubt = nil
                try attempt(transaction, at: now, &inDoubt)
                return
            } catch {
                guard isWorthRepeating(error), backoff.wait() else {
                    if inDoubt != nil { node.noteDoubt() }
                    throw error.error
                }
            }
        }
    }

    /// Says what the database is for, where that has not been said.
    func mark(_ environment: Environment) throws(StoreError) {
        // A word of ours; a script takes no parameters.
        let script = "INSERT INTO environment VALUES (1, '\(environment.rawValue)') ON CONFLICT DO NOTHING"
        do throws(PostgresError) { try session.execute(script) } catch { throw error.error }
    }

    private func isWorthRepeating(_ error: PostgresError) -> Bool {
        switch error.kind {
        case .server(let state): return state.isCollision || state.isPassing
        case .lost: return true
        case .own: return false
        case .fenced:
            node.forget()
            return true
        }
    }

    /// - Parameter inDoubt: set, while the COMMIT is under way, to the count that it leaves.
    private func attempt(_ transaction: Transaction, at now: Timestamp, _ inDoubt: inout Int64?) throws(PostgresError) {
        let number = try node.joined()
        let newAccounts = try enrolment.enrol(transaction)
        let counting = try node.counting(number)
        var first = CommitCommands(in: WritingContext(names: names, node: number, newAccounts: newAccounts))
        first.add(.begin)
        first.add(counting.command)
        let head: Int?
        do throws(StoreError) { head = try write(transaction, to: &first) } catch { throw PostgresError(error) }

        do throws(PostgresError) {
            let answers = try session.run(first.commands)
            var last = CommitCommands(in: first.context)
            last.add(Writer.waitForStandby)
            if let head, !transaction.journal.isEmpty {
                try seal(transaction.journal, at: now, behind: answers[head], in: &last)
            }
            last.add(.commit)
            inDoubt = counting.count
            node.noteDoubt()
            _ = try session.run(last.commands)
        } catch {
            if !error.endsConnection {
                session.rollback()
                inDoubt = nil
                node.noteCommit(counting.count - 1)
            }
            throw error
        }
        node.noteCommit(counting.count)
        names.note(newAccounts)
    }

    private func seal(
        _ lines: [Transfer],
        at now: Timestamp,
        behind head: Rows,
        in commit: inout CommitCommands
    ) throws(PostgresError) {
        do throws(StoreError) {
            let previous = try JournalTable.previousGroup(head)
            let group = JournalGroup(sealing: lines, after: previous, at: now, using: digester)
            JournalTable.write(lines, sealedAs: group, to: &commit)
        } catch {
            throw PostgresError(error)
        }
    }

    /// Adds each table after those that its rows look into. Rows that all nodes change come behind the journal's head,
    /// so that nodes lock them one after the other.
    ///
    /// - Returns: the place of the command that locks the head, if any does.
    private func write(_ transaction: Transaction, to commit: inout CommitCommands) throws(StoreError) -> Int? {
        let accounts = transaction.accounts.changes
        try Table.participants.write(transaction.participants.changes, to: &commit)
        try AccountTable.open(accounts, in: &commit)
        try Table.apiKeys.write(transaction.apiKeys.changes, to: &commit)
        try Table.people.write(transaction.people.changes, to: &commit)
        try Table.accessChanges.write(transaction.accessChanges.changes, to: &commit)
        try Table.merchants.writeShops(transaction.merchants.changes, to: &commit)
        try RateTable.write(transaction.rateBoards.changes, to: &commit)
        try Table.feeRules.writeTariffs(transaction, to: &commit)
        try Table.resolutions.writeResolutions(transaction.resolutions.changes, to: &commit)
        try Table.quotes.writeQuotes(of: transaction, to: &commit)
        try Table.payments.writePayments(of: transaction, to: &commit)
        try Table.parties.write(transaction.parties.changes, to: &commit)
        try Table.refunds.writeRefunds(transaction.refunds.changes, to: &commit)
        try Table.recalls.write(transaction.recalls.changes, to: &commit)
        try Table.disputes.write(transaction.disputes.changes, to: &commit)
        try Table.evidence.writeFiles(of: transaction, to: &commit)
        try Table.disputeEvents.write(transaction.disputeEvents.changes, to: &commit)
        try Table.exceptionCases.write(transaction.exceptionCases.changes, to: &commit)
        try Table.codeClaims.write(transaction.codeClaims.changes, to: &commit)
        try Table.idempotency.write(transaction.idempotency.changes, to: &commit)
        try Table.messages.write(transaction.messages.changes, to: &commit)
        try WebhookTable.write(transaction.webhooks.changes, to: &commit)
        try Table.payers.write(transaction.payers.changes, to: &commit)
        try Table.paces.write(transaction.paces.changes, to: &commit)
        try Table.alerts.write(transaction.alerts.changes, to: &commit)
        PaymentHashTable.write(transaction.payments.changes, using: digester, to: &commit)
        PaymentHashTable.write(transaction.codeNotes.changes, to: &commit)
        try Table.shopFreezes.write(transaction.shopFreezes.changes, to: &commit)
        try Table.auditLog.writeAudit(transaction.auditEntries.changes, to: &commit)
        try Table.bakongProjects.write(transaction.bakongProjects.changes, to: &commit)
        try Table.bakongKeys.write(transaction.bakongKeys.changes, to: &commit)
        try Table.deepLinks.write(transaction.deepLinks.changes, to: &commit)
        TimerTable.write(transaction.timers.changes, to: &commit)

        let counts = PaymentCounts.differences(transaction.payments.changes)
        let rests = transaction.roundingRests.changes
        guard !transaction.journal.isEmpty || !accounts.isEmpty || !counts.isEmpty || !rests.isEmpty else {
            return nil
        }
        let head = commit.commands.count
        commit.add(JournalTable.lockHead)
        PaymentCounts.write(counts, to: &commit)
        AccountTable.move(accounts, in: &commit)
        try RoundingRestTable.write(rests, to: &commit)
        return head
    }
}
