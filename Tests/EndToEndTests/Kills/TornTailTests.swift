import Foundation
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSQLite
import KizunaSwitch
import Testing

/// The torn tails are what they claim to be: this reader of logs and SQLite agree about where the commits end.
@Suite struct TornTailTests {
    private static let commits = 5

    @Test(arguments: TornTail.allCases, 0..<6 as Range<UInt64>)
    func leavesEveryCommit(tail: TornTail, seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let copy = try Self.databaseOfAKilledProcess(in: folder)
        let log = try #require(WriteAheadLog(try Data(contentsOf: URL(filePath: "\(copy)-wal"))))
        #expect(log.commitsEnd == log.framesEnd)
        var dice = SplitMix(seed: seed)
        #expect(try tail.tear(logOf: copy, using: &dice))
        let store = try SQLiteStore(path: copy, digester: OpenSSLDigester())
        #expect(try Self.count(in: store) == Self.commits)
        try Self.join(99, store)
        #expect(try Self.count(in: store) == Self.commits + 1)
    }

    /// The frames that this reader would write are SQLite's: with an end of a commit behind them they count.
    @Test func knowsTheFormOfACommit() throws {
        let folder = try TemporaryFolder()
        let copy = try Self.databaseOfAKilledProcess(in: folder)
        let url = URL(filePath: "\(copy)-wal")
        let bytes = try Data(contentsOf: url)
        let log = try #require(WriteAheadLog(bytes))
        let page = [UInt8](repeating: 7, count: log.pageBytes)
        let frames = log.frames(of: [page, page], endsCommit: true)
        let longer = try #require(WriteAheadLog(bytes.prefix(log.commitsEnd) + frames))
        #expect(longer.commitsEnd == log.commitsEnd + frames.count)
        // SQLite takes the commit as well: page 2 of the database is now nonsense.
        try (bytes.prefix(log.commitsEnd) + frames).write(to: url)
        #expect(throws: StoreError.self) {
            let store = try SQLiteStore(path: copy, digester: OpenSSLDigester())
            _ = try Self.count(in: store)
        }
    }

    @Test func findsNoLogWhereNoneIs() throws {
        let folder = try TemporaryFolder()
        var dice = SplitMix(seed: 1)
        #expect(try !TornTail.garbage.tear(logOf: folder.database, using: &dice))
        try Data(count: 100).write(to: URL(filePath: "\(folder.database)-wal"))
        #expect(try !TornTail.garbage.tear(logOf: folder.database, using: &dice))
    }

    private static func databaseOfAKilledProcess(in folder: TemporaryFolder) throws -> String {
        let store = try SQLiteStore(path: folder.database, digester: OpenSSLDigester())
        for number in 1...commits { try join(number, store) }
        let copy = folder.url.appending(path: "copy.db").path
        try FileManager.default.copyItem(atPath: folder.database, toPath: copy)
        try FileManager.default.copyItem(atPath: "\(folder.database)-wal", toPath: "\(copy)-wal")
        return copy
    }

    private static func join(_ number: Int, _ store: SQLiteStore) throws {
        let id = try #require(ParticipantID("bank-\(number)"))
        var transaction = Transaction()
        transaction.participants.set(
            id,
            Participant(
                id: id,
                name: "Bank",
                country: .japan,
                roles: .issuer,
                endpoint: nil,
                issuerFeeBasisPoints: 0
            )
        )
        try store.commit(transaction, at: Timestamp(milliseconds: 1))
    }

    private static func count(in store: SQLiteStore) throws -> Int {
        try store.read { reader throws(StoreError) in try reader.participants().count }
    }
}
