import KizunaSwitch

/// This program among those that share the database: its number, and how many commits it has made.
///
/// The count is written with every commit, so that after a lost connection the database can be asked whether the commit
/// under way took place.
final class Node {
    /// After how long a node that has not been seen is given up, as SQL; the work of a dead one is taken over within
    /// this and two pulses.
    static let patience = "interval '3 seconds'"

    private static let join = Statement("INSERT INTO nodes DEFAULT VALUES RETURNING number")
    private static let count = Statement(
        """
        UPDATE nodes SET commits = $2::int8, seen_at = clock_timestamp()
        WHERE number = $1::int4 AND commits = $2::int8 - 1 AND left_at IS NULL
        """
    )
    /// Waits for a commit under way: its transaction holds the row.
    private static let ask = Statement("SELECT commits FROM nodes WHERE number = $1::int4 FOR UPDATE")
    private static let leave = Statement(
        "UPDATE nodes SET left_at = clock_timestamp() WHERE number = $1::int4 AND left_at IS NULL"
    )

    private let session: Session
    /// `nil` before it has joined.
    private(set) var number: Int32?
    /// `nil` while it is not known whether the last commit took place.
    private(set) var commits: Int64? = 0

    init(_ session: Session) { self.session = session }

    /// Joins the others, unless it has.
    func joined() throws(PostgresError) -> Int32 {
        if let number { return number }
        let rows = try session.run(Node.join)
        guard let number = (try? rows.first { columns in Int32(truncatingIfNeeded: columns.int64()) }) ?? nil else {
            throw PostgresError(.unreadable("a node without a number"))
        }
        self.number = number
        commits = 0
        return number
    }

    /// The command that counts the commit under way, and the count that it will leave.
    func counting(_ number: Int32) throws(PostgresError) -> (command: PostgresCommand, count: Int64) {
        let count = try knownCommits(number) + 1
        var command = PostgresCommand(Node.count)
        command.parameters.add(number)
        command.parameters.add(count)
        command.expectation = PostgresCommand.Expectation(rows: 1, otherwise: .fenced)
        return (command, count)
    }

    func noteCommit(_ count: Int64) { commits = count }

    /// It is not known whether a commit took place.
    func noteDoubt() { commits = nil }

    /// Forgets the number that the others have given up.
    func forget() {
        number = nil
        commits = 0
    }

    /// Whether the commit that was to leave this count took place.
    func hasCommitted(_ count: Int64) throws(PostgresError) -> Bool {
        guard let number else { return false }
        return try knownCommits(number) >= count
    }

    /// Says that it will not come back; does nothing where that cannot be said any more.
    func depart() {
        guard let number else { return }
        var command = PostgresCommand(Node.leave)
        command.parameters.add(number)
        _ = try? session.run(command)
        forget()
    }

    private func knownCommits(_ number: Int32) throws(PostgresError) -> Int64 {
        if let commits { return commits }
        var command = PostgresCommand(Node.ask)
        command.parameters.add(number)
        let rows = try session.run(command)
        let known = (try? rows.first { columns in columns.int64() }) ?? nil
        guard let known else { throw .fenced }
        commits = known
        return known
    }
}
