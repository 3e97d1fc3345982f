package import KizunaMoney
package import KizunaSwitch
import Synchronization

/// Everything in one SQLite file: one connection writes, others read beside it.
///
/// The log is written ahead, and synchronised before anybody is told of a commit, so what was committed outlives the
/// process and the machine. A lock beside the file keeps a second switch from writing to it; readers of other processes
/// are welcome.
package final class SQLiteStore: Store {
    // In this order they are closed: the writer last, so that it can bring the log back into the file.
    private let fetcher: Mutex<Fetcher?>
    private let news = Mutex(CommitNews())
    private let readers: ReaderPool
    private let checkpointer: Checkpointer?
    private let writer: Mutex<Writer?>
    private let durability: LogDurability?
    private let lock: FileLock?

    /// Opens a database for writing and reading, creates it when it is missing, and brings it to the current shape.
    ///
    /// - Throws: ``StoreError/Code/unavailable`` when the file or its folder cannot be written or another process
    ///   holds it, ``StoreError/Code/notUsable`` when it is not one of ours or of a newer version,
    ///   ``StoreError/Code/corrupt`` when it is damaged.
    package convenience init(path: String, digester: any Digester) throws(StoreError) {
        try self.init(path: path, digester: digester, settings: WriterSettings())
    }

    /// As above, with settings that tests change.
    init(path: String, digester: any Digester, settings: WriterSettings) throws(StoreError) {
        try requireFile(path)
        lock = try FileLock(besideDatabase: path)
        let connection = try Connection.writing(to: path, settings)
        let checkpointer = Checkpointer(try .checkpointing(path))
        self.checkpointer = checkpointer
        let writer = try Writer(connection, checkpointer, settings, digester: digester)
        durability = writer.durability
        self.writer = Mutex(writer)
        fetcher = Mutex(try Fetcher(try .reading(from: path)))
        readers = ReaderPool { () throws(StoreError) in
            try Reader(try .reading(from: path), digester: digester)
        }
    }

    /// Opens a database for reading only, beside a running switch or without one.
    package init(readingOnly path: String, digester: any Digester) throws(StoreError) {
        try requireFile(path)
        lock = nil
        checkpointer = nil
        durability = nil
        writer = Mutex(nil)
        fetcher = Mutex(nil)
        readers = ReaderPool { () throws(StoreError) in
            try Reader(try .reading(from: path), digester: digester)
        }
        try readers.read { _ in }
    }

    /// The writer is the last to close: only it may bring the log back into the file and remove it.
    deinit {
        readers.close()
        checkpointer?.finish()
    }

    package func fetch(_ keys: [RecordKey], into transaction: inout Transaction) throws(StoreError) {
        try fetcher.withLock { fetcher throws(StoreError) in
            guard let fetcher else { throw .readOnly }
            fetcher.take(news.withLock { $0.take() })
            try fetcher.fetch(keys, into: &transaction)
        }
    }

    package func commit(_ transaction: Transaction, at now: Timestamp) throws(StoreError) {
        try commitAhead(transaction, at: now)
        try makeDurable()
    }

    package func commitAhead(_ transaction: Transaction, at now: Timestamp) throws(StoreError) {
        do throws(StoreError) {
            let changes = try writer.withLock { writer throws(StoreError) in
                guard let writer else { throw .readOnly }
                return try writer.commit(transaction, at: now)
            }
            news.withLock { $0.add(changes) }
        } catch {
            news.withLock { $0.forget() }
            throw error
        }
    }

    package func makeDurable() throws(StoreError) { try durability?.reach() }

    package func mark(_ environment: Environment) throws(StoreError) {
        try writer.withLock { writer throws(StoreError) in
            guard let writer else { throw .readOnly }
            try writer.mark(environment)
        }
    }

    package func abandon() { writer.withLock { $0?.abandon() } }

    package func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        let answer = try readers.read(body)
        // What was seen may have been made ahead.
        try makeDurable()
        return answer
    }
}

extension StoreError {
    fileprivate static var readOnly: StoreError {
        StoreError(.unavailable, "The database was opened for reading only.")
    }
}

/// Names that SQLite reads as something other than a file would give each connection a database of its own.
func requireFile(_ path: String) throws(StoreError) {
    guard !path.isEmpty, path != ":memory:" else {
        throw StoreError(.notUsable, "A database needs the path of a file.")
    }
}
