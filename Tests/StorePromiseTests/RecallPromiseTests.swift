import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Recalls come back as they were written, change as they may, and one of a payment is open at a time.
@Suite struct RecallPromiseTests {
    private static let payment = PaymentID(World.id(.payment, 1))

    private func fixture(_ kind: StoreUnderTest) throws -> any StoreFixture {
        let fixture = try kind.makeWorld()
        try fixture.commit { transaction in
            for number: UInt64 in 1...3 { World.pay(World.payment(number), in: &transaction) }
            transaction.refunds.set(World.refund(1, of: 1).id, World.refund(1, of: 1))
        }
        return fixture
    }

    static let freezes: [Recall.Freeze?] = [
        nil, Recall.Freeze(dueAt: World.now), Recall.Freeze(dueAt: World.now, state: .overdue),
        Recall.Freeze(dueAt: World.now, state: .gone, reportedAt: Timestamp(milliseconds: .max)),
        Recall.Freeze(dueAt: World.now, state: .frozen, amount: World.yen(980), reportedAt: World.now),
    ]

    @Test(arguments: StoreUnderTest.allCases, Recall.State.allCases)
    func comeBackFieldByField(kind: StoreUnderTest, state: Recall.State) throws {
        let fixture = try fixture(kind)
        let refund = state == .accepted ? World.refund(1, of: 1).id : nil
        for (number, freeze) in Self.freezes.enumerated() {
            let recall = World.recall(UInt64(number), of: 1, state: state, refund: refund, freeze: freeze)
            if number > 0, state.isOpen {
                let before = World.recall(UInt64(number) - 1, of: 1, state: .lapsed)
                try fixture.change(.recall(before.id)) { $0.recalls.set(before.id, before) }
            }
            try fixture.commit { $0.recalls.set(recall.id, recall) }
            for isReopened in [false, true] {
                if isReopened { try fixture.reopen() }
                let transaction = try fixture.look(at: .recall(recall.id), .openClaims(recall.payment))
                #expect(transaction.recalls[recall.id] == recall)
                #expect(transaction.openClaims[recall.payment]?.recall == (state.isOpen ? recall.id : nil))
                #expect(try fixture.read { reader throws(StoreError) in try reader.recall(recall.id) } == recall)
            }
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func moveThroughTheirStates(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        try fixture.commit { $0.recalls.set(World.recall(1, of: 1).id, World.recall(1, of: 1)) }
        let moves = [
            World.recall(1, of: 1, state: .pending, freeze: Recall.Freeze(dueAt: World.now)),
            World.recall(1, of: 1, state: .refused),
            World.recall(1, of: 1, state: .accepted, refund: World.refund(1, of: 1).id),
        ]
        for recall in moves {
            try fixture.change(.recall(recall.id), .openClaims(Self.payment)) { $0.recalls.set(recall.id, recall) }
            let transaction = try fixture.look(at: .recall(recall.id), .openClaims(Self.payment))
            #expect(transaction.recalls[recall.id] == recall)
            #expect(transaction.openClaims[Self.payment] == (recall.state.isOpen ? OpenClaims(recall: recall.id) : nil))
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func oneOfAPaymentIsOpen(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        let (first, second) = (World.recall(1, of: 1), World.recall(2, of: 1))
        try expectRefusal {
            try fixture.commit { transaction in
                transaction.recalls.set(first.id, first)
                transaction.recalls.set(second.id, second)
            }
        }
        try fixture.commit { $0.recalls.set(first.id, first) }
        try expectRefusal { try fixture.commit { $0.recalls.set(second.id, second) } }
        try fixture.change(.recall(first.id)) { transaction in
            let ended = World.recall(1, of: 1, state: .refused)
            transaction.recalls.set(ended.id, ended)
            transaction.recalls.set(second.id, second)
        }
        try fixture.commit { $0.recalls.set(World.recall(3, of: 2).id, World.recall(3, of: 2)) }
        #expect(try fixture.look(at: .openClaims(Self.payment)).openClaims[Self.payment]?.recall == second.id)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func neverGoNorComeTwice(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        let recall = World.recall(1, of: 1, state: .refused)
        try fixture.commit { $0.recalls.set(recall.id, recall) }
        try expectRefusal { try fixture.commit { $0.recalls.set(recall.id, recall) } }
        try expectRefusal { try fixture.change(.recall(recall.id)) { $0.recalls.set(recall.id, nil) } }
        let unknown = World.recall(2, of: 1, state: .accepted, refund: RefundID(World.id(.refund, 404)))
        try expectRefusal { try fixture.commit { $0.recalls.set(unknown.id, unknown) } }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func areListedInTheirOrder(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        let rows = [
            World.recall(4, of: 1, state: .refused), World.recall(2, of: 1), World.recall(3, of: 2),
            World.recall(1, of: 3, state: .lapsed),
        ]
        try fixture.commit { transaction in for row in rows { transaction.recalls.set(row.id, row) } }
        let list = {
            (participant: ParticipantID?, state: Recall.State?, after: UInt64?, limit: Int) throws -> [UInt64] in
            let last = after.map { RecallID(World.id(.recall, $0)) }
            return try fixture.read { reader throws(StoreError) in
                try reader.recalls(of: participant, in: state, after: last, limit: limit)
            }
            .map(\.id.value.low)
        }
        #expect(try list(nil, nil, nil, 9) == [1, 2, 3, 4])
        #expect(try list(World.issuer, nil, nil, 9) == [1, 2, 3, 4])
        #expect(try list(World.acquirer, nil, 1, 2) == [2, 3])
        #expect(try list(World.acquirer, .requested, nil, 9) == [2, 3])
        #expect(try list(nil, .requested, 2, 9) == [3])
        #expect(try list(World.provider, nil, nil, 9) == [])
        #expect(try list(World.participant("nobody"), nil, nil, 9) == [])
        #expect(try list(nil, nil, nil, 0) == [])
        #expect(try list(nil, nil, nil, -1) == [])
        let payment = Self.payment
        let ofOne = try fixture.read { reader throws(StoreError) in try reader.recalls(of: payment) }
        #expect(ofOne.map(\.id.value.low) == [2, 4])
    }

    @Test(arguments: StoreUnderTest.allCases)
    func areNamedByMessagesAndAnswers(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        let recall = World.recall(1, of: 1)
        let message = OutboxMessage(
            id: World.id(.message, 1),
            kind: .recallRequest,
            destination: World.acquirer,
            payment: Self.payment,
            refund: nil,
            claim: recall.id.value,
            state: .completed,
            createdAt: World.now,
            dueAt: World.now
        )
        let key = World.key("a", .recall)
        try fixture.commit { transaction in
            transaction.recalls.set(recall.id, recall)
            transaction.messages.set(message.id, message)
            transaction.idempotency.set(key, World.record(.recall(recall.id)))
        }
        try fixture.reopen()
        let transaction = try fixture.look(at: .message(message.id), .idempotency(key))
        #expect(transaction.messages[message.id] == message)
        #expect(transaction.idempotency[key]?.answer == .recall(recall.id))
    }
}
