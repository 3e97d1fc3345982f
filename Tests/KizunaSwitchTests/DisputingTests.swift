import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// A case between two banks: opened, argued, decided, with every step in its history (`flows.md` 7).
@Suite struct DisputingTests {
    static let digest = [UInt8](repeating: 7, count: 32)
    static let sokha = StepWorld.person("sokha")
    static let yuki = StepWorld.person("yuki")

    /// A world in which A1 of `flows.md` 6.3 has been paid and disputed.
    struct Disputed {
        var world: StepWorld
        let payment: PaymentID
        let id: DisputeID
        let opener: Caller
        let respondent: Caller

        init(by side: Dispute.Side = .issuer, amount: Int64? = nil) throws {
            world = try StepWorld()
            payment = try world.pay()
            let banks = [Caller.participant(StepWorld.rielBank), .participant(StepWorld.yenAcquirer)]
            (opener, respondent) = side == .issuer ? (banks[0], banks[1]) : (banks[1], banks[0])
            id = try world.dispute(payment, by: opener, amount: amount)
        }

        var now: Dispute? { world.transaction.disputes[id] }
        var state: Dispute.State? { now?.state }
        var events: [DisputeEvent] { world.transaction.disputeEvents.changes.compactMap(\.row) }
        var refunds: [Refund] { world.transaction.refunds.changes.compactMap(\.row) }
        var clock: Timestamp? {
            world.transaction.timers[TimerKey(kind: .disputeDeadline, payment: payment)]
        }

        func updates(to bank: ParticipantID) -> Int {
            world.messages(about: payment).count { $0.kind == .disputeUpdate && $0.destination == bank }
        }

        @discardableResult
        mutating func act(_ action: DisputeMachine.Action, by caller: Caller, note: String? = nil) throws
            -> RefusalCode?
        {
            try world.refusal(.actOnDispute(ActOnDispute(dispute: id, action: action, note: note)), by: caller)
        }

        @discardableResult
        mutating func decide(_ move: DecideDispute.Move, by caller: Caller) throws -> RefusalCode? {
            try world.refusal(.decideDispute(DecideDispute(dispute: id, move: move)), by: caller)
        }

        /// Brings the case before people.
        mutating func escalate() throws {
            #expect(try act(.rejected, by: respondent) == nil)
            #expect(try act(.escalated, by: opener) == nil)
        }

        /// One person proposes, and another approves.
        mutating func decide(_ decision: Dispute.Decision, note: String = "Sure.") throws {
            #expect(try decide(.propose(decision, note: note), by: DisputingTests.sokha) == nil)
            let proposal = try #require(now?.proposal)
            #expect(try decide(.approve(proposal.id), by: DisputingTests.yuki) == nil)
        }

        mutating func add(_ bytes: [UInt8] = Array("a receipt".utf8), by caller: Caller) throws -> RefusalCode? {
            let command = AddEvidence(dispute: id, mediaType: .plainText, bytes: bytes, digest: DisputingTests.digest)
            return try world.refusal(.addEvidence(command), by: caller)
        }

        mutating func fire() throws {
            _ = try world.succeed(.timerDue(TimerKey(kind: .disputeDeadline, payment: payment)), by: .system)
        }

        mutating func passDeadline() throws {
            world.now = try #require(now?.dueAt)
            try fire()
        }
    }

    @Test(arguments: Dispute.Side.allCases) func isToldToTheOtherSide(side: Dispute.Side) throws {
        let disputed = try Disputed(by: side)
        let respondent = side == .issuer ? StepWorld.yenAcquirer : StepWorld.rielBank
        #expect(disputed.updates(to: respondent) == 1)
        #expect(disputed.world.messages(about: disputed.payment).last?.claim == disputed.id.value)
        #expect(disputed.now?.dueAt == disputed.clock)
        #expect(disputed.events.map(\.action) == [.opened])
        #expect(disputed.events.first?.note == "The noodles never came.")
        // Ten business days of the one who is to answer end at midnight there.
        let country: Country = side == .issuer ? .japan : .cambodia
        let calendar = BusinessCalendar(country)
        #expect(disputed.clock == calendar.end(ofBusinessDay: Dispute.businessDays, after: disputed.world.now))
    }

    @Test(arguments: Dispute.Side.allCases) func goesBackToThePayerWhenItIsAccepted(side: Dispute.Side) throws {
        var disputed = try Disputed(by: side, amount: 500)
        #expect(try disputed.act(.accepted, by: disputed.respondent) == nil)
        let refund = try #require(disputed.refunds.first)
        #expect(refund.merchantAmount == RecallingTests.yen(500))
        #expect(refund.payerAmount.majorUnits == "13478")
        #expect(refund.reason == .serviceNotRendered)
        #expect(disputed.now?.refund == refund.id)
        #expect(disputed.state == .accepted)
        #expect(disputed.clock == nil)
        #expect(disputed.world.transaction.openClaims[disputed.payment] == nil)
        #expect(disputed.world.audit().violations.isEmpty)
    }

    /// The whole way: evidence is asked for and brought, the answer is no, and two persons say yes.
    @Test func isDecidedByTwoPersonsWhenTheBanksDoNotAgree() throws {
        var disputed = try Disputed()
        #expect(try disputed.act(.evidenceAsked, by: disputed.respondent, note: "A receipt, please.") == nil)
        #expect(disputed.state == .awaitingEvidence)
        #expect(try disputed.add(by: disputed.opener) == nil)
        #expect(try disputed.act(.evidenceComplete, by: disputed.opener) == nil)
        #expect(disputed.state == .opened)
        #expect(try disputed.act(.rejected, by: disputed.respondent) == nil)
        #expect(try disputed.act(.escalated, by: disputed.opener) == nil)
        #expect(disputed.clock == nil)
        #expect(try disputed.act(.upheld, by: disputed.respondent) == .disputeNotPossible)
        for caller in [Self.sokha, .operations] {
            #expect(try disputed.act(.upheld, by: caller) == .disputeNotPossible, "Nobody decides alone")
        }
        try disputed.decide(.uphold, note: "No receipt.")
        #expect(disputed.state == .accepted)
        #expect(disputed.refunds.count == 1)
        #expect(
            disputed.events.map(\.action) == [
                .opened, .evidenceAsked, .evidenceAdded, .evidenceComplete, .rejected, .escalated, .upheld,
            ]
        )
        #expect(disputed.events.map(\.key.number) == Array(1...7))
        #expect(disputed.events.last?.actor == .operations(OperatorID("yuki")))
        #expect(disputed.events.last?.note == "No receipt.")
        #expect(disputed.now?.proposal?.proposer == OperatorID("sokha"))
        #expect(disputed.now?.approver == OperatorID("yuki"))
        #expect(disputed.events[1].actor == .participant(StepWorld.yenAcquirer))
        #expect(disputed.events[1].note == "A receipt, please.")
        #expect(disputed.world.audit().violations.isEmpty)
    }

    @Test func isNotDecidedByOnePerson() throws {
        var disputed = try Disputed()
        #expect(try disputed.decide(.propose(.uphold, note: "x"), by: Self.sokha) == .decisionNotPossible, "Not yet")
        try disputed.escalate()
        #expect(try disputed.decide(.withdraw, by: Self.sokha) == nil, "Nothing is there already")
        #expect(try disputed.decide(.propose(.uphold, note: "x"), by: disputed.opener) == .forbidden)
        #expect(try disputed.decide(.propose(.uphold, note: "x"), by: .operations) == .forbidden)
        #expect(try disputed.decide(.propose(.uphold, note: "x"), by: Self.sokha) == nil)
        let first = try #require(disputed.now?.proposal?.id)
        #expect(try disputed.decide(.approve(first), by: Self.sokha) == .forbidden)
        #expect(try disputed.decide(.approve(first), by: .operations) == .forbidden)
        #expect(try disputed.act(.upheld, by: Self.yuki) == .disputeNotPossible)
        #expect(disputed.state == .escalated && disputed.refunds.isEmpty)
        #expect(disputed.events.last?.action == .escalated, "The banks read of nothing")
        // The same again is the same; another's replaces it, and what was seen before is not approved by mistake.
        #expect(try disputed.decide(.propose(.uphold, note: "x"), by: Self.sokha) == nil)
        #expect(disputed.now?.proposal?.id == first)
        #expect(try disputed.decide(.propose(.dismiss, note: "y"), by: Self.yuki) == nil)
        #expect(try disputed.decide(.approve(first), by: Self.yuki) == .decisionNotPossible)
        #expect(try disputed.decide(.withdraw, by: Self.sokha) == .forbidden, "It is Yuki's")
        let second = try #require(disputed.now?.proposal?.id)
        #expect(try disputed.decide(.approve(second), by: Self.sokha) == nil)
        #expect(disputed.state == .closed && disputed.refunds.isEmpty)
        // A repeat gets the first answer; everybody else comes too late.
        #expect(try disputed.decide(.approve(second), by: Self.sokha) == nil)
        #expect(try disputed.decide(.approve(second), by: Self.yuki) == .decisionNotPossible)
        #expect(try disputed.decide(.propose(.dismiss, note: "y"), by: Self.yuki) == .decisionNotPossible)
        #expect(try disputed.decide(.withdraw, by: Self.yuki) == .decisionNotPossible)
        #expect(disputed.events.count == 4)
    }

    @Test func forgetsWhatWasProposedWhenABankEndsIt() throws {
        var accepted = try Disputed()
        try accepted.escalate()
        try accepted.decide(.propose(.dismiss, note: "x"), by: Self.sokha)
        let proposal = try #require(accepted.now?.proposal?.id)
        #expect(try accepted.act(.accepted, by: accepted.respondent) == nil)
        #expect(accepted.now?.proposal == nil && accepted.now?.approver == nil)
        #expect(try accepted.decide(.approve(proposal), by: Self.yuki) == .decisionNotPossible)
        #expect(accepted.state == .accepted && accepted.refunds.count == 1)
    }

    @Test func endsWithoutMoneyWhereNobodyGivesAny() throws {
        var dismissed = try Disputed()
        try dismissed.escalate()
        try dismissed.decide(.dismiss)
        var withdrawn = try Disputed()
        #expect(try withdrawn.act(.withdrawn, by: withdrawn.respondent) == .disputeNotPossible)
        #expect(try withdrawn.act(.withdrawn, by: withdrawn.opener) == nil)
        for disputed in [dismissed, withdrawn] {
            #expect(disputed.state == .closed)
            #expect(disputed.refunds.isEmpty)
            #expect(disputed.clock == nil)
            #expect(disputed.world.transaction.openClaims[disputed.payment] == nil)
        }
    }

    /// Silence of the other side goes to an operator, silence of the opening side ends the case.
    @Test func movesOnWhenSomebodyStaysSilent() throws {
        var unanswered = try Disputed()
        unanswered.world.now = try #require(unanswered.now?.dueAt).adding(.milliseconds(-1))
        try unanswered.fire()
        #expect(unanswered.state == .opened)
        try unanswered.passDeadline()
        #expect(unanswered.state == .escalated)
        #expect(unanswered.updates(to: StepWorld.rielBank) == 1)
        #expect(unanswered.updates(to: StepWorld.yenAcquirer) == 2)
        try unanswered.fire()
        #expect(unanswered.state == .escalated)

        var unproved = try Disputed()
        try unproved.act(.evidenceAsked, by: unproved.respondent)
        try unproved.passDeadline()
        #expect(unproved.state == .rejected)
        try unproved.passDeadline()
        #expect(unproved.state == .closed)
        #expect(unproved.events.map(\.actor).suffix(2) == [.system, .system])
    }

    /// The deadline decides, whether or not its timer has been looked at.
    @Test func findsALateActionBehindTheDeadline() throws {
        var disputed = try Disputed()
        disputed.world.now = try #require(disputed.now?.dueAt)
        #expect(try disputed.act(.rejected, by: disputed.respondent) == .disputeNotPossible)
        #expect(disputed.events.count == 1)
        #expect(try disputed.act(.accepted, by: disputed.respondent) == nil)
        #expect(disputed.events.map(\.action) == [.opened, .answerOverdue, .accepted])
    }

    @Test func isOneAtATimeAndBesideARecall() throws {
        var disputed = try Disputed()
        let again = OpenDispute(payment: disputed.payment, reason: .fraud, amount: nil, note: nil)
        #expect(try disputed.world.refusal(.openDispute(again), by: disputed.respondent) == .duplicate)
        let recall = try disputed.world.recall(disputed.payment, .duplicate, amount: 500)
        #expect(
            disputed.world.transaction.openClaims[disputed.payment] == OpenClaims(recall: recall, dispute: disputed.id)
        )
        try disputed.act(.withdrawn, by: disputed.opener)
        #expect(disputed.world.transaction.openClaims[disputed.payment] == OpenClaims(recall: recall))
        #expect(try disputed.world.refusal(.openDispute(again), by: disputed.respondent) == nil)
    }

    @Test func neverGivesBackMoreThanIsLeft() throws {
        var disputed = try Disputed()
        try disputed.world.refund(disputed.payment, 1_500)
        try disputed.act(.accepted, by: disputed.respondent)
        #expect(disputed.refunds.map(\.merchantAmount.minorUnits).sorted() == [480, 1_500])
    }

    /// All of the payment goes back for one reason: the claims for others are settled with it.
    @Test func endsWithAFullRefund() throws {
        var shop = try Disputed()
        try shop.world.refund(shop.payment, nil)
        #expect(shop.state == .closed)
        #expect(shop.now?.refund == shop.refunds.first?.id)
        #expect(shop.events.last?.action == .refundedOtherwise)

        var recalled = try Disputed()
        let recall = try recalled.world.recall(recalled.payment, .duplicate)
        _ = try recalled.world.succeed(.answerRecall(recall, .granted(amount: nil, uetr: nil)), by: recalled.respondent)
        #expect(recalled.state == .closed)
        #expect(recalled.world.transaction.recalls[recall]?.state == .accepted)
        #expect(recalled.world.transaction.openClaims[recalled.payment] == nil)

        var accepted = try Disputed()
        let other = try accepted.world.recall(accepted.payment, .fraud)
        try accepted.act(.accepted, by: accepted.respondent)
        #expect(accepted.state == .accepted)
        #expect(accepted.world.transaction.recalls[other]?.state == .accepted)
        #expect(accepted.refunds.count == 1)
        #expect(accepted.world.transaction.openClaims[accepted.payment] == nil)
    }

    @Test func waitsForTheAcquirersFunds() throws {
        var disputed = try Disputed()
        try disputed.world.join(StepWorld.yenAcquirer, .japan, .acquirer, cap: -1)
        #expect(try disputed.act(.accepted, by: disputed.respondent) == .liquidity)
        #expect(disputed.state == .opened)
        #expect(disputed.events.count == 1)
    }

    @Test func takesFilesOfBothSidesWithinBounds() throws {
        var disputed = try Disputed()
        let largest = [UInt8](repeating: 0x41, count: Evidence.largestBytes)
        #expect(try disputed.add([], by: disputed.opener) == .disputeNotPossible)
        #expect(try disputed.add(largest + [0x41], by: disputed.opener) == .disputeNotPossible)
        #expect(try disputed.add(largest, by: disputed.opener) == nil)
        for _ in 1..<Dispute.mostEvidence { #expect(try disputed.add(by: disputed.respondent) == nil) }
        #expect(try disputed.add(by: disputed.respondent) == .disputeNotPossible)
        let files = disputed.world.transaction.evidence.changes.compactMap(\.row)
        #expect(files.count == Dispute.mostEvidence)
        #expect(files.map(\.side) == [.issuer] + Array(repeating: .acquirer, count: Dispute.mostEvidence - 1))
        #expect(files.first?.byteCount == Evidence.largestBytes)
        #expect(files.allSatisfy { $0.digest == Self.digest })
        #expect(disputed.world.transaction.evidenceBytes.changes.count == Dispute.mostEvidence)
        #expect(try disputed.act(.evidenceAdded, by: disputed.opener) == .disputeNotPossible)
        try disputed.act(.withdrawn, by: disputed.opener)
        #expect(try disputed.add(by: disputed.opener) == .disputeNotPossible)
    }

    @Test func isTheTwoBanksBusiness() throws {
        var disputed = try Disputed()
        for stranger in [StepWorld.rielAcquirer, StepWorld.yenWallet, StepWorld.provider] {
            #expect(try disputed.act(.accepted, by: .participant(stranger)) == .notFound)
            #expect(try disputed.add(by: .participant(stranger)) == .notFound)
            let open = OpenDispute(payment: disputed.payment, reason: .fraud, amount: nil, note: nil)
            #expect(try disputed.world.refusal(.openDispute(open), by: .participant(stranger)) == .notFound)
        }
        #expect(try disputed.add(by: .operations) == .forbidden)
        #expect(try disputed.act(.accepted, by: disputed.opener) == .disputeNotPossible)
        #expect(try disputed.act(.answerOverdue, by: disputed.respondent) == .disputeNotPossible)
        #expect(try disputed.act(.dismissed, by: .operations) == .disputeNotPossible)
        #expect(disputed.events.count == 1)
    }

    @Test func givesTheFirstAnswersAgain() throws {
        var disputed = try Disputed()
        try disputed.act(.withdrawn, by: disputed.opener)
        let token = { (operation: IdempotencyKey.Operation) in
            IdempotencyToken(
                key: IdempotencyKey(participant: StepWorld.rielBank, operation: operation, text: "a"),
                fingerprint: UniqueID(high: 1, low: 1)
            )
        }
        let open = Command.openDispute(
            OpenDispute(payment: disputed.payment, reason: .fraud, amount: nil, note: nil)
        )
        let first = try disputed.world.run(open, by: disputed.opener, key: token(.openDispute))
        guard case .dispute(let dispute) = try first.result.get() else { throw StepWorld.Endless() }
        let file = Command.addEvidence(
            AddEvidence(dispute: dispute.id, mediaType: .plainText, bytes: [0x41], digest: Self.digest)
        )
        let added = try disputed.world.run(file, by: disputed.opener, key: token(.addEvidence))
        let leave = Command.actOnDispute(ActOnDispute(dispute: dispute.id, action: .withdrawn, note: nil))
        let left = try disputed.world.run(leave, by: disputed.opener, key: token(.actOnDispute))
        for (command, operation, answer) in [
            (open, .openDispute, first), (file, .addEvidence, added), (leave, .actOnDispute, left),
        ] as [(Command, IdempotencyKey.Operation, Outcome)] {
            let again = try disputed.world.run(command, by: disputed.opener, key: token(operation))
            #expect(again.isReplay)
            #expect(again.result == answer.result)
        }
    }
}

extension StepWorld {
    mutating func dispute(_ payment: PaymentID, by caller: Caller, amount: Int64?) throws -> DisputeID {
        let command = OpenDispute(
            payment: payment,
            reason: .notReceived,
            amount: amount.map(RecallingTests.yen),
            note: "The noodles never came."
        )
        guard case .dispute(let dispute) = try succeed(.openDispute(command), by: caller) else { throw Endless() }
        return dispute.id
    }
}
