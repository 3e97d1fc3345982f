import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// One connection that reads.
///
/// Sendable because the pool hands a reader to one thread at a time, and nobody else knows it.
final class Reader: @unchecked Sendable {
    let digester: any Digester
    let names: Names
    private let session: Session
    private let node: @Sendable () -> Int32?
    private var isInTransaction = false

    /// - Parameter node: whose work is read; all, for somebody who only reads.
    init(
        to server: ServerAddress,
        _ names: Names,
        digester: any Digester,
        node: @escaping @Sendable () -> Int32?
    ) {
        session = Session(to: server, for: .reading)
        self.names = names
        self.digester = digester
        self.node = node
    }

    /// The node whose work is read; `nil` for all.
    var workOf: Int32? { node() }

    /// Runs a body that sees the database as it was at one moment: that of its first question.
    func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        do throws(StoreError) {
            let answer = try body(self)
            if isInTransaction { _ = try run([PostgresCommand(.commit)]) }
            isInTransaction = false
            return answer
        } catch {
            if isInTransaction { session.rollback() }
            isInTransaction = false
            throw error
        }
    }

    /// Asks one thing; the first question of a reading opens its transaction on the same way.
    func ask(_ statement: Statement, _ fill: (inout Parameters) -> Void = { _ in }) throws(StoreError) -> Rows {
        var command = PostgresCommand(statement)
        command.parameters = Parameters(in: WritingContext(names: names, node: 0))
        fill(&command.parameters)
        if isInTransaction { return try run([command])[0] }
        let rows = try run([PostgresCommand(.beginReading), command])
        isInTransaction = true
        return rows[1]
    }

    /// Reads what rows say.
    func rows<Row>(
        _ query: Query<Row>,
        _ statement: Statement,
        _ fill: (inout Parameters) -> Void = { _ in }
    ) throws(StoreError) -> [Row] {
        let rows = try ask(statement, fill)
        return try names.reading(on: session) { () throws(StoreError) in
            try rows.all { columns throws(StoreError) in try query.read(&columns, names) }
        }
    }

    func row<Row>(
        _ query: Query<Row>,
        _ statement: Statement,
        _ fill: (inout Parameters) -> Void
    ) throws(StoreError) -> Row? {
        try rows(query, statement, fill).first
    }

    /// The number of an institution; `nil` when the database knows none of that name.
    func number(_ id: ParticipantID) throws(StoreError) -> Int32? {
        if let number = names.number(id) { return number }
        _ = try ask(Reader.nothing)
        try names.reload(on: session)
        return names.number(id)
    }

    private static let nothing = Statement("SELECT 1")

    /// A connection that was lost while it waited is opened again.
    private func run(_ commands: [PostgresCommand]) throws(StoreError) -> [Rows] {
        let wasInTransaction = isInTransaction
        do throws(PostgresError) {
            return try session.run(commands)
        } catch {
            guard error.endsConnection, !wasInTransaction else { throw error.error }
        }
        do throws(PostgresError) { return try session.run(commands) } catch { throw error.error }
    }
}
