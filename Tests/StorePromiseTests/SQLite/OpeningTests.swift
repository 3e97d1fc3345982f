import Foundation
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaSwitch
import Testing

@testable import KizunaSQLite

/// A file that cannot be used is said to be so, in a sentence that helps, and nothing happens to it.
@Suite struct OpeningTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path(of: "kizuna.db") }

    init() throws { folder = try TemporaryFolder() }

    private func open(_ settings: WriterSettings = .impatient) throws(StoreError) -> SQLiteStore {
        try SQLiteStore(path: path, digester: OpenSSLDigester(), settings: settings)
    }

    private func expect(
        _ code: StoreError.Code,
        _ words: String,
        _ location: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        let error = #expect(throws: StoreError.self, sourceLocation: location) { try body() }
        #expect(error?.code == code, sourceLocation: location)
        #expect(error?.message.contains(words) == true, "\(String(describing: error))", sourceLocation: location)
    }

    @Test func aNewFileIsMarkedAndSettledAsItShouldBe() throws {
        let store = try open()
        let connection = try Connection(path: path, for: .reading)
        #expect(try connection.number("PRAGMA application_id") == Migration.applicationID)
        #expect(try connection.number("PRAGMA user_version") == Migration.currentVersion)
        #expect(try connection.text("PRAGMA journal_mode") == "wal")
        #expect(try connection.text("PRAGMA integrity_check") == "ok")
        withExtendedLifetime(store) {}
    }

    /// A backup comes without a log, and in the mode that has none.
    @Test func aBackupIsWrittenTo() throws {
        let backup = folder.path(of: "backup.db")
        do {
            let store = try open()
            try Connection(path: path, for: .writing).execute("VACUUM INTO '\(backup)'")
            withExtendedLifetime(store) {}
        }
        #expect(try Connection(path: backup, for: .reading).text("PRAGMA journal_mode") == "delete")
        let store = try SQLiteStore(path: backup, digester: OpenSSLDigester())
        var transaction = Transaction()
        World.foundation(&transaction)
        try store.commit(transaction, at: World.now)
        #expect(try store.read { reader throws(StoreError) in try reader.participant(World.issuer) } != nil)
    }

    @Test func theWriterSynchronisesEveryCommitAndKeepsReferences() throws {
        let connection = try Connection.writing(to: path, WriterSettings())
        #expect(try connection.number("PRAGMA synchronous") == 2)
        #expect(try connection.number("PRAGMA foreign_keys") == 1)
        #expect(try connection.number("PRAGMA trusted_schema") == 0)
    }

    @Test(arguments: ["", ":memory:"])
    func onlyFilesAreDatabases(path: String) {
        expect(.notUsable, "needs the path of a file") {
            _ = try SQLiteStore(path: path, digester: OpenSSLDigester())
        }
        expect(.notUsable, "needs the path of a file") {
            _ = try SQLiteStore(readingOnly: path, digester: OpenSSLDigester())
        }
    }

    @Test func aFolderThatIsMissingIsSaid() throws {
        let path = folder.path(of: "missing/kizuna.db")
        expect(.unavailable, "folder cannot be written") {
            _ = try SQLiteStore(path: path, digester: OpenSSLDigester())
        }
        expect(.unavailable, "cannot be opened") {
            _ = try SQLiteStore(readingOnly: path, digester: OpenSSLDigester())
        }
    }

    @Test func aFolderIsNoDatabase() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        expect(.unavailable, "cannot be opened") { _ = try open() }
    }

    @Test(arguments: [2, 100, 512, 4_096])
    func aFileOfSomethingElseIsRefusedAndLeftAlone(size: Int) throws {
        let bytes = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 % 26 + 97) })
        try bytes.write(to: URL(filePath: path))
        expect(.notUsable, "no SQLite database") { _ = try open() }
        expect(.notUsable, "no SQLite database") {
            _ = try SQLiteStore(readingOnly: path, digester: OpenSSLDigester())
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }

    @Test(arguments: ["CREATE TABLE songs (name TEXT)", "PRAGMA application_id = 7", "PRAGMA user_version = 1"])
    func anotherProgramsDatabaseIsRefusedAndLeftAlone(sql: String) throws {
        do { try Connection(path: path, for: .writing).execute(sql) }
        let before = try Data(contentsOf: URL(filePath: path))
        expect(.notUsable, "another program") { _ = try open() }
        expect(.notUsable, "another program") {
            _ = try SQLiteStore(readingOnly: path, digester: OpenSSLDigester())
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func aNewerVersionIsRefused() throws {
        _ = try open()
        do { try Connection(path: path, for: .writing).execute("PRAGMA user_version = 99") }
        expect(.notUsable, "version 99") { _ = try open() }
        expect(.notUsable, "use the newer program") { _ = try open() }
    }

    @Test func anOlderOrEmptyDatabaseIsNotReadBeforeItIsBroughtUpToDate() throws {
        do { try Connection(path: path, for: .writing).execute("PRAGMA application_id = \(Migration.applicationID)") }
        expect(.notUsable, "older version") { _ = try SQLiteStore(readingOnly: path, digester: OpenSSLDigester()) }
        _ = try open()
        _ = try SQLiteStore(readingOnly: path, digester: OpenSSLDigester())
        let empty = folder.path(of: "empty.db")
        try Data().write(to: URL(filePath: empty))
        expect(.notUsable, "empty") { _ = try SQLiteStore(readingOnly: empty, digester: OpenSSLDigester()) }
    }

    @Test func aMigrationThatFailsLeavesNothing() throws {
        // A table of the same name is in the way, though the file says that it is ours and of version 0.
        do {
            try Connection(path: path, for: .writing).execute(
                "PRAGMA application_id = \(Migration.applicationID); CREATE TABLE journal (x)"
            )
        }
        expect(.notUsable, "already exists") { _ = try open() }
        let connection = try Connection(path: path, for: .reading)
        #expect(try connection.number("SELECT count(*) FROM sqlite_schema") == 1)
        #expect(try connection.number("PRAGMA user_version") == 0)
    }

    @Test func aFileWithoutItsTablesIsSaidToBe() throws {
        do {
            let connection = try Connection(path: path, for: .writing)
            try connection.execute(
                """
                PRAGMA application_id = \(Migration.applicationID);
                PRAGMA user_version = \(Migration.currentVersion);
                """
            )
        }
        expect(.notUsable, "no such table") { _ = try open() }
        expect(.notUsable, "no such table") { _ = try SQLiteStore(readingOnly: path, digester: OpenSSLDigester()) }
    }

    @Test func aDamagedFileIsSaidToBe() throws {
        do {
            let store = try open()
            try RandomTraffic(store: store, seed: 1).run(groups: 20)
        }
        var bytes = try Data(contentsOf: URL(filePath: path))
        for index in 8_192..<bytes.count { bytes[index] = 0x5A }
        try bytes.write(to: URL(filePath: path))
        expect(.corrupt, "damaged") {
            let store = try open()
            var audit = Audit()
            try store.read { reader throws(StoreError) in try reader.audit(&audit) }
        }
    }
}

extension WriterSettings {
    /// Tests wait for nobody.
    static let impatient = WriterSettings(lockPatience: .milliseconds(10))
}
