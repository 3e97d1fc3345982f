import KizunaSwitch
import Testing

@testable import KizunaPostgres
@testable import KizunaSQLite

/// A database is live or a sandbox's from its first use on, and nothing makes one the other.
@Suite struct EnvironmentTests {
    @Test(arguments: StoreUnderTest.allCases, Environment.allCases)
    func isSaidOnceAndStays(kind: StoreUnderTest, environment: Environment) throws {
        let fixture = try kind.make()
        #expect(try fixture.store.environment() == nil)
        try fixture.store.enter(environment)
        let other: Environment = environment == .live ? .sandbox : .live
        for isReopened in [false, true] {
            if isReopened { try fixture.reopen() }
            try fixture.store.enter(environment)
            let refused = #expect(throws: StoreError.self) { try fixture.store.enter(other) }
            #expect(refused?.code == .notUsable)
            #expect(refused?.sentence.contains("--database") == true)
            try fixture.store.mark(other)
            #expect(try fixture.store.environment() == environment)
        }
    }

    /// A database of before, on which nobody has said anything, is live as soon as somebody has joined.
    @Test(arguments: StoreUnderTest.allCases)
    func whereParticipantsHaveJoinedItIsLive(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        #expect(try fixture.read { reader throws(StoreError) in try reader.environment() } == nil)
        #expect(throws: StoreError.self) { try fixture.store.enter(.sandbox) }
        try fixture.store.enter(.live)
        #expect(try fixture.read { reader throws(StoreError) in try reader.environment() } == .live)
    }

    @Test func theDatabasesThemselvesRefuseAnotherWord() throws {
        let file = try SQLiteFixture()
        try file.store.enter(.sandbox)
        let connection = try Connection(path: file.path, for: .writing)
        for change in ["UPDATE environment SET name = 'live'", "DELETE FROM environment"] {
            #expect(throws: StoreError.self, "\(change)") { try connection.execute(change) }
        }
        let server = try PostgresFixture()
        try server.store.enter(.sandbox)
        let session = Session(to: try server.server.address(of: server.database), for: .migrating)
        for change in ["UPDATE kizuna.environment SET name = 'live'", "DELETE FROM kizuna.environment"] {
            #expect(throws: PostgresError.self, "\(change)") { try session.execute(change) }
        }
    }
}
