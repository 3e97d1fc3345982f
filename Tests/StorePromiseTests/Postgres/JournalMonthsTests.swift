import KizunaLedger
import KizunaSwitch
import Testing

@testable import KizunaPostgres

/// The journal lies in months, and there are more every month: what is looked for in one is not looked for in all.
@Suite struct JournalMonthsTests {
    private let fixture: PostgresFixture
    private let session: Session

    init() throws {
        fixture = try PostgresFixture()
        fixture.isSpoilt = true
        try fixture.commit(World.foundation)
        try fixture.server.execute("SELECT kizuna.extend_journal(24)", in: fixture.database)
        session = Session(to: try fixture.server.address(of: fixture.database), for: .switching)
    }

    /// How many months' indexes the transaction under way has opened.
    private static let openedMonths = Statement(
        """
        SELECT count(DISTINCT i.indrelid) FROM pg_locks AS l JOIN pg_index AS i ON i.indexrelid = l.relation
        WHERE l.pid = pg_backend_pid() AND i.indrelid IN (
            SELECT inhrelid FROM pg_inherits WHERE inhparent = 'kizuna.journal'::regclass
        )
        """
    )

    @Test func aHoldIsLookedForInItsMonth() throws {
        let hold = World.line(.hold)
        try fixture.commit { $0.append(hold) }
        let names = Names()
        try names.reload(on: session)
        let command = Lookup<HoldID, Transfer>.openHolds
            .command(for: [hold.holdID], in: WritingContext(names: names, node: 0))
        #expect(try monthsOpened { () throws(PostgresError) in _ = try session.run(command) } == 1)
    }

    @Test func whatALineEndsIsLookedForInItsMonth() throws {
        try fixture.commit { $0.append(World.line(.hold)) }
        try session.execute(
            """
            CREATE TEMPORARY TABLE ends AS
            SELECT transaction_id, position + 1 AS position, minor_units, at, leg, debit, credit FROM journal
            """
        )
        let opened = try monthsOpened { () throws(PostgresError) in
            try session.execute("INSERT INTO journal SELECT *, 3, true FROM ends")
        }
        #expect(opened == 1)
    }

    /// - Parameter work: done twice, for whoever plans a statement opens everything it might need.
    private func monthsOpened(by work: () throws(PostgresError) -> Void) throws(PostgresError) -> Int64 {
        var opened: Int64 = 0
        for _ in 1...2 {
            try session.execute("BEGIN")
            try work()
            opened = try session.run(Self.openedMonths).firstNumber
            try session.execute("ROLLBACK")
        }
        return opened
    }
}
