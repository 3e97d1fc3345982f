import CLogBuffer
import CSQLite
import KizunaSwitch

/// One connection to a database file, used by one thread at a time.
struct Connection: ~Copyable {
    enum Access {
        /// Creates the file when it is missing. What is committed must be synchronised at once (`synchronous = FULL`):
        /// the log is given to the system a piece at a time.
        case writing
        /// As above, beside the connection that commits.
        case checkpointing
        case reading
        /// The file is read as it lies there, without a lock or a log: it stands where nothing can be written.
        case readingUnchanging
    }

    private let handle: OpaquePointer
    /// How many pages the log has, where that is watched.
    private let logLength: UnsafeMutablePointer<CInt>

    init(path: String, for access: Access) throws(StoreError) {
        _ = Connection.libraryIsReady
        // No mutex in SQLite: whoever holds the connection sees to it that one thread at a time uses it.
        let common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        var opened: OpaquePointer?
        let code =
            switch access {
            case .writing:
                sqlite3_open_v2(path, &opened, common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, KIZUNA_LOG_BUFFER)
            case .checkpointing:
                sqlite3_open_v2(path, &opened, common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
            case .reading:
                sqlite3_open_v2(path, &opened, common | SQLITE_OPEN_READONLY, nil)
            case .readingUnchanging:
                sqlite3_open_v2(
                    Connection.unchangingAddress(of: path),
                    &opened,
                    common | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                    nil
                )
            }
        guard code == SQLITE_OK, let opened else {
            let error = StoreError(sqlite: code, on: opened)
            sqlite3_close_v2(opened)  // SQLite asks for this even when opening failed.
            throw error
        }
        handle = opened
        logLength = .allocate(capacity: 1)
        logLength.initialize(to: 0)
    }

    /// Statements that are still there keep the library's side of the connection alive until they are gone.
    deinit {
        sqlite3_wal_hook(handle, nil, nil)
        sqlite3_close_v2(handle)
        logLength.deallocate()
    }

    /// How long a lock of another process is waited for.
    func waitForLocks(_ limit: Duration) {
        let (seconds, attoseconds) = limit.components
        sqlite3_busy_timeout(handle, Int32(clamping: seconds * 1_000 + attoseconds / 1_000_000_000_000_000))
    }

    /// Runs statements that bring no rows.
    func execute(_ sql: String) throws(StoreError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw StoreError(sqlite: code, on: handle) }
    }

    func prepare(_ sql: String) throws(StoreError) -> Statement {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK else { throw StoreError(sqlite: code, on: handle) }
        guard let prepared else { throw StoreError(.notUsable, "An empty statement was to be prepared.") }
        return Statement(owning: prepared)
    }

    /// The first number that a query brings; 0 when it brings none.
    func number(_ sql: String) throws(StoreError) -> Int64 {
        try prepare(sql).first { columns in columns.int64() } ?? 0
    }

    /// The first text that a query brings; empty when it brings none.
    func text(_ sql: String) throws(StoreError) -> String {
        try prepare(sql).first { columns throws(StoreError) in try columns.text() } ?? ""
    }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Whether the file, or its folder, lets nobody write, although writing was asked for.
    var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

    /// The number that the last row came to have that was added to a table of numbered rows.
    var lastNumber: Int64 { sqlite3_last_insert_rowid(handle) }

    /// How many rows the last statement wrote or removed.
    var changedRows: Int { Int(sqlite3_changes(handle)) }

    /// Learns with every commit how long the log is, and leaves it to others to bring it back into the file.
    func watchLog() {
        let note: @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, UnsafePointer<CChar>?, CInt) -> CInt = {
            context,
            _,
            _,
            pages in
            context?.storeBytes(of: pages, as: CInt.self)
            return SQLITE_OK
        }
        sqlite3_wal_hook(handle, note, logLength)
    }

    /// How many pages the log had after the last commit; 0 where it is not watched.
    var logPages: Int { Int(logLength.pointee) }

    /// Brings back into the file what the log has and no reader needs; waits for nobody.
    ///
    /// - Returns: how many pages are left to be brought back.
    func checkpoint() throws(StoreError) -> Int {
        var (pages, done) = (CInt(0), CInt(0))
        let code = sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &done)
        guard code == SQLITE_OK else { throw StoreError(sqlite: code, on: handle) }
        return Int(pages - done)
    }

    /// Synchronises the file itself, so that the end of a checkpoint finds little left to synchronise.
    func synchroniseFile() throws(StoreError) {
        let code = kizuna_synchronise_file(handle)
        guard code == SQLITE_OK else { throw StoreError(sqlite: code, on: handle) }
    }

    /// The log that this connection writes; `nil` before its first transaction, and where it does not write.
    var log: OpaquePointer? { kizuna_log_of(handle) }

    /// Settles once for the process what SQLite settles before its first use.
    ///
    /// Where somebody else has used SQLite before, it keeps counting its memory; that costs time and nothing else.
    private static let libraryIsReady: Void = {
        _ = kizuna_stop_counting_memory()
        // Where this fails, opening for writing fails and says that there is no such file system.
        _ = kizuna_register_log_buffer()
    }()

    /// The path as a URI that promises SQLite an unchanging file.
    private static func unchangingAddress(of path: String) -> String {
        var address = Array("file:".utf8)
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "%"): address += "%25".utf8
            case UInt8(ascii: "?"): address += "%3f".utf8
            case UInt8(ascii: "#"): address += "%23".utf8
            default: address.append(byte)
            }
        }
        return String(decoding: address + "?immutable=1".utf8, as: UTF8.self)
    }
}
