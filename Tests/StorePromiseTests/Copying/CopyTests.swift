import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaPostgres
@testable import KizunaSQLite

/// Everything goes from one database to the other and back, and nothing half.
@Suite struct CopyTests {
    private static let digester = OpenSSLDigester()

    /// A file and a PostgreSQL database, both empty.
    private final class Pair {
        let folder: TemporaryFolder
        let server: TestServer
        let database: String
        var path: String { folder.path(of: "copy.db") }

        init() throws {
            folder = try TemporaryFolder()
            server = try TestServer.shared()
            database = try server.takeDatabase()
        }

        deinit { server.giveBack(database) }

        func address() throws -> ServerAddress { try server.address(of: database) }
    }

    @discardableResult
    private func copy(_ source: any CopySource, _ target: any CopyTarget) throws -> [DatabaseCopy.Count] {
        var (last, whole) = (0, 0)
        let counts = try DatabaseCopy(from: source, to: target, using: Self.digester).run { done, of in
            #expect(done > last)
            (last, whole) = (done, of)
        }
        #expect(last == whole)
        return counts
    }

    private func rows(of source: any CopySource) throws -> [String: Set<[CopiedValue]>] {
        var all: [String: Set<[CopiedValue]>] = [:]
        for table in CopiedTable.all {
            var rows: Set<[CopiedValue]> = []
            try source.forEachPiece(of: table) { piece throws(StoreError) in
                #expect(piece.count <= table.rowsAtOnce)
                rows.formUnion(piece)
            }
            #expect(try source.rowCount(of: table) == rows.count)
            all[table.name] = rows
        }
        return all
    }

    /// Every table has rows, and each comes back as it was.
    @Test func everythingGoesThereAndBack() throws {
        let pair = try Pair()
        let fixture = try SQLiteFixture()
        try fixture.commit(World.foundation)
        try fixture.commit(World.everything)
        try fixture.store.mark(.sandbox)
        fixture.close()
        let counts = try copy(SQLiteCopySource(path: fixture.path), PostgresCopyTarget(pair.address()))
        #expect(counts.filter { $0.rows == 0 } == [])
        #expect(counts.map(\.table) == CopiedTable.all.map(\.name))
        try copy(PostgresCopySource(pair.address()), SQLiteCopyTarget(path: pair.path))
        let before = try rows(of: SQLiteCopySource(path: fixture.path))
        #expect(try rows(of: PostgresCopySource(pair.address())) == before)
        #expect(try rows(of: SQLiteCopySource(path: pair.path)) == before)
        #expect(before.values.reduce(0) { $0 + $1.count } > 150)
    }

    /// A sandbox's copy is a sandbox's, and what is marked already is no place to copy to.
    @Test func aCopyIsForWhatTheFirstWasFor() throws {
        let pair = try Pair()
        let fixture = try SQLiteFixture()
        try fixture.store.enter(.sandbox)
        fixture.close()
        try copy(SQLiteCopySource(path: fixture.path), PostgresCopyTarget(pair.address()))
        let store = try PostgresStore(address: pair.address(), digester: Self.digester)
        #expect(throws: StoreError.self) { try store.enter(.live) }
        let live = try SQLiteFixture()
        try live.store.enter(.live)
        live.close()
        let refused = #expect(throws: StoreError.self) { try SQLiteCopyTarget(path: live.path) }
        #expect(refused?.sentence.contains("environment has rows") == true)
    }

    /// The copies have the books of the first, and go on where it stopped: new accounts, new lines, the work left over.
    @Test(arguments: [31, 32] as [UInt64])
    func copiesGoOn(seed: UInt64) throws {
        let pair = try Pair()
        let fixture = try SQLiteFixture()
        try RandomTraffic(store: fixture.store, seed: seed).run(groups: 80)
        let audit = try fixture.audit()
        let end = Timestamp(milliseconds: .max)
        let work = try fixture.read { reader throws(StoreError) in
            (try reader.dueMessages(at: end, limit: 10_000), try reader.dueTimers(at: end, limit: 10_000))
        }
        #expect(!work.0.isEmpty)
        fixture.close()
        try copy(SQLiteCopySource(path: fixture.path), PostgresCopyTarget(pair.address()))
        do {
            let store = try PostgresStore(address: pair.address(), digester: Self.digester)
            try check(store, audit, work, end)
            try goOn(store)
        }
        try copy(PostgresCopySource(pair.address()), SQLiteCopyTarget(path: pair.path))
        try goOn(SQLiteStore(path: pair.path, digester: Self.digester), from: 1)
    }

    private func check(
        _ store: any Store,
        _ expected: Audit,
        _ work: ([OutboxMessage], [TimerKey]),
        _ end: Timestamp
    ) throws {
        var audit = Audit()
        let found = try store.read { reader throws(StoreError) in
            try reader.audit(&audit)
            return (try reader.dueMessages(at: end, limit: 10_000), try reader.dueTimers(at: end, limit: 10_000))
        }
        #expect(audit.violations == [])
        #expect(audit.transfers == expected.transfers)
        #expect(Set(found.0) == Set(work.0))
        #expect(Set(found.1) == Set(work.1))
    }

    /// A participant joins, with accounts of its own, and lines are written upon the chain that was copied.
    private func goOn(_ store: any Store, from number: UInt64 = 0) throws {
        var transaction = Transaction()
        let owner = World.participant("newcomer-\(number)")
        let participant = Participant(id: owner, name: "New", country: .japan, roles: .fxProvider)
        transaction.participants.set(owner, participant)
        let accounts = participant.accountIDs.filter { $0.currency == .jpy }.prefix(2)
        for account in accounts { transaction.accounts.set(account, Account(id: account)) }
        try store.commit(transaction, at: World.now)
        transaction = Transaction()
        let keys = accounts.map { RecordKey.account($0) }
        try store.fetch(keys, into: &transaction)
        let line = World.line(.direct, transaction: 900 + number, debit: accounts[0], credit: accounts[1])
        transaction.accounts.set(accounts[0], Account(id: accounts[0], debitsPosted: line.minorUnits))
        transaction.accounts.set(accounts[1], Account(id: accounts[1], creditsPosted: line.minorUnits))
        transaction.append(line)
        try store.commit(transaction, at: World.now)
        var audit = Audit()
        try store.read { reader throws(StoreError) in try reader.audit(&audit) }
        #expect(audit.violations == [])
    }

    // MARK: What is refused

    private func expect(_ code: StoreError.Code, _ words: String, _ body: () throws -> Void) {
        let error = #expect(throws: StoreError.self) { try body() }
        #expect(error?.code == code && error?.message.contains(words) == true, "\(String(describing: error))")
    }

    @Test func onlyWhatIsEmptyIsCopiedTo() throws {
        let pair = try Pair()
        let (file, other) = (try SQLiteFixture(), try PostgresFixture())
        try file.commit(World.foundation)
        try other.commit(World.foundation)
        file.close()
        other.close()
        expect(.notUsable, "not empty") { _ = try SQLiteCopyTarget(path: file.path) }
        expect(.notUsable, "not empty") { _ = try PostgresCopyTarget(other.server.address(of: other.database)) }
        // One that has been made and not used is empty.
        _ = try SQLiteStore(path: pair.path, digester: Self.digester)
        try copy(SQLiteCopySource(path: file.path), SQLiteCopyTarget(path: pair.path))
    }

    @Test func whatASwitchServesIsNotCopied() throws {
        let (file, other) = (try SQLiteFixture(), try PostgresFixture())
        expect(.unavailable, "A switch or a command") { _ = try SQLiteCopySource(path: file.path) }
        expect(.unavailable, "A switch or a command") { _ = try SQLiteCopyTarget(path: file.path) }
        let address = try other.server.address(of: other.database)
        expect(.unavailable, "stop every 'kizuna serve'") { _ = try PostgresCopySource(address) }
        expect(.unavailable, "stop every 'kizuna serve'") { _ = try PostgresCopyTarget(address) }
    }

    /// While a copy is under way, no switch begins on either side.
    @Test func nobodyServesMeanwhile() throws {
        let pair = try Pair()
        let impatient = try pair.server.address(of: pair.database, patience: .seconds(1))
        let target = try PostgresCopyTarget(pair.address())
        expect(.unavailable, "too slow") { _ = try PostgresStore(address: impatient, digester: Self.digester) }
        withExtendedLifetime(target) {}
    }

    @Test func otherVersionsAreNotCopied() throws {
        let pair = try Pair()
        expect(.notUsable, "run 'kizuna migrate'") {
            _ = try PostgresCopySource(pair.server.address(of: pair.server.makeEmptyDatabase()))
        }
        _ = try SQLiteStore(path: pair.path, digester: Self.digester)
        try Connection(path: pair.path, for: .writing).execute("PRAGMA user_version = 1")
        expect(.notUsable, "older version") { _ = try SQLiteCopySource(path: pair.path) }
        expect(.notUsable, "older version") { _ = try SQLiteCopyTarget(path: pair.path) }
        expect(.unavailable, "") { _ = try SQLiteCopySource(path: pair.folder.path(of: "nothing.db")) }
    }

    /// A copy that does not come to its end leaves the target as empty as it was.
    @Test func halfACopyIsNone() throws {
        let pair = try Pair()
        let fixture = try SQLiteFixture()
        try fixture.commit(World.foundation)
        try fixture.commit(World.everything)
        fixture.close()
        let source = try SQLiteCopySource(path: fixture.path)
        let begin = { (target: any CopyTarget) in
            for table in CopiedTable.all where !table.isDerived {
                try source.forEachPiece(of: table) { rows throws(StoreError) in try target.add(rows, to: table) }
            }
        }
        try begin(PostgresCopyTarget(pair.address()))
        try begin(SQLiteCopyTarget(path: pair.path))
        try copy(source, PostgresCopyTarget(pair.address()))
        try copy(source, SQLiteCopyTarget(path: pair.path))
    }

    /// A target that changes what it is given is found out before anything lasts.
    @Test(arguments: ["payments", "parties", "journal_groups"])
    func aWrongCopyIsFoundOut(table: String) throws {
        let pair = try Pair()
        let fixture = try SQLiteFixture()
        try fixture.commit(World.foundation)
        try fixture.commit(World.everything)
        fixture.close()
        let target = ForgetfulTarget(try SQLiteCopyTarget(path: pair.path), forgets: table)
        expect(.corrupt, "The copy of \(table) is not what was copied") {
            try copy(SQLiteCopySource(path: fixture.path), target)
        }
    }

    /// Changes the last value of each row of one table.
    private struct ForgetfulTarget: CopyTarget {
        let target: any CopyTarget
        let table: String

        init(_ target: any CopyTarget, forgets table: String) {
            self.target = target
            self.table = table
        }

        func rowCount(of table: CopiedTable) throws(StoreError) -> Int { try target.rowCount(of: table) }

        func forEachPiece(
            of table: CopiedTable,
            _ body: ([[CopiedValue]]) throws(StoreError) -> Void
        ) throws(StoreError) {
            try target.forEachPiece(of: table) { rows throws(StoreError) in
                try body(rows.map { row in table.name == self.table ? row.dropLast() + [.bytes([1])] : row })
            }
        }

        func add(_ rows: [[CopiedValue]], to table: CopiedTable) throws(StoreError) {
            try target.add(rows, to: table)
        }

        func commit() throws(StoreError) { try target.commit() }
    }
}
