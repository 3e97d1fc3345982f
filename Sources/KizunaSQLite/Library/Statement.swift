import CSQLite
import KizunaSwitch

/// One prepared statement, run again and again with new values.
struct Statement: ~Copyable {
    private let handle: OpaquePointer
    /// Where bound ids stand while the statement runs, two words a parameter, so that SQLite need not copy them.
    private let identifiers: UnsafeMutablePointer<UInt64>
    private let parameterCount: Int32

    init(owning handle: OpaquePointer) {
        self.handle = handle
        parameterCount = sqlite3_bind_parameter_count(handle)
        identifiers = .allocate(capacity: 2 * Int(parameterCount))
    }

    deinit {
        sqlite3_finalize(handle)
        identifiers.deallocate()
    }

    /// Runs to the end and brings no rows.
    func run(_ bind: (inout Parameters) throws(StoreError) -> Void = { _ in }) throws(StoreError) {
        try begin(bind)
        defer { sqlite3_reset(handle) }
        while try step() {}
    }

    /// The first row, read; `nil` when there is none.
    func first<Row>(
        _ bind: (inout Parameters) -> Void = { _ in },
        read: (inout Columns) throws(StoreError) -> Row
    ) throws(StoreError) -> Row? {
        try begin(bind)
        defer { sqlite3_reset(handle) }
        guard try step() else { return nil }
        var columns = Columns(handle)
        return try read(&columns)
    }

    /// Every row, read, in an array.
    func all<Row>(
        _ bind: (inout Parameters) -> Void = { _ in },
        read: (inout Columns) throws(StoreError) -> Row
    ) throws(StoreError) -> [Row] {
        var rows: [Row] = []
        try forEach(bind) { columns throws(StoreError) in rows.append(try read(&columns)) }
        return rows
    }

    /// Every row, one after the other.
    func forEach(
        _ bind: (inout Parameters) -> Void = { _ in },
        _ body: (inout Columns) throws(StoreError) -> Void
    ) throws(StoreError) {
        try begin(bind)
        defer { sqlite3_reset(handle) }
        while try step() {
            var columns = Columns(handle)
            try body(&columns)
        }
    }

    private func begin(_ bind: (inout Parameters) throws(StoreError) -> Void) throws(StoreError) {
        var parameters = Parameters(handle, identifiers, limit: parameterCount)
        try bind(&parameters)
        guard parameters.code == SQLITE_OK else {
            throw StoreError(sqlite: parameters.code, words: String(cString: sqlite3_errstr(parameters.code)))
        }
    }

    private func step() throws(StoreError) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else { throw failure(code) }
        return false
    }

    private func failure(_ code: Int32) -> StoreError { StoreError(sqlite: code, on: sqlite3_db_handle(handle)) }
}
