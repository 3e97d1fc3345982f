import KizunaSwitch

/// A connection that is opened when it is needed and given up when it is lost.
///
/// Not Sendable: whoever has one hands it to one thread at a time.
final class Session {
    private let server: ServerAddress
    private let use: SessionUse
    private var open: OpenConnection?

    private final class OpenConnection {
        var connection: Connection

        init(_ connection: consuming Connection) { self.connection = connection }
    }

    init(to server: ServerAddress, for use: SessionUse) {
        self.server = server
        self.use = use
    }

    /// Sends commands together and waits for all their answers.
    func run(_ commands: [PostgresCommand]) throws(PostgresError) -> [Rows] {
        let open = try opened()
        do throws(PostgresError) {
            return try open.connection.run(commands)
        } catch {
            if error.endsConnection || !open.connection.isOpen { self.open = nil }
            throw error
        }
    }

    func run(_ command: PostgresCommand) throws(PostgresError) -> Rows {
        guard let rows = try run([command]).last else { throw PostgresError(lost: "it answered nothing") }
        return rows
    }

    func run(_ statement: Statement) throws(PostgresError) -> Rows { try run(PostgresCommand(statement)) }

    /// Runs a script that brings no rows.
    func execute(_ script: String) throws(PostgresError) {
        let open = try opened()
        do throws(PostgresError) {
            try open.connection.execute(script)
        } catch {
            if error.endsConnection { self.open = nil }
            throw error
        }
    }

    /// Leaves a transaction that failed. Where even that fails, the connection is given up and the server leaves it.
    func rollback() {
        guard open != nil else { return }
        do throws(PostgresError) { _ = try run(.rollback) } catch { open = nil }
    }

    /// Closes the connection; the next command opens another.
    func close() { open = nil }

    private func opened() throws(PostgresError) -> OpenConnection {
        if let open, open.connection.isOpen { return open }
        let opened = OpenConnection(try Connection.open(to: server, for: use))
        open = opened
        return opened
    }
}
