import Foundation
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaSQLite

/// What was committed outlives the process, wherever it is cut off.
@Suite struct DurabilityTests {
    private static let commits: UInt64 = 12

    /// The files as they lie on the disk when the process is killed between two commits and within one.
    private func filesOfAKilledProcess(in folder: TemporaryFolder) throws -> (database: Data, log: Data) {
        let path = folder.path(of: "living.db")
        do {
            let store = try SQLiteStore(path: path, digester: OpenSSLDigester())
            var transaction = Transaction()
            World.foundation(&transaction)
            try store.commit(transaction, at: World.now)
        }
        let store = try SQLiteStore(path: path, digester: OpenSSLDigester())
        for number in 1...Self.commits {
            var transaction = Transaction()
            World.pay(World.payment(number), in: &transaction)
            transaction.append(World.line(.direct, transaction: number, amount: Int64(number)))
            var debit = Account(id: World.issuerAccount, debitsPosted: Int64(number * (number + 1) / 2))
            var credit = Account(id: World.providerAccount, creditsPosted: debit.debitsPosted)
            try store.fetch([.account(debit.id), .account(credit.id)], into: &transaction)
            debit.netDebitCapMinorUnits = nil
            credit.netDebitCapMinorUnits = nil
            transaction.accounts.set(debit.id, debit)
            transaction.accounts.set(credit.id, credit)
            try store.commit(transaction, at: World.now)
        }
        var unfinished = Transaction()
        try store.fetch([.payment(World.payment(99).id)], into: &unfinished)
        return (try Data(contentsOf: URL(filePath: path)), try Data(contentsOf: URL(filePath: "\(path)-wal")))
    }

    @Test func everyCommitIsThereAfterAKill() throws {
        let folder = try TemporaryFolder()
        let files = try filesOfAKilledProcess(in: folder)
        let store = try revive(files.database, files.log, in: folder)
        #expect(try count(in: store) == Int(Self.commits))
        #expect(try audit(of: store).violations == [])
        for number in 1...Self.commits {
            let payment = try store.read { reader throws(StoreError) in try reader.payment(World.payment(number).id) }
            #expect(payment == World.payment(number))
        }
    }

    /// Wherever the log is torn, the store opens with the commits before the tear, each one whole.
    @Test func aTornLogBringsBackWholeCommitsOnly() throws {
        let folder = try TemporaryFolder()
        let files = try filesOfAKilledProcess(in: folder)
        var seen: Set<Int> = []
        for part in 0...60 {
            let length = files.log.count * part / 60
            let store = try revive(files.database, files.log.prefix(length), in: folder)
            let payments = try count(in: store)
            let audit = try audit(of: store)
            #expect(audit.violations == [], "torn at \(length)")
            #expect(audit.transfers == payments, "torn at \(length)")
            seen.insert(payments)
        }
        #expect(seen.contains(0))
        #expect(seen.contains(Int(Self.commits)))
        #expect(seen.count > 5)
    }

    @Test func aLogWithAFlippedBitEndsBeforeIt() throws {
        let folder = try TemporaryFolder()
        let files = try filesOfAKilledProcess(in: folder)
        var dice = Dice(seed: 3)
        for _ in 0..<20 {
            var log = files.log
            log[Int.random(in: 32..<log.count, using: &dice)] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
            let store = try revive(files.database, log, in: folder)
            let audit = try audit(of: store)
            #expect(audit.violations == [])
            #expect(try count(in: store) == audit.transfers)
        }
    }

    @Test func aClosedDatabaseIsOneFile() throws {
        let folder = try TemporaryFolder()
        let path = folder.path(of: "kizuna.db")
        do {
            let store = try SQLiteStore(path: path, digester: OpenSSLDigester())
            try RandomTraffic(store: store, seed: 9).run(groups: 5)
            _ = try audit(of: store)
        }
        #expect(!FileManager.default.fileExists(atPath: "\(path)-wal"))
        let copy = folder.path(of: "copy.db")
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        let store = try SQLiteStore(readingOnly: copy, digester: OpenSSLDigester())
        #expect(try audit(of: store).violations == [])
    }

    private func revive(_ database: Data, _ log: Data, in folder: TemporaryFolder) throws -> SQLiteStore {
        let path = folder.path(of: "revived.db")
        try? FileManager.default.removeItem(atPath: "\(path)-shm")
        try database.write(to: URL(filePath: path))
        try log.write(to: URL(filePath: "\(path)-wal"))
        return try SQLiteStore(path: path, digester: OpenSSLDigester())
    }

    private func count(in store: SQLiteStore) throws -> Int {
        try store.read { reader throws(StoreError) in try reader.paymentCounts() }[.sent] ?? 0
    }

    private func audit(of store: SQLiteStore) throws -> Audit {
        var audit = Audit()
        try store.read { reader throws(StoreError) in try reader.audit(&audit) }
        return audit
    }
}
