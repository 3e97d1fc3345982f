import KizunaLedger
import KizunaMoney
import KizunaSwitch

/// Gives numbers to institutions and accounts that have none yet.
///
/// An institution's number is committed at once, by itself: it says nothing but that somebody is called so. An
/// account's comes with the account.
struct Enrolment {
    private static let insert = Statement(
        "INSERT INTO institutions (id) SELECT unnest($1::text[]) ON CONFLICT (id) DO NOTHING"
    )
    private static let nextAccounts = Statement("SELECT nextval('account_numbers') FROM generate_series(1, $1::int4)")

    private let session: Session
    private let names: Names

    init(_ session: Session, _ names: Names) {
        self.session = session
        self.names = names
    }

    /// Sees to the numbers that a commit needs.
    ///
    /// - Returns: the numbers of the accounts that it opens.
    func enrol(_ transaction: Transaction) throws(PostgresError) -> [AccountID: Int32] {
        let opened = transaction.accounts.changes.filter(\.isNew).map(\.key)
        let ids =
            transaction.participants.changes.map(\.key) + opened.map(\.owner)
            + transaction.idempotency.changes.map(\.key.participant)
        try enrol(Set(ids.filter { names.number($0) == nil }))
        return try numbers(for: opened)
    }

    private func enrol(_ ids: Set<ParticipantID>) throws(PostgresError) {
        guard !ids.isEmpty else { return }
        var command = PostgresCommand(Enrolment.insert)
        command.parameters.addArray(of: .text, count: ids.count) { elements in
            for id in ids.sorted() { elements.add(id.description) }
        }
        _ = try session.run(command)
        do throws(StoreError) { try names.reload(on: session) } catch { throw PostgresError(error) }
    }

    private func numbers(for opened: [AccountID]) throws(PostgresError) -> [AccountID: Int32] {
        guard !opened.isEmpty else { return [:] }
        var command = PostgresCommand(Enrolment.nextAccounts)
        command.parameters.add(Int32(opened.count))
        let rows = try session.run(command)
        var numbers: [AccountID: Int32] = [:]
        var next = opened.makeIterator()
        do throws(StoreError) {
            try rows.forEach { columns in
                guard let id = next.next() else { return }
                numbers[id] = Int32(columns.int64()) * Names.accountStep + Int32(id.currency.numeric)
            }
        } catch {
            throw PostgresError(error)
        }
        return numbers
    }
}
