import Foundation
import KizunaCrypto
import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaPostgres

/// Several programs on one database: what one has changed, another does not overwrite, and nobody's work is lost.
@Suite struct NodeTests {
    private let fixture: PostgresFixture

    init() throws {
        fixture = try PostgresFixture()
        try fixture.commit(World.foundation)
    }

    private func another() throws -> PostgresStore {
        try PostgresStore(address: fixture.server.address(of: fixture.database), digester: OpenSSLDigester())
    }

    private func fetch(_ key: RecordKey, from store: any Store) throws -> Transaction {
        var transaction = Transaction()
        try store.fetch([key], into: &transaction)
        return transaction
    }

    @Test func whatAnotherHasChangedIsAConflict() throws {
        let other = try another()
        let payment = World.payment(1)
        try fixture.commit { World.pay(payment, in: &$0) }
        var here = try fetch(.payment(payment.id), from: fixture.store)
        var there = try fetch(.payment(payment.id), from: other)
        there.payments.set(payment.id, World.payment(1, state: .completed))
        try other.commit(there, at: World.now)
        here.payments.set(payment.id, World.payment(1, state: .rejected, reason: .tooLate))
        let error = #expect(throws: StoreError.self) { try fixture.store.commit(here, at: World.now) }
        #expect(error?.code == .conflict)
        let after = try fetch(.payment(payment.id), from: fixture.store)
        #expect(after.payments[payment.id]?.state == .completed)
    }

    @Test func balancesMoveByDifferences() throws {
        let other = try another()
        let id = World.issuerAccount
        let before = Account(id: id, netDebitCapMinorUnits: 100)
        try fixture.change(.account(id)) { $0.accounts.set(id, before) }
        var here = try fetch(.account(id), from: fixture.store)
        var there = try fetch(.account(id), from: other)
        there.accounts.set(id, Account(id: id, netDebitCapMinorUnits: 100, debitsPosted: 60))
        try other.commit(there, at: World.now)
        here.accounts.set(id, Account(id: id, netDebitCapMinorUnits: 100, creditsPosted: 5, debitsHeld: 40))
        try fixture.store.commit(here, at: World.now)
        let both = try fetch(.account(id), from: other).accounts[id]
        #expect(
            both
                == Account(id: id, netDebitCapMinorUnits: 100, debitsPosted: 60, creditsPosted: 5, debitsHeld: 40)
        )
        // Each by itself is below the cap; together they are not.
        here.discardChanges()
        here.accounts.set(id, Account(id: id, netDebitCapMinorUnits: 100, debitsPosted: 6))
        try expectRefusal { try fixture.store.commit(here, at: World.now) }
    }

    @Test func allWriteOneChain() throws {
        let other = try another()
        for number: UInt64 in 1...6 {
            var transaction = Transaction()
            transaction.append(World.line(.hold, transaction: number))
            try (number.isMultiple(of: 2) ? other : fixture.store).commit(transaction, at: World.now)
        }
        let audit = try fixture.audit()
        #expect(!audit.violations.contains { if case .chainBroken = $0 { true } else { false } })
        #expect(audit.transfers == 6)
    }

    @Test func workBelongsToOneNodeUntilThatIsGone() throws {
        let other = try another()
        try fixture.commit { transaction in
            World.pay(World.payment(1), in: &transaction)
            transaction.messages.set(World.id(.message, 1), World.message(1, payment: 1))
            transaction.timers.set(TimerKey(kind: .unresolved, payment: World.payment(1).id), World.now)
        }
        func work(of store: any Store) throws -> Int {
            try store.read { reader throws(StoreError) in
                try reader.dueMessages(at: World.now, limit: 9).count + reader.dueTimers(at: World.now, limit: 9).count
            }
        }
        #expect(try work(of: fixture.store) == 2)
        #expect(try work(of: other) == 0)
        fixture.close()
        // Within some pulses; the test's own limit says when something is wrong.
        while try work(of: other) < 2 { usleep(50_000) }
    }

    /// A program that ends may leave somebody who holds the store; the others do not wait for that one.
    @Test func aClosedStoreHasLeftWhoeverHoldsIt() throws {
        let other = try another()
        other.close()
        let session = Session(to: try fixture.server.address(of: fixture.database), for: .reading)
        #expect(try session.run(Statement("SELECT count(*) FROM nodes WHERE left_at IS NULL")).firstNumber == 1)
        var transaction = Transaction()
        World.pay(World.payment(1), in: &transaction)
        #expect(throws: StoreError.self) { try other.commit(transaction, at: World.now) }
    }

    @Test func whoWasAwayJudgesNobodyForAWhile() {
        var steadiness = Steadiness()
        let start = ContinuousClock.now
        func beat(_ seconds: Double) -> Bool { steadiness.beat(at: start + .seconds(seconds)) }
        #expect([0, 1, 2, 3].map(beat) == [false, false, true, true])
        // A pulse that took longer than two seconds, and one that comes right behind it.
        #expect([5.5, 5.6, 6.5, 7.4, 7.5].map(beat) == [false, false, false, false, true])
        steadiness.miss()
        #expect([8.5, 9.5, 10.5].map(beat) == [false, false, true])
    }

    @Test func aNodeThatWasGivenUpJoinsAnew() throws {
        try fixture.server.execute("UPDATE nodes SET left_at = now()", in: fixture.database)
        try fixture.commit { transaction in
            World.pay(World.payment(1), in: &transaction)
            transaction.messages.set(World.id(.message, 1), World.message(1, payment: 1))
        }
        let due = try fixture.read { reader throws(StoreError) in try reader.dueMessages(at: World.now, limit: 9) }
        #expect(due.count == 1)
    }

    @Test func lostConnectionsAreOpenedAgain() throws {
        for number: UInt64 in 1...3 {
            try fixture.server.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = '\(fixture.database)' AND pid <> pg_backend_pid()
                """,
                in: fixture.database
            )
            _ = try fixture.fetch([.payment(World.payment(number).id)])
            try fixture.commit { World.pay(World.payment(number), in: &$0) }
            #expect(
                try fixture.read { reader throws(StoreError) in try reader.payment(World.payment(number).id) } != nil
            )
        }
    }

    @Test func theDatabaseSaysWhetherACommitTookPlace() throws {
        let session = Session(to: try fixture.server.address(of: fixture.database), for: .switching)
        let node = Node(session)
        let number = try node.joined()
        for _ in 0..<2 {
            let counting = try node.counting(number)
            _ = try session.run(counting.command)
            node.noteDoubt()
            #expect(try node.hasCommitted(counting.count))
            node.noteDoubt()
            #expect(try !node.hasCommitted(counting.count + 1))
        }
    }
}
