package import KizunaSwitch

/// A database that no switch serves on, seen as it was at one moment, for a copy.
package final class PostgresCopySource: CopySource {
    private let transaction: CopyTransaction

    /// - Throws: ``StoreError/Code/notUsable`` for a database of another version, ``StoreError/Code/unavailable`` when
    ///   the server cannot be reached or a switch is serving.
    package init(_ address: ServerAddress) throws(StoreError) {
        let session = Session(to: address, for: .copying)
        do throws(PostgresError) {
            guard try DatabaseShape(on: session).isCurrent() else { throw PostgresError(.wrongShapeToCopy) }
            try session.waitForSwitchesToLeave()
            transaction = try CopyTransaction(
                on: address,
                beginning: "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
            )
        } catch {
            throw error.error
        }
    }

    package func rowCount(of table: CopiedTable) throws(StoreError) -> Int { try transaction.rowCount(of: table) }

    package func forEachPiece(
        of table: CopiedTable,
        _ body: ([[CopiedValue]]) throws(StoreError) -> Void
    ) throws(StoreError) {
        try transaction.forEachPiece(of: table, body)
    }
}

extension Session {
    private static let countLivingNodes = Statement(
        "SELECT count(*) FROM nodes WHERE left_at IS NULL AND seen_at > clock_timestamp() - \(Node.patience)"
    )
    /// A command that ended a moment ago may still count as a switch.
    private static let longestFarewell = Duration.seconds(5)

    /// - Throws: ``StoreError/Code/unavailable`` while a switch is serving: what it commits would be missing.
    func waitForSwitchesToLeave() throws(PostgresError) {
        var backoff = Backoff(patience: Session.longestFarewell)
        while true {
            let rows = try run(Session.countLivingNodes)
            guard rows.firstNumber > 0 else { return }
            guard backoff.wait() else { throw PostgresError(.switchesAreServing) }
        }
    }
}

extension StoreError {
    static let wrongShapeToCopy = StoreError(
        .notUsable,
        "The database is empty or of an older version: run 'kizuna migrate' on it, and then copy."
    )
    fileprivate static let switchesAreServing = StoreError(
        .unavailable,
        "A switch is serving on the PostgreSQL database: stop every 'kizuna serve' on it, and then copy."
    )
}
