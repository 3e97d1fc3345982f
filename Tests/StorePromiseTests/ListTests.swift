import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Lists come in their order, as far as was asked for.
@Suite struct ListTests {
    private func later(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: World.now.milliseconds + milliseconds)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func peopleComeByNameAndInTheOrderOfTheirNames(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let names = ["sokha", "m-tanaka", "mao"]
        try fixture.commit { transaction in
            for name in names { transaction.people.set(World.colleague(name).id, World.colleague(name)) }
        }
        var suspended = World.colleague("mao")
        suspended.standing = .suspended
        try fixture.change(.person(suspended.id)) { $0.people.set(suspended.id, suspended) }
        try fixture.reopen()
        try fixture.store.read { reader throws(StoreError) in
            #expect(try reader.people() == [World.colleague("m-tanaka"), suspended, World.colleague("sokha")])
            #expect(try reader.person(suspended.id) == suspended)
            #expect(try reader.person(World.person("nobody")) == nil)
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func dueMessagesComeTheEarliestFirst(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let dues: [(UInt64, Timestamp?)] = [
            (1, later(30)), (2, later(10)), (3, nil), (4, later(10)), (5, later(-5)), (6, later(31)), (7, later(20)),
        ]
        try fixture.commit { transaction in
            World.pay(World.payment(1), in: &transaction)
            for (number, dueAt) in dues {
                let standing: OutboxMessage.Standing = dueAt == nil ? .givenUp : .sending
                let message = World.message(number, payment: 1, standing, dueAt: dueAt)
                transaction.messages.set(message.id, message)
            }
            // The courier does not have this one in hand.
            let inboxed = World.message(8, payment: 1, .inInbox, dueAt: later(10))
            transaction.messages.set(inboxed.id, inboxed)
        }
        func due(_ moment: Timestamp, _ limit: Int) throws -> [UInt64] {
            try fixture.read { reader throws(StoreError) in
                try reader.dueMessages(at: moment, limit: limit).map(\.id.low)
            }
        }
        #expect(try due(later(30), 100) == [5, 2, 4, 7, 1])
        #expect(try due(later(30), 3) == [5, 2, 4])
        #expect(try due(later(30), 0) == [])
        #expect(try due(later(30), -1) == [])
        #expect(try due(later(9), 100) == [5])
        #expect(try due(later(-6), 100) == [])
        let moved = World.message(5, payment: 1, dueAt: later(25))
        try fixture.change(.message(moved.id)) { $0.messages.set(moved.id, moved) }
        try fixture.change(.message(World.id(.message, 4))) { $0.messages.set(World.id(.message, 4), nil) }
        #expect(try due(later(30), 100) == [2, 7, 5, 1])
    }

    /// Messages to two participants, by number: in the inbox, given up, failing and fresh.
    private func lingering(_ fixture: any StoreFixture) throws {
        let messages = [
            World.message(1, payment: 1, .inInbox, attempts: 2, dueAt: later(10)),
            World.message(2, payment: 1), World.message(3, payment: 1, attempts: 1, dueAt: later(500)),
            World.message(4, payment: 1, .givenUp, attempts: 12, dueAt: nil),
            World.message(5, payment: 1, .inInbox, dueAt: later(5)),
            World.message(6, payment: 1, to: World.acquirer, .inInbox, dueAt: later(5)),
            World.message(7, payment: 1, to: World.acquirer, .givenUp, dueAt: nil),
            World.message(8, payment: 1, .inInbox, dueAt: later(0)),
        ]
        try fixture.commit { transaction in
            World.pay(World.payment(1), in: &transaction)
            for message in messages { transaction.messages.set(message.id, message) }
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func anInboxComesInTheOrderOfItsIDs(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try lingering(fixture)
        func inbox(_ participant: ParticipantID, _ moment: Timestamp, _ limit: Int) throws -> [UInt64] {
            try fixture.read { reader throws(StoreError) in
                try reader.inbox(of: participant, at: moment, limit: limit).map(\.id.low)
            }
        }
        #expect(try inbox(World.issuer, later(10), 9) == [1, 5, 8])
        #expect(try inbox(World.issuer, later(10), 2) == [1, 5])
        #expect(try inbox(World.issuer, later(9), 9) == [5, 8])
        #expect(try inbox(World.issuer, later(-1), 9) == [])
        #expect(try inbox(World.issuer, later(10), -1) == [])
        #expect(try inbox(World.acquirer, later(5), 9) == [6])
        #expect(try inbox(World.participant("nobody"), later(10), 9) == [])
    }

    @Test(arguments: StoreUnderTest.allCases)
    func undeliveredMessagesComeInTheOrderOfTheirIDs(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try lingering(fixture)
        func found(
            _ participant: ParticipantID?,
            _ standing: OutboxMessage.Standing? = nil,
            after: UInt64? = nil,
            limit: Int = 9
        ) throws -> [UInt64] {
            try fixture.read { reader throws(StoreError) in
                try reader.undelivered(
                    to: participant,
                    standing,
                    after: after.map { World.id(.message, $0) },
                    limit: limit
                )
                .map(\.id.low)
            }
        }
        #expect(try found(World.issuer) == [1, 3, 4, 5, 8])
        #expect(try found(World.issuer, .sending) == [3])
        #expect(try found(World.issuer, .inInbox, after: 1) == [5, 8])
        #expect(try found(World.issuer, .givenUp) == [4])
        #expect(try found(World.issuer, after: 3, limit: 1) == [4])
        #expect(try found(nil) == [1, 3, 4, 5, 6, 7, 8])
        #expect(try found(nil, .givenUp) == [4, 7])
        #expect(try found(nil, .givenUp, after: 4) == [7])
        #expect(try found(World.provider) == [])
        #expect(try found(World.participant("nobody")) == [])
        #expect(try found(nil, limit: -1) == [])
    }

    @Test(arguments: StoreUnderTest.allCases, [OutboxMessage.Standing.sending, .inInbox, .givenUp])
    func whatIsGivenUpIsNeverDue(kind: StoreUnderTest, standing: OutboxMessage.Standing) throws {
        let fixture = try kind.makeWorld()
        let dueAt = standing == .givenUp ? World.now : nil
        let error = #expect(throws: StoreError.self) {
            try fixture.commit { transaction in
                World.pay(World.payment(1), in: &transaction)
                let message = World.message(1, payment: 1, standing, dueAt: dueAt)
                transaction.messages.set(message.id, message)
            }
        }
        #expect(error?.code == .constraint)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func openCasesComeInTheOrderOfTheirPayments(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let ids = (1...5).map { World.payment($0).id }
        try fixture.commit { transaction in
            for number: UInt64 in [3, 1, 5, 2, 4] {
                World.pay(World.payment(number), in: &transaction)
                let id = World.payment(number).id
                let approver = number == 4 ? "yuki" : nil
                let row = World.exceptionCase(of: id, proposer: "sokha", approver: approver)
                transaction.exceptionCases.set(id, row)
            }
        }
        func open(_ after: PaymentID?, _ limit: Int) throws -> [PaymentID] {
            try fixture.read { reader throws(StoreError) in
                try reader.openExceptionCases(after: after, limit: limit).map(\.payment)
            }
        }
        #expect(try open(nil, 9) == [ids[0], ids[1], ids[2], ids[4]])
        #expect(try open(ids[0], 2) == [ids[1], ids[2]])
        #expect(try open(nil, 0) == [])
        try fixture.change(.exceptionCase(ids[2])) { $0.exceptionCases.set(ids[2], nil) }
        #expect(try open(ids[1], 9) == [ids[4]])
        #expect(try fixture.read { reader throws(StoreError) in try reader.exceptionCase(of: ids[2]) } == nil)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func dueTimersComeTheEarliestFirst(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        func key(_ payment: UInt64, _ kind: TimerKey.Kind = .decisionDeadline) -> TimerKey {
            TimerKey(kind: kind, payment: PaymentID(World.id(.payment, payment)))
        }
        try fixture.commit { transaction in
            for number: UInt64 in 1...4 { World.pay(World.payment(number), in: &transaction) }
            transaction.timers.set(key(1), later(20))
            transaction.timers.set(key(2), later(10))
            transaction.timers.set(key(2, .unresolved), later(10))
            transaction.timers.set(key(3), later(10))
            transaction.timers.set(key(4), later(21))
        }
        func due(_ moment: Timestamp, _ limit: Int) throws -> [TimerKey] {
            try fixture.read { reader throws(StoreError) in try reader.dueTimers(at: moment, limit: limit) }
        }
        #expect(try due(later(20), 9) == [key(2), key(2, .unresolved), key(3), key(1)])
        #expect(try due(later(20), 2) == [key(2), key(2, .unresolved)])
        #expect(try due(later(9), 9) == [])
        // A timer is moved and stopped without being read first; stopping one that is not there is nothing.
        try fixture.commit { transaction in
            transaction.timers.set(key(2), later(19))
            transaction.timers.set(key(3), nil)
            transaction.timers.set(key(3, .unresolved), nil)
        }
        #expect(try due(later(20), 9) == [key(2, .unresolved), key(2), key(1)])
    }

    @Test(arguments: StoreUnderTest.allCases)
    func merchantsComeInPages(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let other = Participant(id: World.participant("other-acquirer"), name: "O", country: .japan, roles: .acquirer)
        try fixture.commit { transaction in
            transaction.participants.set(other.id, other)
            for number: UInt64 in 2...25 {
                let key = MerchantKey.khqr(account: "shop\(number)", merchantID: nil)
                let acquirer = number.isMultiple(of: 5) ? other.id : World.acquirer
                transaction.merchants.set(key, World.merchant(number, key: key, acquirer: acquirer))
            }
        }
        var pages: [[UInt64]] = []
        var last: MerchantID?
        repeat {
            let behind = last
            let page = try fixture.read { reader throws(StoreError) in
                try reader.merchants(of: World.acquirer, after: behind, limit: 8)
            }
            pages.append(page.map(\.id.value.low))
            last = page.last?.id
        } while last != nil
        #expect(pages == [[1, 2, 3, 4, 6, 7, 8, 9], [11, 12, 13, 14, 16, 17, 18, 19], [21, 22, 23, 24], []])
        let lists = try fixture.read { reader throws(StoreError) in
            (
                try reader.merchants(of: other.id, after: nil, limit: 100).map(\.id.value.low),
                try reader.merchants(of: World.participant("nobody"), after: nil, limit: 100),
                try reader.merchants(of: World.acquirer, after: nil, limit: 0),
                try reader.merchant(MerchantID(World.id(.merchant, 7))),
                try reader.merchant(MerchantID(World.id(.quote, 7)))
            )
        }
        #expect(lists.0 == [5, 10, 15, 20, 25])
        #expect(lists.1.isEmpty)
        #expect(lists.2.isEmpty)
        #expect(lists.3?.key == .khqr(account: "shop7", merchantID: nil))
        #expect(lists.4 == nil)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func paymentsAreCountedByState(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        func counts() throws -> [PaymentState: Int] {
            try fixture.read { reader throws(StoreError) in try reader.paymentCounts() }
        }
        #expect(try counts().isEmpty)
        try fixture.commit { transaction in
            for number: UInt64 in 1...5 { World.pay(World.payment(number), in: &transaction) }
        }
        #expect(try counts() == [.sent: 5])
        try fixture.change(.payment(World.payment(1).id), .payment(World.payment(2).id)) { transaction in
            transaction.payments.set(World.payment(1).id, World.payment(1, state: .completed))
            transaction.payments.set(World.payment(2).id, World.payment(2, state: .rejected, reason: .tooLate))
            World.pay(World.payment(6), in: &transaction)
        }
        #expect(try counts() == [.sent: 4, .completed: 1, .rejected: 1])
        try fixture.change(.payment(World.payment(1).id)) {
            $0.payments.set(World.payment(1).id, World.payment(1, state: .refunded))
        }
        #expect(try counts() == [.sent: 4, .refunded: 1, .rejected: 1])
        // What fails is not counted.
        try expectRefusal { try fixture.commit { World.pay(World.payment(7, uetr: 1), in: &$0) } }
        try fixture.reopen()
        #expect(try counts() == [.sent: 4, .refunded: 1, .rejected: 1])
    }

    @Test(arguments: StoreUnderTest.allCases)
    func theRestComesInTheOrderOfItsIds(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let otherPair = CurrencyPair(payer: .jpy, merchant: .khr)
        try fixture.commit { transaction in
            for number: UInt64 in [3, 1, 2] { transaction.apiKeys.set(World.apiKey(number).id, World.apiKey(number)) }
            transaction.apiKeys.set(World.apiKey(4).id, World.apiKey(4, revokedAt: World.now))
            World.pay(World.payment(1, state: .completed), in: &transaction)
            for part in [2, 1, 3] {
                let refund = World.refund(UInt64(10 - part), of: 1, part: part)
                transaction.refunds.set(refund.id, refund)
            }
            for pair in [World.pair, otherPair] {
                transaction.rateBoards.set(pair, RateBoard(pair: pair, rates: [World.providerRate]))
            }
        }
        let lists = try fixture.read { reader throws(StoreError) in
            (
                try reader.participants().map(\.id), try reader.accounts(of: nil).map(\.id),
                try reader.accounts(of: World.issuer).map(\.id), try reader.apiKeys().map(\.id.low),
                try reader.refunds(of: World.payment(1).id).map(\.part), try reader.rateBoards().map(\.pair)
            )
        }
        #expect(lists.0 == [World.provider, World.issuer, World.acquirer])
        #expect(lists.1 == lists.1.sorted() && lists.1.count == 9 + 6 + 6 + 2 * 3)
        #expect(lists.2 == lists.1.filter { $0.owner == World.issuer })
        #expect(lists.3 == [1, 2, 3, 4])
        #expect(lists.4 == [1, 2, 3])
        #expect(Set(lists.5) == [World.pair, otherPair])
        #expect(lists.5 == lists.5.sorted { ($0.payer, $0.merchant) < ($1.payer, $1.merchant) })
        #expect(
            try fixture.read { reader throws(StoreError) in try reader.accounts(of: World.participant("nobody")) }
                .isEmpty
        )
    }
}
