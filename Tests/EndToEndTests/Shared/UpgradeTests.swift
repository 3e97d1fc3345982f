import KizunaCommands
import KizunaPostgres
import KizunaSimulation
import KizunaWeb
import Testing

/// A new version comes while payments are made: the database first or the programs first, and nobody waits for it.
@Suite struct UpgradeTests {
    private static let someVisits = 25
    private static let latest = Int(PostgresStore.versions.upperBound)

    /// Two switches serve on the shape before the latest; one of them is of the release before where
    /// `KIZUNA_PREVIOUS_EXECUTABLE` names it. The database is migrated under them, and then one switch replaced.
    @Test func aMigrationUnderLoadFailsNoPayment() async throws {
        try await withSharedLink(version: Self.latest - 1) { link in
            try link.startNode(as: "kizuna", Executable.previous ?? Executable.url)
            link.leadYenWallet(to: 1)
            #expect(try link.query("SELECT max(version) FROM migrations") == "\(Self.latest - 1)")
            let crowd = Crowd(payingAt: link.banks)
            try await moreVisits(of: crowd)

            let migrated = try Executable.run(["migrate", "--database", link.address])
            #expect(migrated.status == 0, "\(migrated.complaint)")
            #expect(try link.query("SELECT max(version) FROM migrations") == "\(Self.latest)")
            try await moreVisits(of: crowd)

            let newPrograms = Executable.previous == nil ? "2" : "1"
            try await eventually {
                try link.query("SELECT count(*) FROM nodes WHERE left_at IS NULL AND program = \(Self.latest)")
                    == newPrograms
            }
            for node in 0...1 { #expect(try await link.get("/readyz", of: node).status == 200) }

            await crowd.leave()
            #expect(crowd.refused.isEmpty, "\(crowd.refused)")
            #expect(crowd.answered.allSatisfy { $0.story.state == "COMPLETED" })
            try link.replaceNode(1)
            link.leadYenWallet(to: 1)
            #expect(try await link.pay("1300").state == "COMPLETED")
        }
    }

    /// Both banks of payers, each at its own switch.
    private func moreVisits(of crowd: Crowd) async throws {
        let before = crowd.answered.count
        try await eventually {
            let visits = crowd.answered.dropFirst(before)
            let japanese = visits.count { $0.story.quote.text(at: "payerDebit", "currency") == "JPY" }
            return japanese >= Self.someVisits / 4 && visits.count >= Self.someVisits
        }
    }
}
