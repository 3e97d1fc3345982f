import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The connection that brings records to the steps, beside the one that commits: a group is prepared while the one before
/// it is still on its way to the disk.
///
/// All records of a fetch come in one way to the server and back, as they were at one moment. That they are so still is
/// made sure of when they are committed.
///
/// Sendable because the store hands it to one thread at a time.
final class Fetcher: @unchecked Sendable {
    private let session: Session
    private let names: Names

    init(to server: ServerAddress, _ names: Names) {
        session = Session(to: server, for: .switching)
        self.names = names
    }

    /// Brings records as they were at one moment. A connection that was lost meanwhile is opened again, once.
    func fetch(_ keys: [RecordKey], into transaction: inout Transaction) throws(StoreError) {
        var wanted = WantedRecords(keys)
        if wanted.accounts.contains(where: { names.number($0) == nil })
            || wanted.participants.contains(where: { names.number($0) == nil })
        {
            try names.reload(on: session)
        }
        wanted.prepare(in: WritingContext(names: names, node: 0))
        let rows: [Rows]
        do throws(PostgresError) {
            rows = try run(wanted.commands)
        } catch {
            throw error.error
        }
        try names.reading(on: session) { () throws(StoreError) in
            try wanted.load(rows, names, into: &transaction)
        }
    }

    private func run(_ commands: [PostgresCommand]) throws(PostgresError) -> [Rows] {
        let transaction = [PostgresCommand(.beginReading)] + commands + [PostgresCommand(.commit)]
        var isSecond = false
        while true {
            do throws(PostgresError) {
                return Array(try session.run(transaction).dropFirst().dropLast())
            } catch {
                if !error.endsConnection { session.rollback() }
                guard error.endsConnection, !isSecond else { throw error }
                isSecond = true
            }
        }
    }

    /// Closes the connection.
    func close() { session.close() }
}
