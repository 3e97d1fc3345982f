import Testing

@testable import KizunaCommands

@Suite struct DatabaseAddressTests {
    /// Programs compare figures by these words; people read the others.
    @Test(arguments: [
        ("sqlite:kizuna.db", "sqlite", "SQLite"), ("postgres://kizuna@127.0.0.1/kizuna", "postgres", "PostgreSQL"),
    ])
    func saysWhichDatabaseItIs(text: String, kind: String, name: String) throws {
        let address = try #require(DatabaseAddress(text))
        #expect(address.kind == kind)
        #expect(address.name == name)
    }
}
