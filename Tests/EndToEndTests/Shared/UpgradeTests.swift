import KizunaCommands
import KizunaPostgres
import KizunaSimulation
import KizunaWeb
import Testing

/// The database comes to the next version while payments are made, and nobody waits for it.
@Suite struct UpgradeTests {
    private static let someVisits = 25
    private static let latest = Int(PostgresStore.versions.upperBound)
    /// A step such as the next release may bring: it only adds, and names programs of today as good enough.
    private static let nextStep = """
        SET lock_timeout = '500ms';
        ALTER TABLE payments ADD COLUMN remark text;
        ALTER TABLE messages ADD COLUMN priority int2 NOT NULL DEFAULT 0;
        CREATE TABLE remarks (payment uuid PRIMARY KEY, text text NOT NULL);
        INSERT INTO migrations (version, oldest_program) VALUES (\(latest + 1), \(latest - 1));
        """

    /// Two switches are older than the database's shape from the middle on; one of them is of the release before where
    /// `KIZUNA_PREVIOUS_EXECUTABLE` names it. Then one of them is replaced.
    @Test func aMigrationUnderLoadFailsNoPayment() async throws {
        try await withSharedLink { link in
            try link.startNode(as: "kizuna", Executable.previous ?? Executable.url)
            link.leadYenWallet(to: 1)
            let crowd = Crowd(payingAt: link.banks)
            try await moreVisits(of: crowd)

            // A step that would have to wait for a lock gives way and comes again, as those of kizuna migrate do.
            try await eventually { (try? link.query(Self.nextStep)) != nil }
            #expect(try link.query("SELECT max(version) FROM migrations") == "\(Self.latest + 1)")
            try await moreVisits(of: crowd)
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
