import KizunaCrypto
import KizunaLedger
import KizunaPayments
import KizunaSwitch
import Synchronization
import Testing

@testable import KizunaSQLite

/// A commit may be made ahead of the disk, and nobody sees it before the disk has it.
@Suite struct LogDurabilityTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path(of: "kizuna.db") }
    private let disk = Disk()

    /// Counts how often the log is synchronised, and refuses when it is told to.
    private final class Disk: Sendable {
        /// SQLite's `SQLITE_IOERR_FSYNC`.
        private static let refusal: Int32 = 1_034
        private let count = Atomic(0)
        private let refuses = Atomic(false)

        var synchronisations: Int { count.load(ordering: .relaxed) }
        func refuse() { refuses.store(true, ordering: .relaxed) }

        func synchronise(_ log: OpaquePointer) -> Int32 {
            count.add(1, ordering: .relaxed)
            return refuses.load(ordering: .relaxed) ? Disk.refusal : WriterSettings().synchronise(log)
        }
    }

    init() throws { folder = try TemporaryFolder() }

    /// A store with the world's foundation in it, all on disk.
    private func open() throws -> SQLiteStore {
        var settings = WriterSettings.impatient
        settings.synchronise = { [disk] in disk.synchronise($0) }
        let store = try SQLiteStore(path: path, digester: OpenSSLDigester(), settings: settings)
        var transaction = Transaction()
        World.foundation(&transaction)
        try store.commit(transaction, at: World.now)
        return store
    }

    private func commitAhead(_ number: UInt64, to store: SQLiteStore) throws {
        var transaction = Transaction()
        World.pay(World.payment(number), in: &transaction)
        transaction.parties.set(World.payment(number).id, World.parties)
        try store.commitAhead(transaction, at: World.now)
    }

    @Test func manyCommitsAreSynchronisedTogether() throws {
        let store = try open()
        let before = disk.synchronisations
        for number in 1...3 as ClosedRange<UInt64> { try commitAhead(number, to: store) }
        #expect(disk.synchronisations == before)
        try store.makeDurable()
        try store.makeDurable()
        #expect(disk.synchronisations == before + 1)
    }

    @Test func whoReadsWaitsForTheDisk() throws {
        let store = try open()
        try commitAhead(1, to: store)
        let before = disk.synchronisations
        let payment = try store.read { reader throws(StoreError) in try reader.payment(World.payment(1).id) }
        #expect(payment != nil)
        #expect(disk.synchronisations == before + 1)
    }

    @Test func nothingFollowsWhatTheDiskDidNotTake() throws {
        do {
            let store = try open()
            try commitAhead(1, to: store)
            disk.refuse()
            for _ in 1...2 {
                let error = #expect(throws: StoreError.self) { try store.makeDurable() }
                #expect(error?.code == .unavailable && error?.message.contains("start the switch anew") == true)
            }
            #expect(throws: StoreError.self) { try commitAhead(2, to: store) }
            #expect(throws: StoreError.self) { try store.check() }
        }
        let store = try SQLiteStore(path: path, digester: OpenSSLDigester())
        var audit = Audit()
        try store.read { reader throws(StoreError) in try reader.audit(&audit) }
        #expect(audit.violations == [])
        #expect(try store.read { reader throws(StoreError) in try reader.payment(World.payment(2).id) } == nil)
    }

    /// Frames of a log that begins anew lie over those of the one before: without its head on disk, what is left of those
    /// would be read after a loss of power.
    @Test func aLogThatBeginsAnewWaitsForTheDisk() throws {
        let connection = try Connection.writing(to: path, .impatient)
        try connection.execute("CREATE TABLE t (a)")
        let log = connection.log
        let durability = LogDurability(of: try #require(log), disk.synchronise)
        let insert = try connection.prepare("INSERT INTO t VALUES (1)")
        try durability.ahead { () throws(StoreError) in try insert.run() }
        #expect(durability.madeAhead == 1)
        #expect(try connection.checkpoint() == 0)
        try durability.ahead { () throws(StoreError) in try insert.run() }
        #expect(durability.madeAhead == 2, "The commit has been left to others, and the head before it has not")
    }
}
