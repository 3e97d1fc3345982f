import KizunaSwitch

/// One step from an older shape of the database to the next. Steps that have been released never change.
struct Migration {
    /// The version that the database has afterwards.
    let version: Int
    /// The oldest version of the program that can still serve on this shape: old nodes go on while new ones begin.
    let oldestProgram: Int
    let sql: String

    /// Every step, in order, from the empty database on.
    static let all: [Migration] = [
        .foundation, .bakong, .programs, .keys, .environment, .people, .watching, .access, .disputeDecisions,
        .journalMonths,
    ]

    /// The shape that this program reads and writes, and so the version of the program.
    static var currentVersion: Int { all.count }

    /// The oldest shape that this program can serve on. Where it is not the latest, a new program may come before its
    /// migration; this one reads with each dispute what people propose about it, which older shapes have no place for.
    static let oldestShape = Migration.disputeDecisions.version

    /// The advisory lock under which the shape changes; the letters `Kzna`.
    static let lockNumber = 0x4B7A_6E61
}

/// What shape a database has.
struct DatabaseShape {
    let version: Int
    let oldestProgram: Int

    private static let exists = Statement("SELECT to_regclass('kizuna.migrations') IS NOT NULL")
    /// Asks for the shape of a database that has one.
    static let select = Statement(
        "SELECT coalesce(max(version), 0), coalesce(max(oldest_program), 0) FROM kizuna.migrations"
    )

    init(on session: Session) throws(PostgresError) {
        self.init(try session.run(DatabaseShape.exists).isTrue ? session.run(DatabaseShape.select) : nil)
    }

    /// Reads what ``select`` brings; a database that was not asked has no shape.
    init(_ rows: Rows?) {
        (version, oldestProgram) = (try? rows?.first { columns in (columns.int(), columns.int()) }) ?? (0, 0)
    }

    /// Why this program cannot serve on it; `nil` where it is not the shape of a newer program that leaves it behind.
    var fault: StoreError? {
        guard oldestProgram > Migration.currentVersion else { return nil }
        return StoreError(
            .notUsable,
            "The database is of version \(version), and this program knows versions up to "
                + "\(Migration.currentVersion): use the newer program."
        )
    }

    /// Whether this program may serve on it as it is.
    ///
    /// - Throws: ``StoreError/Code/notUsable`` for the shape of a newer program that leaves this one behind.
    func isUsable() throws(PostgresError) -> Bool {
        if let fault { throw PostgresError(fault) }
        return version >= Migration.oldestShape
    }

    /// Whether it is exactly the shape that this program knows.
    func isCurrent() throws(PostgresError) -> Bool { try isUsable() && version == Migration.currentVersion }
}

extension Rows {
    /// Whether the first value of the first row is true.
    var isTrue: Bool { (try? first { columns in columns.bool() }) ?? false }

    /// The first value of the first row; 0 where there is none.
    var firstNumber: Int64 { ((try? first { columns in columns.int64() }) ?? nil) ?? 0 }
}
