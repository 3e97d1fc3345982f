import Foundation
import KizunaCrypto
import KizunaSwitch
import Synchronization
import Testing

@testable import KizunaPostgres

/// Roles belong to the server, databases to their owners.
@Suite struct RoleTests {
    private let server: TestServer
    private let database: String

    init() throws {
        server = try TestServer.shared()
        database = try server.makeEmptyDatabase()
    }

    private func session() throws -> Session { Session(to: try server.address(of: database), for: .migrating) }

    /// The owners of two databases grant roles in the same moment; whoever comes second finds the role there.
    @Test func twoOwnersMayMakeARoleAtOnce() throws {
        let role = "made_twice_\(database)"
        let first = try session()
        try first.execute("BEGIN; CREATE ROLE \(role) NOLOGIN")

        let address = try server.address(of: database)
        let ended = DispatchSemaphore(value: 0)
        let failure = Mutex<PostgresError?>(nil)
        Thread.detachNewThread {
            let second = Session(to: address, for: .migrating)
            do throws(PostgresError) {
                try second.execute(Roles.making(role))
            } catch {
                failure.withLock { $0 = error }
            }
            ended.signal()
        }
        try waitUntilSomebodyWaits(for: role)
        try first.execute("COMMIT")
        ended.wait()
        #expect(failure.withLock { $0 } == nil)
    }

    private func waitUntilSomebodyWaits(for role: String) throws {
        let waiting = Statement(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE '%\(role)%'
            """
        )
        let watcher = try session()
        while try watcher.run(waiting).firstNumber == 0 { Thread.sleep(forTimeInterval: 0.01) }
    }
}
