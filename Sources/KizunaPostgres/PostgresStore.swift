import KizunaLedger
package import KizunaMoney
package import KizunaSwitch
import Synchronization

/// Everything in one PostgreSQL database, which several programs may share.
///
/// One connection commits, one fetches beside it, others read. What a step read is made sure of at the commit; balances
/// move by differences, so that two nodes with payments between the same banks wait for each other only while they
/// commit. What was committed is on the server's disk, and on its standby's where the server is set up so.
package final class PostgresStore: Store {
    private let fetcher: Mutex<Fetcher>
    private let writer: Mutex<Writer?>
    private let readers: ReaderPool
    private let housekeeper: Housekeeper?
    private let nodeNumber: NodeNumber
    private let health = Health()

    /// Opens a database for writing and reading, and brings it to the current shape where it is empty or too old to serve
    /// on. One that is a little older is served as it is: when to migrate is for its owner to say.
    ///
    /// - Throws: ``StoreError/Code/unavailable`` when the server cannot be reached, ``StoreError/Code/notUsable`` when
    ///   role, database or version do not allow it.
    package init(address: ServerAddress, digester: any Digester) throws(StoreError) {
        try PostgresStore.prepare(address)
        let names = Names()
        let nodeNumber = NodeNumber()
        let writer = try Writer(to: address, names, digester: digester)
        nodeNumber.set(writer.nodeNumber)
        self.writer = Mutex(writer)
        fetcher = Mutex(Fetcher(to: address, names))
        readers = ReaderPool { Reader(to: address, names, digester: digester) { nodeNumber.value } }
        let housekeeper = Housekeeper(to: address, health) { nodeNumber.value }
        self.housekeeper = housekeeper
        self.nodeNumber = nodeNumber
        housekeeper.start()
    }

    /// Opens a database for reading only, beside running switches or without any.
    package init(readingOnly address: ServerAddress, digester: any Digester) throws(StoreError) {
        let names = Names()
        writer = Mutex(nil)
        fetcher = Mutex(Fetcher(to: address, names))
        housekeeper = nil
        nodeNumber = NodeNumber()
        readers = ReaderPool { Reader(to: address, names, digester: digester) { nil } }
        let session = Session(to: address, for: .reading)
        do throws(PostgresError) {
            guard try DatabaseShape(on: session).isUsable() else { throw PostgresError(StoreError.olderShape) }
        } catch {
            throw error.error
        }
    }

    deinit { close() }

    /// Its work goes to the others at once, not when they notice.
    package func close() {
        housekeeper?.stop()
        readers.close()
        writer.withLock { writer in
            writer?.close()
            writer = nil
        }
    }

    package func fetch(_ keys: [RecordKey], into transaction: inout Transaction) throws(StoreError) {
        try fetcher.withLock { fetcher throws(StoreError) in try fetcher.fetch(keys, into: &transaction) }
    }

    package func commit(_ transaction: Transaction, at now: Timestamp) throws(StoreError) {
        try writer.withLock { writer throws(StoreError) in
            guard let writer else { throw .readOnly }
            defer { nodeNumber.set(writer.nodeNumber) }
            do throws(StoreError) {
                try writer.commit(transaction, at: now)
                health.noteCommit(nil)
            } catch {
                health.noteCommit(error)
                throw error
            }
        }
    }

    package func mark(_ environment: Environment) throws(StoreError) {
        try writer.withLock { writer throws(StoreError) in
            guard let writer else { throw .readOnly }
            try writer.mark(environment)
        }
    }

    package var isShared: Bool { true }

    package func check() throws(StoreError) {
        if let fault = health.fault { throw fault }
        _ = try read { reader throws(StoreError) in try reader.participant(.theSwitch) }
    }

    /// Nothing is written before the commit, so there is nothing to take back.
    package func abandon() {}

    package func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        try readers.read(body)
    }
}

extension PostgresStore {
    /// The versions that this program can bring a database to.
    package static var versions: ClosedRange<Int64> { 1...Int64(Migration.currentVersion) }

    /// Brings a database to the current shape, or to one that comes before it. Switches may be serving.
    ///
    /// - Returns: the version that the database has then.
    @discardableResult
    package static func migrate(_ address: ServerAddress, to version: Int64? = nil) throws(StoreError) -> Int {
        let session = Session(to: address, for: .migrating)
        do throws(PostgresError) {
            _ = try session.migrate(to: version.map(Int.init) ?? Migration.currentVersion)
            return try DatabaseShape(on: session).version
        } catch {
            throw error.error
        }
    }

    private static let selectSize = Statement("SELECT pg_database_size(current_database())")

    /// The bytes that a database takes on the server's disk, without its log.
    package static func size(of address: ServerAddress) throws(StoreError) -> Int64 {
        let session = Session(to: address, for: .reading)
        do throws(PostgresError) {
            let rows = try session.run(selectSize)
            return (try? rows.first { columns in columns.int64() }) ?? 0
        } catch {
            throw error.error
        }
    }

    private static func prepare(_ address: ServerAddress) throws(StoreError) {
        let session = Session(to: address, for: .reading)
        let isUsable: Bool
        do throws(PostgresError) {
            isUsable = try DatabaseShape(on: session).isUsable()
        } catch {
            throw error.error
        }
        if !isUsable { try migrate(address) }
    }
}

/// The number of this node, which changes when it has been given up and joins anew.
private final class NodeNumber: Sendable {
    private let number = Mutex<Int32?>(nil)

    var value: Int32? { number.withLock { $0 } }
    func set(_ value: Int32?) { number.withLock { $0 = value } }
}

extension StoreError {
    fileprivate static var readOnly: StoreError {
        StoreError(.unavailable, "The database was opened for reading only, or has been closed.")
    }

    fileprivate static var olderShape: StoreError {
        StoreError(.notUsable, "The database is empty or of an older version: run 'kizuna migrate' once.")
    }
}
