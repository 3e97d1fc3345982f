import KizunaSwitch

extension Session {
    /// How long a step waits for the tables that it changes. Commits queue up behind it meanwhile, so it gives way soon
    /// and tries again.
    private static let lockPatience = "500ms"
    /// How long a step is tried again in all.
    private static let stepPatience = Duration.seconds(60)
    private static let oldestLivingProgram = Statement(
        """
        SELECT coalesce(min(program), 2147483647) FROM nodes
        WHERE left_at IS NULL AND seen_at > clock_timestamp() - \(Node.patience)
        """
    )

    /// Brings the database to the current shape, or to an older one that comes before it, each step in a transaction of
    /// its own, under a lock that keeps a second program from doing the same. Switches serve meanwhile.
    ///
    /// - Returns: how many steps were taken.
    /// - Throws: ``StoreError/Code/unavailable`` for a step that would leave switches behind which are serving.
    func migrate(to version: Int = .max, by steps: [Migration] = Migration.all) throws(PostgresError) -> Int {
        try execute(
            """
            SELECT pg_advisory_lock(\(Migration.lockNumber));
            CREATE SCHEMA IF NOT EXISTS kizuna;
            CREATE TABLE IF NOT EXISTS kizuna.migrations (
                version int4 PRIMARY KEY,
                oldest_program int4 NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now()
            )
            """
        )
        let shape = try DatabaseShape(on: self)
        let wanted = steps.filter { $0.version > shape.version && $0.version <= version }
        for step in wanted {
            do throws(PostgresError) {
                try take(step)
            } catch {
                close()  // The lock goes with the connection.
                throw error
            }
        }
        try execute("SELECT pg_advisory_unlock(\(Migration.lockNumber))")
        return wanted.count
    }

    private func take(_ step: Migration) throws(PostgresError) {
        var backoff = Backoff(patience: Session.stepPatience)
        while true {
            do throws(PostgresError) {
                return try attempt(step)
            } catch {
                rollback()
                guard error.isHeldUp, backoff.wait() else { throw error }
            }
        }
    }

    private func attempt(_ step: Migration) throws(PostgresError) {
        try execute("BEGIN; SET LOCAL lock_timeout = '\(Session.lockPatience)'")
        if step.version > Migration.programs.version {
            // Nobody joins between the look and the step.
            try execute("LOCK TABLE nodes IN SHARE MODE")
            let oldest = try run(Session.oldestLivingProgram).firstNumber
            guard oldest >= step.oldestProgram else { throw PostgresError(.leavesBehind(oldest, step)) }
        }
        // Numbers of ours; a script takes no parameters.
        try execute(
            """
            \(step.sql)
            INSERT INTO kizuna.migrations VALUES (\(step.version), \(step.oldestProgram));
            COMMIT
            """
        )
    }
}

extension PostgresError {
    /// Whether a step only had to wait too long for what others hold.
    fileprivate var isHeldUp: Bool {
        if case .server(let state) = kind { state.code == "55P03" || state.isCollision } else { false }
    }
}

extension StoreError {
    fileprivate static func leavesBehind(_ program: Int64, _ step: Migration) -> StoreError {
        StoreError(
            .unavailable,
            "Version \(step.version) of the database needs programs of version \(step.oldestProgram), and one of version "
                + "\(program) is serving: replace every switch first, and then migrate."
        )
    }
}
