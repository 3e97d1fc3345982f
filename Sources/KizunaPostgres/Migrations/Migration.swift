import KizunaSwitch

/// One step from an older shape of the database to the next. Steps that have been released never change.
struct Migration {
    /// The version that the database has afterwards.
    let version: Int
    /// The oldest version of the program that can still serve on this shape: old nodes go on while new ones begin.
    let oldestProgram: Int
    let sql: String

    /// Every step, in order, from the empty database on.
    static let all: [Migration] = [.foundation, .bakong]

    /// The shape that this program reads and writes.
    static var currentVersion: Int { all.count }

    /// The advisory lock under which the shape changes; the letters `Kzna`.
    static let lockNumber = 0x4B7A_6E61
}

/// What shape a database has.
struct DatabaseShape {
    let version: Int
    let oldestProgram: Int

    private static let exists = Statement("SELECT to_regclass('kizuna.migrations') IS NOT NULL")
    private static let select = Statement(
        "SELECT coalesce(max(version), 0), coalesce(max(oldest_program), 0) FROM kizuna.migrations"
    )

    init(on session: Session) throws(PostgresError) {
        guard try session.run(DatabaseShape.exists).isTrue else {
            (version, oldestProgram) = (0, 0)
            return
        }
        let rows = try session.run(DatabaseShape.select)
        (version, oldestProgram) = (try? rows.first { columns in (columns.int(), columns.int()) }) ?? (0, 0)
    }

    /// Whether this program may serve on it as it is.
    ///
    /// - Throws: ``StoreError/Code/notUsable`` for the shape of a newer program that leaves this one behind.
    func isUsable() throws(PostgresError) -> Bool {
        guard oldestProgram <= Migration.currentVersion else {
            let sentence =
                "The database is of version \(version), and this program knows versions up to "
                + "\(Migration.currentVersion): use the newer program."
            throw PostgresError(StoreError(.notUsable, sentence))
        }
        return version >= Migration.currentVersion
    }

    /// Whether it is exactly the shape that this program knows.
    func isCurrent() throws(PostgresError) -> Bool { try isUsable() && version == Migration.currentVersion }
}

extension Rows {
    /// Whether the first value of the first row is true.
    var isTrue: Bool { (try? first { columns in columns.bool() }) ?? false }
}

extension Session {
    /// Brings the database to the current shape, each step in a transaction of its own, under a lock that keeps a
    /// second program from doing the same.
    ///
    /// - Returns: how many steps were taken.
    func migrate() throws(PostgresError) -> Int {
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
        let steps = Migration.all.filter { $0.version > shape.version }
        for step in steps {
            do throws(PostgresError) {
                // Numbers of ours; a script takes no parameters.
                try execute(
                    """
                    BEGIN;
                    \(step.sql)
                    INSERT INTO kizuna.migrations VALUES (\(step.version), \(step.oldestProgram));
                    COMMIT
                    """
                )
            } catch {
                rollback()
                close()
                throw error
            }
        }
        try execute("SELECT pg_advisory_unlock(\(Migration.lockNumber))")
        return steps.count
    }
}
