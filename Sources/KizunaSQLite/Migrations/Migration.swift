import KizunaSwitch

/// One step from an older shape of the database to the next. Steps that have been released never change.
struct Migration {
    /// The version that the database has afterwards.
    let version: Int64
    let sql: String

    /// Every step, in order, from the empty file on.
    static let all: [Migration] = [
        .foundation, .bridges, .claims, .rateTerms, .feeRules, .roundingRests, .limits, .webhooks, .exceptions,
        .bakong, .messages, .keys, .environment, .people, .watching, .access, .disputeDecisions,
    ]

    /// The shape that this program reads and writes.
    static let currentVersion = Int64(all.count)

    /// Marks a file as one of Kizuna's; the letters `Kzna`.
    static let applicationID: Int64 = 0x4B7A_6E61
}

/// What stands in a database file's header.
enum DatabaseState {
    case empty
    case version(Int64)

    /// Reads the header.
    ///
    /// - Throws: ``StoreError/Code/notUsable`` for another program's file, or one of a newer Kizuna.
    init(of connection: borrowing Connection) throws(StoreError) {
        let application = try connection.number("PRAGMA application_id")
        let version = try connection.number("PRAGMA user_version")
        let isEmpty = try connection.number("SELECT count(*) FROM sqlite_schema") == 0
        if isEmpty, application == 0, version == 0 {
            self = .empty
            return
        }
        guard application == Migration.applicationID else {
            throw StoreError(.notUsable, "The file is a database of another program: choose another path.")
        }
        guard version <= Migration.currentVersion else {
            throw StoreError(
                .notUsable,
                "The database is of version \(version), and this program knows versions up to "
                    + "\(Migration.currentVersion): use the newer program."
            )
        }
        self = .version(version)
    }
}

extension Connection {
    /// Brings the database to the current shape, each step in a transaction of its own.
    func migrate(from state: DatabaseState) throws(StoreError) {
        let version: Int64
        switch state {
        case .empty: version = 0
        case .version(let known): version = known
        }
        for migration in Migration.all where migration.version > version {
            try execute("BEGIN IMMEDIATE")
            do throws(StoreError) {
                try execute(migration.sql)
                // Constants of ours: a PRAGMA takes no parameters.
                try execute("PRAGMA application_id = \(Migration.applicationID)")
                try execute("PRAGMA user_version = \(migration.version)")
                try execute("COMMIT")
            } catch {
                if isInTransaction { try? execute("ROLLBACK") }
                throw error
            }
        }
    }
}
