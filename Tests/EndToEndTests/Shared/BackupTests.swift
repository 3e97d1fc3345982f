import DatabaseServer
import Foundation
import KizunaCommands
import KizunaCrypto
import KizunaLedger
import KizunaPostgres
import KizunaSQLite
import KizunaSimulation
import KizunaSwitch
import KizunaWeb
import Testing

/// What `docs/databases.md` says of backups, done while payments are made.
@Suite struct BackupTests {
    private static let someVisits = 25

    /// A base backup under load, a point in time, more payments; then the server and its disk are gone.
    @Test func aSharedDatabaseIsRestoredToAPointInTime() async throws {
        try await withSharedLink(nodes: 2, on: .archiving) { link in
            let key = UUID().uuidString
            let first = try await link.resolve(idempotencyKey: key)
            let crowd = Crowd(payingAt: link.banks)
            try await eventually { crowd.answered.count >= Self.someVisits }
            try link.server.backUp()
            try await eventually { crowd.answered.count >= 2 * Self.someVisits }

            let before = crowd.answered
            let moment = try link.query("SELECT clock_timestamp()")
            let instant = ContinuousClock.now
            let late = { crowd.answered.filter { $0.begun > instant } }
            try await eventually { late().count >= Self.someVisits }
            await crowd.leave()
            try await archiveEverything(of: link)
            link.stopNodes()

            try link.server.restore(to: moment)
            let store = try PostgresStore(readingOnly: ServerAddress(url: link.address), digester: OpenSSLDigester())
            #expect(try store.audited().violations.isEmpty)
            for visit in before { try visit.story.check(in: store, isAtRest: false) }
            for visit in late() {
                let id = visit.story.paymentID
                #expect(try link.query("SELECT count(*) FROM payments WHERE id = '\(id)'") == "0", "after the point")
            }

            try link.startNode()
            let repeated = try await link.resolve(idempotencyKey: key)
            #expect(repeated.status == 201 && repeated.body == first.body)
            try await link.connectBanks()
            #expect(try await link.pay("1300").state == "COMPLETED")
        }
    }

    /// Everything up to now is in the archive, as `archive_timeout` sees to in time.
    private func archiveEverything(of link: SharedLink) async throws {
        let segment = try link.query("SELECT pg_walfile_name(pg_switch_wal())")
        try await eventually { try link.query("SELECT last_archived_wal FROM pg_stat_archiver") >= segment }
    }

    /// A copy of the file as it was at one moment, beside a switch that goes on.
    @Test func aFileIsBackedUpUnderLoad() async throws {
        let folder = try TemporaryFolder()
        let backup = "\(folder.database).backup"
        let banks = try SimulatedBanks()
        let keys = try banks.join(on: "sqlite:\(folder.database)")
        var node = try ServeProcess(database: "sqlite:\(folder.database)", listen: "127.0.0.1:0")
        do {
            _ = try await banks.connect(to: node.baseURL, keys: keys)
            let crowd = Crowd(payingAt: banks)
            try await eventually { crowd.answered.count >= Self.someVisits }
            let before = crowd.answered
            try Self.vacuum(folder.database, into: backup)
            let taken = crowd.answered.count
            try await eventually { crowd.answered.count >= taken + Self.someVisits }
            await crowd.leave()
            #expect(crowd.refused.isEmpty)
            #expect(node.terminate() == 0)

            let store = try SQLiteStore(readingOnly: backup, digester: OpenSSLDigester())
            #expect(try store.audited().violations.isEmpty)
            for visit in before { try visit.story.check(in: store, isAtRest: false) }
            node = try ServeProcess(database: "sqlite:\(backup)", listen: "127.0.0.1:0")
            _ = try await banks.connect(to: node.baseURL, keys: keys)
            #expect(try await SharedLink.pay("1300", banks).state == "COMPLETED")
        } catch {
            node.kill()
            await banks.stop()
            throw error
        }
        #expect(node.terminate() == 0)
        await banks.stop()
    }

    private static func vacuum(_ path: String, into backup: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sqlite3", path, "VACUUM INTO '\(backup)'"]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
