import Foundation
import Glibc
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaSQLite

/// When the disk is full or may not be written, the store says so and what was committed stays.
@Suite struct FullAndReadOnlyTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path(of: "kizuna.db") }

    init() throws {
        folder = try TemporaryFolder()
        try setRights(0o777, of: folder.url.path)
    }

    private func open(mostPages: Int? = nil) throws(StoreError) -> SQLiteStore {
        var settings = WriterSettings.impatient
        settings.mostPages = mostPages
        return try SQLiteStore(path: path, digester: OpenSSLDigester(), settings: settings)
    }

    private func setRights(_ rights: Int, of path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: path)
    }

    @Test func aFullDatabaseKeepsWhatItHas() throws {
        do {
            let store = try open()
            var transaction = Transaction()
            World.foundation(&transaction)
            try store.commit(transaction, at: World.now)
        }
        let pages = try Int(Connection.reading(from: path).number("PRAGMA page_count"))
        var committed = 0
        do {
            let store = try open(mostPages: pages + 20)
            let error = #expect(throws: StoreError.self) {
                while committed < 10_000 {
                    try commit(UInt64(committed), to: store)
                    committed += 1
                }
            }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains("full") == true)
            // It goes on saying so, and goes on being read.
            #expect(throws: StoreError.self) { try commit(UInt64(committed), to: store) }
            #expect(try count(in: store) == committed)
        }
        #expect(committed > 10)
        let store = try open()
        #expect(try count(in: store) == committed)
        try commit(UInt64(committed), to: store)
        #expect(try count(in: store) == committed + 1)
        var audit = Audit()
        try store.read { reader throws(StoreError) in try reader.audit(&audit) }
        #expect(audit.violations == [])
    }

    private func commit(_ number: UInt64, to store: SQLiteStore) throws {
        var transaction = Transaction()
        let payment = World.payment(number)
        World.pay(payment, in: &transaction)
        transaction.parties.set(payment.id, World.parties)
        try store.commit(transaction, at: World.now)
    }

    private func count(in store: SQLiteStore) throws -> Int {
        try store.read { reader throws(StoreError) in try reader.paymentCounts() }[.sent] ?? 0
    }

    @Test func aFolderThatMayNotBeWrittenIsSaid() throws {
        try setRights(0o555, of: folder.url.path)
        defer { try? setRights(0o777, of: folder.url.path) }
        try withoutPrivileges {
            let error = #expect(throws: StoreError.self) { _ = try open() }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains("folder cannot be written") == true)
        }
    }

    @Test func aFileThatMayNotBeWrittenIsSaid() throws {
        do { _ = try open() }
        try setRights(0o666, of: "\(path).lock")
        try setRights(0o444, of: path)
        let before = try Data(contentsOf: URL(filePath: path))
        try withoutPrivileges {
            let error = #expect(throws: StoreError.self) { _ = try open() }
            #expect(error?.code == .unavailable)
            #expect(error?.message.contains("may not be written") == true)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func booksAreReadWhereNothingMayBeWritten() throws {
        do {
            let store = try open()
            try RandomTraffic(store: store, seed: 5).run(groups: 10)
        }
        try setRights(0o444, of: path)
        try setRights(0o555, of: folder.url.path)
        defer { try? setRights(0o777, of: folder.url.path) }
        try withoutPrivileges {
            let reader = try SQLiteStore(readingOnly: path, digester: OpenSSLDigester())
            var audit = Audit()
            try reader.read { reader throws(StoreError) in try reader.audit(&audit) }
            #expect(audit.violations == [])
            #expect(audit.transfers > 0)
        }
    }

    @Test func aPathWithSignsOfAnAddressIsReadAsItStands() throws {
        let path = folder.path(of: "100% riel? #1.db")
        do { _ = try SQLiteStore(path: path, digester: OpenSSLDigester()) }
        let connection = try Connection(path: path, for: .readingUnchanging)
        #expect(try connection.number("PRAGMA user_version") == Migration.currentVersion)
    }

    /// Runs a body with the rights of nobody: to the superuser everything may be written.
    private func withoutPrivileges(_ body: () throws -> Void) throws {
        guard geteuid() == 0 else { return try body() }
        // Of this thread only, and of the file system only; the C library's own headers do not reach Swift.
        typealias SetUser = @convention(c) (uid_t) -> CInt
        let symbol = try #require(dlsym(nil, "setfsuid"))
        let setUser = unsafeBitCast(symbol, to: SetUser.self)
        _ = setUser(65_534)
        defer { _ = setUser(0) }
        try body()
    }
}
