import Foundation
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaSQLite

/// The log is brought back into the file while commits go on, and nothing is lost on the way.
@Suite struct CheckpointTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path(of: "kizuna.db") }

    init() throws { folder = try TemporaryFolder() }

    private func open() throws -> SQLiteStore {
        var settings = WriterSettings.impatient
        settings.longLog = 16
        let store = try SQLiteStore(path: path, digester: OpenSSLDigester(), settings: settings)
        var transaction = Transaction()
        World.foundation(&transaction)
        try store.commit(transaction, at: World.now)
        return store
    }

    private func commit(_ numbers: Range<UInt64>, to store: SQLiteStore) throws(StoreError) {
        for number in numbers {
            var transaction = Transaction()
            World.pay(World.payment(number), in: &transaction)
            transaction.parties.set(World.payment(number).id, World.parties)
            try store.commit(transaction, at: World.now)
        }
    }

    private func logSize() throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: "\(path)-wal")[.size] as? Int)
    }

    @Test func theLogDoesNotGrowForEver() throws {
        do {
            let store = try open()
            try commit(0..<400, to: store)
            // 400 commits write far more than 4,000 pages of 4 KiB.
            #expect(try logSize() < 2_000 * 4_096)
        }
        let store = try SQLiteStore(readingOnly: path, digester: OpenSSLDigester())
        #expect(try store.read { reader throws(StoreError) in try reader.paymentCounts() } == [.sent: 400])
        #expect(try Connection.reading(from: path).text("PRAGMA integrity_check") == "ok")
    }

    @Test func aReaderHoldsUpTheLogAndNothingElse() throws {
        let store = try open()
        try commit(0..<10, to: store)
        try store.read { reader throws(StoreError) in
            #expect(try reader.paymentCounts() == [.sent: 10])
            try commit(10..<60, to: store)
            #expect(try reader.paymentCounts() == [.sent: 10])
            #expect(try store.read { other throws(StoreError) in try other.paymentCounts() } == [.sent: 60])
        }
        try commit(60..<120, to: store)
        #expect(try store.read { reader throws(StoreError) in try reader.paymentCounts() } == [.sent: 120])
    }

    @Test func whatIsBroughtBackIsCounted() throws {
        let connection = try Connection.writing(to: path, .impatient)
        try connection.execute("INSERT INTO institutions (id) VALUES ('one-bank')")
        #expect(connection.logPages > 1)
        #expect(try connection.checkpoint() == 0)
        try connection.synchroniseFile()
        try connection.execute("INSERT INTO institutions (id) VALUES ('another-bank')")
        #expect(connection.logPages < 5, "A log that has been brought back begins anew")
        let reader = try Connection.reading(from: path)
        let error = #expect(throws: StoreError.self) { _ = try reader.checkpoint() }
        #expect(error?.code == .unavailable)
    }
}
