import CLogBuffer
import Glibc
import KizunaSwitch

/// What the writing connection is given.
struct WriterSettings {
    /// How long a lock of another process is waited for: longer would only hide it.
    var lockPatience = Duration.seconds(1)
    /// The most pages that the file may have; `nil` for SQLite's own limit.
    var mostPages: Int?
    /// After how many pages the log is brought back into the file: rarely enough that pages which many commits touch
    /// are written once, often enough that a restart reads the rest in a blink.
    var longLog = 16_384
    /// From how many pages on no commit is faster than the log is brought back.
    var longestLog: Int { longLog * 4 }
    /// Has the log synchronised; says SQLite's own code.
    var synchronise: @Sendable (OpaquePointer) -> Int32 = kizuna_log_synchronise
}

extension Connection {
    /// The room for pages in memory, in KiB: those that a group touches and those above them, and not many more, for SQLite
    /// goes through all of them at the end of a commit that split a page. The system keeps the rest.
    static let writerCacheKiB = 4_096
    private static let readerCacheKiB = 8_192
    /// A payment touches pages at random in three tables, and each touched page goes into the log as a whole: small
    /// ones make small commits. Smaller still, and larger rows would not fit them.
    static let pageBytes = 2_048
    /// Triggers that guard a table against removal are passed by REPLACE unless they may be recursive.
    static let trustNothing = "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA recursive_triggers = ON;"

    /// Opens the connection that writes.
    static func writing(to path: String, _ settings: WriterSettings) throws(StoreError) -> Connection {
        let connection = try Connection(path: path, for: .writing)
        connection.waitForLocks(settings.lockPatience)
        let state = try DatabaseState(of: connection)
        guard !connection.isReadOnly else {
            throw StoreError(.unavailable, "The database file may not be written: change its rights or its folder's.")
        }
        // Of a file that exists the first changes nothing. The second must hold before anything is committed.
        try connection.execute("PRAGMA page_size = \(pageBytes); PRAGMA synchronous = FULL")
        let mode = try connection.text("PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
            throw StoreError(.unavailable, "The file system cannot keep a write-ahead log: choose another folder.")
        }
        // The number is ours: a PRAGMA takes no parameters. What a statement would take back if it failed stays in memory;
        // it would go through a file of its own.
        try connection.execute(
            """
            \(trustNothing) PRAGMA secure_delete = FAST; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -\(writerCacheKiB);
            """
        )
        if let mostPages = settings.mostPages { try connection.execute("PRAGMA max_page_count = \(mostPages)") }
        try connection.migrate(from: state)
        connection.watchLog()
        // The first transaction since the mode was set opens the log.
        _ = try DatabaseState(of: connection)
        return connection
    }

    /// Opens the connection that brings the log back, once the writer's has been opened.
    static func checkpointing(_ path: String) throws(StoreError) -> Connection {
        let connection = try Connection(path: path, for: .checkpointing)
        try connection.execute("PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL")
        _ = try DatabaseState(of: connection)
        return connection
    }

    /// Opens a connection that reads.
    static func reading(from path: String) throws(StoreError) -> Connection {
        do throws(StoreError) {
            return try reading(from: path, as: .reading)
        } catch {
            // Where nothing can be written, SQLite cannot make the files that it shares with a writer. Without a log
            // there is no writer either, and the file can be read as it lies there.
            guard error.code == .unavailable, access(path, R_OK) == 0, isMissingOrEmpty("\(path)-wal") else {
                throw error
            }
            return try reading(from: path, as: .readingUnchanging)
        }
    }

    private static func reading(from path: String, as mode: Access) throws(StoreError) -> Connection {
        let connection = try Connection(path: path, for: mode)
        connection.waitForLocks(.seconds(1))
        guard case .version(Migration.currentVersion) = try DatabaseState(of: connection) else {
            throw StoreError(
                .notUsable,
                "The database is empty or of an older version: let the switch open it for writing once."
            )
        }
        try connection.execute("PRAGMA trusted_schema = OFF; PRAGMA cache_size = -\(readerCacheKiB)")
        return connection
    }
}

private func isMissingOrEmpty(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) != 0 || facts.st_size == 0
}
