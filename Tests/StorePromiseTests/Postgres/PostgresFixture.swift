import KizunaCrypto
import KizunaLedger
import KizunaSimulation
import KizunaSwitch

@testable import KizunaPostgres

final class PostgresFixture: StoreFixture {
    let server: TestServer
    let database: String
    private(set) var store: any Store
    /// Whether somebody has changed the database's shape, so that no other test can have it.
    var isSpoilt = false

    init() throws {
        server = try TestServer.shared()
        database = try server.takeDatabase()
        store = try PostgresStore(address: server.address(of: database), digester: OpenSSLDigester())
    }

    deinit {
        close()
        if !isSpoilt { server.giveBack(database) }
    }

    func reopen() throws {
        close()
        store = try PostgresStore(address: server.address(of: database), digester: OpenSSLDigester())
    }

    /// Leaves the database; the fixture answers from an empty memory until it is reopened.
    func close() { store = MemoryStore(digester: OpenSSLDigester()) }

    func forge(_ forgery: Forgery) throws {
        isSpoilt = true
        let change =
            switch forgery {
            case .changedLine: "UPDATE journal SET minor_units = minor_units + 1 WHERE position = 2"
            case .deletedGroup: "DELETE FROM journal_groups WHERE number = 1"
            case .changedBalance:
                """
                UPDATE accounts SET debits_posted = debits_posted + 1 WHERE role = 1 AND currency = 116
                    AND owner = (SELECT number FROM institutions WHERE id = '\(World.issuer)')
                """
            case .reopenedHold:
                "DELETE FROM journal WHERE position = (SELECT min(position) FROM journal WHERE kind = 3)"
            }
        try server.execute(
            """
            DROP TRIGGER journal_is_only_added_to ON journal;
            DROP TRIGGER journal_groups_are_only_added_to ON journal_groups;
            \(change)
            """,
            in: database
        )
    }
}
