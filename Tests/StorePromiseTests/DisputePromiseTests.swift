import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Disputes change as they may, one of a payment is open at a time, and history and files are only added to.
@Suite struct DisputePromiseTests {
    private static let payment = PaymentID(World.id(.payment, 1))

    private func fixture(_ kind: StoreUnderTest) throws -> any StoreFixture {
        let fixture = try kind.makeWorld()
        try fixture.commit { transaction in
            for number: UInt64 in 1...3 { World.pay(World.payment(number), in: &transaction) }
            transaction.refunds.set(World.refund(1, of: 1).id, World.refund(1, of: 1))
        }
        return fixture
    }

    @Test(arguments: StoreUnderTest.allCases, Dispute.State.allCases)
    func comeBackFieldByField(kind: StoreUnderTest, state: Dispute.State) throws {
        let fixture = try fixture(kind)
        let reasons = Dispute.Reason.allCases
        for (number, reason) in reasons.enumerated() {
            let dispute = World.dispute(
                UInt64(number),
                of: 1,
                state: state,
                by: number.isMultiple(of: 2) ? .issuer : .acquirer,
                reason: reason,
                refund: number == 1 ? World.refund(1, of: 1).id : nil,
                counts: (number + 1, number, number * 2)
            )
            if number > 0, state.isOpen {
                let before = World.dispute(UInt64(number) - 1, of: 1, state: .closed)
                try fixture.change(.dispute(before.id)) { $0.disputes.set(before.id, before) }
            }
            try fixture.commit { $0.disputes.set(dispute.id, dispute) }
            if number == reasons.count - 1 { try fixture.reopen() }
            let transaction = try fixture.look(at: .dispute(dispute.id), .openClaims(dispute.payment))
            #expect(transaction.disputes[dispute.id] == dispute)
            #expect(transaction.openClaims[dispute.payment]?.dispute == (state.isOpen ? dispute.id : nil))
            #expect(try fixture.read { reader throws(StoreError) in try reader.dispute(dispute.id) } == dispute)
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func moveThroughTheirStates(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        let (dispute, recall) = (World.dispute(1, of: 1), World.recall(1, of: 1))
        try fixture.commit { transaction in
            transaction.disputes.set(dispute.id, dispute)
            transaction.recalls.set(recall.id, recall)
        }
        #expect(
            try fixture.look(at: .openClaims(Self.payment)).openClaims[Self.payment]
                == OpenClaims(recall: recall.id, dispute: dispute.id)
        )
        for state in [Dispute.State.awaitingEvidence, .rejected, .escalated, .closed] {
            let moved = World.dispute(1, of: 1, state: state, counts: (2, 10, 3))
            try fixture.change(.dispute(moved.id)) { $0.disputes.set(moved.id, moved) }
            let transaction = try fixture.look(at: .dispute(moved.id), .openClaims(Self.payment))
            #expect(transaction.disputes[moved.id] == moved)
            #expect(transaction.openClaims[Self.payment]?.dispute == (state.isOpen ? moved.id : nil))
            #expect(transaction.openClaims[Self.payment]?.recall == recall.id)
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func oneOfAPaymentIsOpen(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        let (first, second) = (World.dispute(1, of: 1, state: .rejected), World.dispute(2, of: 1))
        try expectRefusal {
            try fixture.commit { transaction in
                transaction.disputes.set(first.id, first)
                transaction.disputes.set(second.id, second)
            }
        }
        try fixture.commit { $0.disputes.set(first.id, first) }
        try expectRefusal { try fixture.commit { $0.disputes.set(second.id, second) } }
        try fixture.change(.dispute(first.id)) { transaction in
            let ended = World.dispute(1, of: 1, state: .closed)
            transaction.disputes.set(ended.id, ended)
            transaction.disputes.set(second.id, second)
        }
        #expect(try fixture.look(at: .openClaims(Self.payment)).openClaims[Self.payment]?.dispute == second.id)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func neverGoNorComeTwice(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        let dispute = World.dispute(1, of: 1, state: .closed)
        try fixture.commit { $0.disputes.set(dispute.id, dispute) }
        try expectRefusal { try fixture.commit { $0.disputes.set(dispute.id, dispute) } }
        try expectRefusal { try fixture.change(.dispute(dispute.id)) { $0.disputes.set(dispute.id, nil) } }
        let crowded = World.dispute(2, of: 1, counts: (20, Dispute.mostEvidence + 1, 0))
        try expectRefusal { try fixture.commit { $0.disputes.set(crowded.id, crowded) } }
        let unknown = World.dispute(2, of: 1, state: .accepted, refund: RefundID(World.id(.refund, 404)))
        try expectRefusal { try fixture.commit { $0.disputes.set(unknown.id, unknown) } }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func areDecidedByTwoPersons(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        let before = World.dispute(1, of: 1, state: .escalated)
        try fixture.commit { $0.disputes.set(before.id, before) }
        let notes = ["Sure.", "領収書なし '; DROP", "", "Sure."]
        for (note, decision) in zip(notes, [Dispute.Decision.uphold, .dismiss, .uphold, .dismiss]) {
            let proposed = World.dispute(1, of: 1, state: .escalated, proposal: World.proposal(decision, note: note))
            try fixture.change(.dispute(before.id)) { $0.disputes.set(proposed.id, proposed) }
            #expect(try fixture.look(at: .dispute(before.id)).disputes[before.id] == proposed)
        }
        let wrong = [
            World.dispute(1, of: 1, state: .closed, proposal: World.proposal(.dismiss), approver: "sokha"),
            World.dispute(1, of: 1, state: .closed, proposal: World.proposal(.dismiss)),
            World.dispute(1, of: 1, state: .closed, approver: "yuki"),
            World.dispute(1, of: 1, state: .closed, proposal: World.proposal(.uphold), approver: "yuki"),
            World.dispute(1, of: 1, state: .escalated, proposal: World.proposal(.dismiss), approver: "yuki"),
        ]
        for wrong in wrong {
            try expectRefusal { try fixture.change(.dispute(wrong.id)) { $0.disputes.set(wrong.id, wrong) } }
        }
        let decided = World.dispute(1, of: 1, state: .closed, proposal: World.proposal(.dismiss), approver: "yuki")
        try fixture.change(.dispute(before.id)) { $0.disputes.set(decided.id, decided) }
        try fixture.reopen()
        #expect(try fixture.look(at: .dispute(before.id)).disputes[before.id] == decided)
        #expect(try fixture.read { reader throws(StoreError) in try reader.dispute(decided.id) } == decided)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func haveAHistoryThatOnlyGrows(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        let file = World.file(1, of: 1)
        var events = DisputeMachine.Action.allCases.enumerated().map { number, action in
            World.event(number + 1, of: 1, action: action, note: number == 0 ? "ラーメン '; DROP" : nil)
        }
        events.append(World.event(events.count + 1, of: 1, by: .operations(nil)))
        events.append(World.event(events.count + 1, of: 1, by: .operations(OperatorID("sokha"))))
        events.append(World.event(events.count + 1, of: 1, by: .system, evidence: file.id))
        let other = World.event(1, of: 2)
        try fixture.commit { transaction in
            transaction.disputes.set(World.dispute(1, of: 1).id, World.dispute(1, of: 1))
            transaction.disputes.set(World.dispute(2, of: 2).id, World.dispute(2, of: 2))
            World.add(file, in: &transaction)
            for event in events.reversed() + [other] { transaction.disputeEvents.set(event.key, event) }
        }
        try fixture.reopen()
        let id = World.dispute(1, of: 1).id
        #expect(try fixture.read { reader throws(StoreError) in try reader.events(of: id) } == events)
        #expect(try fixture.look(at: .disputeEvent(events[2].key)).disputeEvents[events[2].key] == events[2])
        try expectRefusal { try fixture.commit { $0.disputeEvents.set(other.key, other) } }
        try expectRefusal {
            try fixture.change(.disputeEvent(other.key)) {
                $0.disputeEvents.set(other.key, World.event(1, of: 2, note: "x"))
            }
        }
        try expectRefusal { try fixture.change(.disputeEvent(other.key)) { $0.disputeEvents.set(other.key, nil) } }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func keepTheirFiles(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        let types = Evidence.MediaType.allCases
        let files = types.enumerated().map { number, type in
            World.file(
                UInt64(number),
                of: 1,
                type: type,
                side: number == 0 ? .issuer : .acquirer,
                byteCount: number == 0 ? Evidence.largestBytes : number
            )
        }
        try fixture.commit { transaction in
            transaction.disputes.set(World.dispute(1, of: 1).id, World.dispute(1, of: 1))
            for file in files.reversed() { World.add(file, in: &transaction) }
        }
        try fixture.reopen()
        let id = World.dispute(1, of: 1).id
        #expect(try fixture.read { reader throws(StoreError) in try reader.evidence(of: id) } == files)
        for file in files {
            #expect(try fixture.look(at: .evidence(file.id)).evidence[file.id] == file)
            let bytes = try fixture.read { reader throws(StoreError) in try reader.bytes(of: file.id) }
            #expect(bytes == [UInt8](repeating: 0x41, count: file.byteCount))
        }
        let unknown = EvidenceID(World.id(.evidence, 404))
        #expect(try fixture.read { reader throws(StoreError) in try reader.bytes(of: unknown) } == nil)

        let new = World.file(9, of: 1)
        try expectRefusal { try fixture.commit { $0.evidence.set(new.id, new) } }
        try expectRefusal { try fixture.commit { $0.evidenceBytes.set(new.id, [1, 2, 3]) } }
        try expectRefusal {
            try fixture.commit { transaction in
                transaction.evidence.set(new.id, new)
                transaction.evidenceBytes.set(new.id, [1, 2])
            }
        }
        try expectRefusal { try fixture.commit { World.add(files[0], in: &$0) } }
        try expectRefusal { try fixture.change(.evidence(files[0].id)) { $0.evidence.set(files[0].id, nil) } }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func areListedInTheirOrder(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        let rows = [
            World.dispute(4, of: 1, state: .closed), World.dispute(2, of: 1), World.dispute(3, of: 2),
            World.dispute(1, of: 3, state: .escalated),
        ]
        try fixture.commit { transaction in for row in rows { transaction.disputes.set(row.id, row) } }
        let list = {
            (participant: ParticipantID?, state: Dispute.State?, after: UInt64?, limit: Int) throws -> [UInt64] in
            let last = after.map { DisputeID(World.id(.dispute, $0)) }
            return try fixture.read { reader throws(StoreError) in
                try reader.disputes(of: participant, in: state, after: last, limit: limit)
            }
            .map(\.id.value.low)
        }
        #expect(try list(nil, nil, nil, 9) == [1, 2, 3, 4])
        #expect(try list(World.acquirer, nil, 1, 2) == [2, 3])
        #expect(try list(World.issuer, .opened, nil, 9) == [2, 3])
        #expect(try list(nil, .escalated, nil, 9) == [1])
        #expect(try list(World.provider, nil, nil, 9) == [])
        #expect(try list(nil, nil, nil, -1) == [])
        let payment = Self.payment
        let ofOne = try fixture.read { reader throws(StoreError) in try reader.disputes(of: payment) }
        #expect(ofOne.map(\.id.value.low) == [2, 4])
    }

    @Test(arguments: StoreUnderTest.allCases)
    func areNamedByAnswers(kind: StoreUnderTest) throws {
        let fixture = try fixture(kind)
        let answers: [StoredAnswer] = [
            .dispute(World.dispute(1, of: 1).id), .disputeEvent(World.event(.max, of: 1).key),
            .evidence(World.file(1, of: 1).id),
        ]
        for (number, answer) in answers.enumerated() {
            let key = World.key("key-\(number)", .actOnDispute)
            try fixture.commit { $0.idempotency.set(key, World.record(answer)) }
            #expect(try fixture.look(at: .idempotency(key)).idempotency[key]?.answer == answer)
        }
    }
}
