import KizunaCrypto
import KizunaLedger
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaPostgres

/// What stands in the way of opening a database is said in words that help.
@Suite struct PostgresOpeningTests {
    private static let digester = OpenSSLDigester()

    @Test(arguments: [
        "", "kizuna", "sqlite:kizuna.db", "postgres:/x", "postgres://h/d?no=1",
    ])
    func anAddressIsAURL(text: String) {
        let error = #expect(throws: StoreError.self) { try ServerAddress(url: text) }
        #expect(error?.code == .notUsable)
    }

    @Test func aServerThatIsNotThereIsUnavailable() throws {
        let address = try ServerAddress(url: "postgres://kizuna@/x?host=/nonexistent")
        let error = #expect(throws: StoreError.self) { try PostgresStore(address: address, digester: Self.digester) }
        #expect(error?.code == .unavailable)
    }

    @Test(arguments: [("kizuna_none", "kizuna"), ("kizuna_template", "nobody")])
    func aWrongNameIsNotUsable(database: String, role: String) throws {
        let address = try TestServer.shared().address(of: database, role: role)
        let error = #expect(throws: StoreError.self) { try PostgresStore(address: address, digester: Self.digester) }
        #expect(error?.code == .notUsable)
    }

    @Test func anEmptyDatabaseIsFilledByWritersOnly() throws {
        let server = try TestServer.shared()
        let address = try server.address(of: server.makeEmptyDatabase())
        let error = #expect(throws: StoreError.self) {
            try PostgresStore(readingOnly: address, digester: Self.digester)
        }
        #expect(error?.code == .notUsable)
        _ = try PostgresStore(address: address, digester: Self.digester)
        _ = try PostgresStore(readingOnly: address, digester: Self.digester)
        #expect(try PostgresStore.migrate(address) == Migration.currentVersion)
    }

    /// A newer shape is served as long as it says that this program may.
    @Test(arguments: [(Migration.currentVersion, true), (Migration.currentVersion + 1, false)])
    func aNewerDatabaseIsServedWhileItAllows(oldestProgram: Int, isServed: Bool) throws {
        let fixture = try PostgresFixture()
        fixture.close()
        try fixture.server.execute(
            "INSERT INTO migrations VALUES (\(Migration.currentVersion + 1), \(oldestProgram))",
            in: fixture.database
        )
        if isServed {
            try fixture.reopen()
            try fixture.commit(World.foundation)
        } else {
            let error = #expect(throws: StoreError.self) { try fixture.reopen() }
            #expect(error?.code == .notUsable)
        }
    }

    /// The application's role runs everything, and may not touch what is written for good.
    @Test func theApplicationNeedsNoMoreThanItsRights() throws {
        let fixture = try PostgresFixture()
        fixture.isSpoilt = true
        fixture.close()
        let role = "app_of_\(fixture.database)"
        try PostgresStore.grantRoles(fixture.server.address(of: fixture.database))
        try fixture.server.execute("CREATE ROLE \(role) LOGIN IN ROLE kizuna_app", in: fixture.database)
        let address = try fixture.server.address(of: fixture.database, role: role)
        do {
            let store = try PostgresStore(address: address, digester: Self.digester)
            try RandomTraffic(store: store, seed: 5).run(groups: 20)
            var audit = Audit()
            try store.read { reader throws(StoreError) in try reader.audit(&audit) }
            #expect(audit.violations == [])
            try useEverythingOfBakong(in: store)
        }
        let session = Session(to: address, for: .reading)
        for forbidden in [
            "UPDATE journal SET minor_units = 1", "DELETE FROM journal", "TRUNCATE journal", "DROP TABLE journal",
            "UPDATE journal_groups SET line_count = 1", "DELETE FROM payments", "DELETE FROM accounts",
            "UPDATE quotes SET issuer_fee = 0", "CREATE TABLE kizuna.more (a int4)",
            "INSERT INTO migrations VALUES (9, 9)",
        ] {
            let error = #expect(throws: PostgresError.self, "\(forbidden)") { try session.execute(forbidden) }
            #expect(error?.kind == .server(SQLState(code: "42501")), "\(forbidden)")
        }
    }

    /// Adds, changes, reads and removes what the Bakong facade keeps.
    private func useEverythingOfBakong(in store: any Store) throws {
        var first = Transaction()
        let shop = World.merchant(key: .khqr(account: "dara@wing", merchantID: nil))
        first.merchants.set(shop.key, shop)
        World.addBakong(&first)
        try store.commit(first, at: World.now)
        let project = World.project(1)
        var second = Transaction()
        try store.fetch([.bakongProject(project.email), .bakongKey(1), .deepLink(World.deepLink(1).id)], into: &second)
        second.bakongProjects.set(project.email, World.project(1, .revoked))
        second.bakongKeys.set(1, nil)
        second.deepLinks.set(World.deepLink(1).id, nil)
        try store.commit(second, at: World.now)
        try store.read { reader throws(StoreError) in
            #expect(try reader.bakongProject(email: project.email)?.standing == .revoked)
            #expect(try reader.bakongKeys() == [])
        }
    }

    /// Reports have no use for the keys that tokens are signed with, whenever the roles came to be.
    @Test func reportsDoNotSeeTheKeysOfTokens() throws {
        let fixture = try PostgresFixture()
        fixture.isSpoilt = true
        try PostgresStore.grantRoles(fixture.server.address(of: fixture.database))
        let role = "reader_of_\(fixture.database)"
        try fixture.server.execute("CREATE ROLE \(role) LOGIN IN ROLE kizuna_read", in: fixture.database)
        let session = Session(to: try fixture.server.address(of: fixture.database, role: role), for: .reading)
        try session.execute("SELECT count(*) FROM bakong_projects")
        let error = #expect(throws: PostgresError.self) { try session.execute("SELECT secret FROM bakong_keys") }
        #expect(error?.kind == .server(SQLState(code: "42501")))
    }

    /// Not even the owner changes the journal by mistake.
    @Test(arguments: ["UPDATE journal SET minor_units = 1", "DELETE FROM journal", "DELETE FROM journal_groups"])
    func theJournalIsOnlyAddedTo(forbidden: String) throws {
        let fixture = try PostgresFixture()
        try RandomTraffic(store: fixture.store, seed: 6).run(groups: 20)
        let error = #expect(throws: StoreError.self) { try fixture.server.execute(forbidden, in: fixture.database) }
        #expect(error?.code == .constraint)
    }
}
