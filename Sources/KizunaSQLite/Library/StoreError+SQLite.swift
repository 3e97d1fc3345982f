import CSQLite
import KizunaSwitch

extension StoreError {
    /// What a return code of SQLite's means to the switch, with the library's own words behind.
    init(sqlite code: Int32, words: String) {
        let (kind, sentence) = StoreError.meaning(of: code & 0xFF)
        self.init(kind, sentence, words: "SQLite \(code): \(words)")
    }

    /// For an open connection, which knows more than the code says.
    init(sqlite code: Int32, on connection: OpaquePointer?) {
        self.init(sqlite: code, words: String(cString: sqlite3_errmsg(connection)))
    }

    private static func meaning(of primaryCode: Int32) -> (Code, String) {
        switch primaryCode {
        case SQLITE_BUSY, SQLITE_LOCKED:
            (.unavailable, "The database is locked by another process; let that finish, or stop it.")
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
            (.unavailable, "The database may not be written: make its file and its folder writable.")
        case SQLITE_FULL:
            (.unavailable, "The disk, or the room that the database may take, is full: make room.")
        case SQLITE_CANTOPEN:
            (.unavailable, "The database file cannot be opened: check its path, its folder and the rights on both.")
        case SQLITE_IOERR:
            (.unavailable, "The disk failed: check it and the system's log.")
        case SQLITE_NOMEM:
            (.unavailable, "No memory was left for the database.")
        case SQLITE_CONSTRAINT:
            (.constraint, "A rule that the database enforces was broken; this is a defect of the switch.")
        case SQLITE_CORRUPT:
            (.corrupt, "The database file is damaged: restore a backup.")
        case SQLITE_NOTADB:
            (.notUsable, "The file is no SQLite database: choose another path.")
        default:
            (.notUsable, "The database does not do what this version of Kizuna asks of it.")
        }
    }
}
