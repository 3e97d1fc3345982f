import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// A commit is there as a whole or not at all.
@Suite struct AtomicityTests {
    /// Everything in a commit that breaks its last rule.
    private func breakAtTheEnd(_ transaction: inout Transaction) {
        World.pay(World.payment(1), in: &transaction)
        let joining = Participant(id: World.participant("new-bank"), name: "New", country: .japan, roles: .issuer)
        transaction.participants.set(joining.id, joining)
        for id in joining.accountIDs { transaction.accounts.set(id, Account(id: id)) }
        transaction.messages.set(World.id(.message, 1), World.message(1, payment: 1))
        transaction.idempotency.set(World.key("a"), World.record(.payment(World.payment(1).id)))
        transaction.timers.set(TimerKey(kind: .decisionDeadline, payment: World.payment(1).id), World.now)
        transaction.append(World.line(.hold))
        transaction.append(World.line(.hold))
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aBrokenRuleLeavesNothing(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try expectRefusal { try fixture.commit(breakAtTheEnd) }
        for isReopened in [false, true] {
            if isReopened { try fixture.reopen() }
            try expectNothing(of: fixture)
        }
        // The same without its fault goes through, with numbers that were given back.
        try fixture.commit { World.pay(World.payment(1), in: &$0) }
        let joining = Participant(id: World.participant("late-bank"), name: "Late", country: .japan, roles: .issuer)
        try fixture.commit { transaction in
            transaction.participants.set(joining.id, joining)
            for id in joining.accountIDs { transaction.accounts.set(id, Account(id: id)) }
        }
        #expect(try fixture.read { reader throws(StoreError) in try reader.participant(joining.id) } == joining)
        #expect(try fixture.read { reader throws(StoreError) in try reader.accounts(of: joining.id) }.count == 6)
        #expect(try fixture.audit().violations == [])
    }

    @Test(arguments: StoreUnderTest.allCases)
    func abandoningLeavesNothing(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        var transaction = try fixture.fetch([.payment(World.payment(1).id)])
        breakAtTheEnd(&transaction)
        fixture.store.abandon()
        try expectNothing(of: fixture)
        fixture.store.abandon()
        try fixture.commit { World.pay(World.payment(1), in: &$0) }
        #expect(try fixture.look(at: .payment(World.payment(1).id)).payments[World.payment(1).id] != nil)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func anEmptyCommitChangesNothing(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try fixture.commit { _ in }
        try expectNothing(of: fixture)
        #expect(try fixture.audit().transfers == 0)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func readingSeesOneMomentAndOnlyWhatIsCommitted(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        var group = try fixture.fetch([.payment(World.payment(1).id)])
        World.pay(World.payment(1), in: &group)
        #expect(try fixture.read { reader throws(StoreError) in try reader.payment(World.payment(1).id) } == nil)
        try fixture.store.read { reader throws(StoreError) in
            let before = try reader.payment(World.payment(1).id)
            try fixture.store.commit(group, at: World.now)
            let after = try reader.payment(World.payment(1).id)
            #expect(before == nil)
            #expect(after == nil, "A reader stays at the moment at which it began")
        }
        let committed = try fixture.read { reader throws(StoreError) in try reader.payment(World.payment(1).id) }
        #expect(committed == World.payment(1))
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aFailingReaderDoesNoHarm(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        for _ in 0..<20 {
            #expect(throws: StoreError.self) {
                try fixture.store.read { _ throws(StoreError) in throw StoreError(.unavailable, "The reader gave up.") }
            }
        }
        #expect(try fixture.read { reader throws(StoreError) in try reader.participants() }.count == 3)
    }

    private func expectNothing(of fixture: any StoreFixture) throws {
        let transaction = try fixture.look(
            at: .payment(World.payment(1).id),
            .quote(World.payment(1).quote),
            .uetr(World.payment(1).uetr),
            .participant(World.participant("new-bank")),
            .message(World.id(.message, 1)),
            .idempotency(World.key("a")),
            .hold(World.line(.hold).holdID)
        )
        #expect(transaction.payments[World.payment(1).id] == nil)
        #expect(transaction.quotes[World.payment(1).quote] == nil)
        #expect(transaction.uetrs[World.payment(1).uetr] == nil)
        #expect(transaction.participants[World.participant("new-bank")] == nil)
        #expect(transaction.messages[World.id(.message, 1)] == nil)
        #expect(transaction.idempotency[World.key("a")] == nil)
        #expect(transaction.holds[World.line(.hold).holdID] == nil)
        let lists = try fixture.read { reader throws(StoreError) in
            (
                try reader.accounts(of: World.participant("new-bank")), try reader.dueTimers(at: World.now, limit: 9),
                try reader.paymentCounts(), try reader.journal(of: World.id(.payment, 1))
            )
        }
        #expect(lists.0.isEmpty)
        #expect(lists.1.isEmpty)
        #expect(lists.2.isEmpty)
        #expect(lists.3.isEmpty)
    }
}
