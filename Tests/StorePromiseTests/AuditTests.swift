import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// The books of random traffic are clean, and nobody changes them unseen.
@Suite struct AuditTests {
    @Test(arguments: StoreUnderTest.allCases, [1, 2, 3] as [UInt64])
    func randomTrafficLeavesCleanBooks(kind: StoreUnderTest, seed: UInt64) throws {
        let fixture = try kind.make()
        let traffic = try RandomTraffic(store: fixture.store, seed: seed)
        try traffic.run(groups: 100)
        let audit = try fixture.audit()
        #expect(audit.violations == [])
        #expect(audit.transfers > 200)
        #expect(traffic.refusals.isSuperset(of: [.quoteUsed, .uetrUsed, .idempotencyConflict, .notFound]))
        let counts = try fixture.read { reader throws(StoreError) in try reader.paymentCounts() }
        #expect(counts.values.reduce(0, +) == Set(traffic.payments).count)
        #expect(Set(counts.keys).isSuperset(of: [.completed, .rejected]))
        let open = audit.openHoldIDs.count
        #expect(open == 2 * (counts[.sent, default: 0] + counts[.unknown, default: 0]))
    }

    /// Every record of two stores under the same traffic is the same, whatever the store.
    @Test(arguments: StoreUnderTest.allCases.filter { $0 != .memory }, [11, 12, 13] as [UInt64])
    func storesAgree(kind: StoreUnderTest, seed: UInt64) throws {
        let memory = try Snapshot(after: seed, in: StoreUnderTest.memory.make())
        let stored = try Snapshot(after: seed, in: kind.make())
        #expect(memory.participants == stored.participants)
        #expect(memory.accounts == stored.accounts)
        #expect(memory.rateBoards == stored.rateBoards)
        #expect(memory.merchants == stored.merchants)
        #expect(memory.payments == stored.payments)
        #expect(memory.parties == stored.parties)
        #expect(memory.quotes == stored.quotes)
        #expect(memory.refunds == stored.refunds)
        #expect(memory.journal == stored.journal)
        #expect(memory.messages == stored.messages)
        #expect(memory.timers == stored.timers)
        #expect(memory.counts == stored.counts)
    }

    private struct Snapshot {
        let participants: [Participant]
        let accounts: [Account]
        let rateBoards: [RateBoard]
        let merchants: [Merchant]
        let payments: [Payment?]
        let parties: [PaymentParties?]
        let quotes: [Quote?]
        let refunds: [[Refund]]
        let journal: [[Transfer]]
        let messages: [OutboxMessage]
        let timers: [TimerKey]
        let counts: [PaymentState: Int]

        init(after seed: UInt64, in fixture: any StoreFixture) throws {
            let ids = try Snapshot.payments(after: seed, in: fixture.store)
            try fixture.reopen()
            let end = Timestamp(milliseconds: .max)
            self = try fixture.store.read { reader throws(StoreError) in try Snapshot(reader, ids, end) }
        }

        private static func payments(after seed: UInt64, in store: any Store) throws -> [PaymentID] {
            let traffic = try RandomTraffic(store: store, seed: seed)
            try traffic.run(groups: 80)
            return traffic.payments
        }

        init(_ reader: any StoreReader, _ ids: [PaymentID], _ end: Timestamp) throws(StoreError) {
            participants = try reader.participants()
            accounts = try reader.accounts(of: nil)
            rateBoards = try reader.rateBoards()
            merchants =
                try reader.merchants(of: RandomTraffic.yenAcquirer, after: nil, limit: 9)
                + reader.merchants(of: RandomTraffic.rielAcquirer, after: nil, limit: 9)
            var rows: (payments: [Payment?], parties: [PaymentParties?], quotes: [Quote?]) = ([], [], [])
            var lists: (refunds: [[Refund]], journal: [[Transfer]]) = ([], [])
            for id in ids {
                let payment = try reader.payment(id)
                rows.payments.append(payment)
                rows.parties.append(try reader.parties(of: id))
                if let payment { rows.quotes.append(try reader.quote(payment.quote)) }
                lists.refunds.append(try reader.refunds(of: id))
                lists.journal.append(try reader.journal(of: id.value))
            }
            (payments, parties, quotes) = rows
            (refunds, journal) = lists
            messages = try reader.dueMessages(at: end, limit: 10_000)
            timers = try reader.dueTimers(at: end, limit: 10_000)
            counts = try reader.paymentCounts()
        }
    }

    @Test(arguments: StoreUnderTest.allCases, Forgery.allCases)
    func forgeriesAreSeen(kind: StoreUnderTest, forgery: Forgery) throws {
        let fixture = try kind.make()
        try RandomTraffic(store: fixture.store, seed: 21).run(groups: 40)
        #expect(try fixture.audit().violations == [])
        try fixture.forge(forgery)
        let violations = try fixture.audit().violations
        switch forgery {
        case .changedLine:
            #expect(violations.contains(.chainBroken(group: 1)))
            #expect(violations.contains { if case .balanceDiffers = $0 { true } else { false } })
        case .deletedGroup:
            #expect(violations == [.chainBroken(group: 1)])
        case .changedBalance:
            #expect(
                violations == [.balanceDiffers(World.issuerAccount), .currencyOutOfBalance(.khr)]
            )
        case .reopenedHold:
            #expect(violations.contains { if case .chainBroken = $0 { true } else { false } })
            #expect(violations.contains { if case .balanceDiffers = $0 { true } else { false } })
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func anEmptyStoreIsClean(kind: StoreUnderTest) throws {
        let audit = try kind.make().audit()
        #expect(audit.violations == [])
        #expect(audit.transfers == 0)
    }
}
