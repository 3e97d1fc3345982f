import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Money wanted back after finality goes back with the shop's side's consent only (`flows.md` 7).
@Suite struct RecallingTests {
    static let issuer = Caller.participant(StepWorld.rielBank)
    static let acquirer = Caller.participant(StepWorld.yenAcquirer)

    static func yen(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: .jpy) }

    /// A world in which A1 of `flows.md` 6.3 has been paid and recalled.
    struct Recalled {
        var world: StepWorld
        let payment: PaymentID
        let recall: RecallID

        init(_ reason: Recall.Reason = .duplicate, amount: Int64? = nil) throws {
            world = try StepWorld()
            payment = try world.pay()
            recall = try world.recall(payment, reason, amount: amount)
        }

        var state: Recall.State? { now?.state }
        var now: Recall? { world.transaction.recalls[recall] }
        var timers: [TimerKey.Kind] {
            TimerKey.Kind.allCases.filter { world.transaction.timers[TimerKey(kind: $0, payment: payment)] != nil }
        }

        mutating func answer(_ answer: RecallAnswer) throws -> RefusalCode? {
            try world.refusal(.answerRecall(recall, answer), by: RecallingTests.acquirer)
        }

        mutating func deliver(_ outcome: DeliveryOutcome) throws {
            let message = try #require(messages(.recallRequest).first)
            _ = try world.succeed(.delivered(message: message.id, about: payment, outcome), by: .system)
        }

        mutating func fire(_ kind: TimerKey.Kind) throws {
            _ = try world.succeed(.timerDue(TimerKey(kind: kind, payment: payment)), by: .system)
        }

        func messages(_ kind: OutboxMessage.Kind) -> [OutboxMessage] {
            world.messages(about: payment).filter { $0.kind == kind }
        }

        func refunds() -> [Refund] { world.transaction.refunds.changes.compactMap(\.row) }
    }

    @Test(arguments: Recall.Reason.allCases) func isToldAtOnceAndHasItsDeadlines(reason: Recall.Reason) throws {
        let recalled = try Recalled(reason)
        let message = try #require(recalled.messages(.recallRequest).first)
        #expect(message.destination == StepWorld.yenAcquirer)
        #expect(message.claim == recalled.recall.value)
        #expect(message.dueAt == recalled.world.now)
        #expect(recalled.timers == (reason == .fraud ? [.recallAnswer, .recallFreeze] : [.recallAnswer]))
        #expect(recalled.now?.amount == Self.yen(1_980))
    }

    @Test(arguments: Recall.Reason.allCases) func movesTheMoneyAtTheOriginalRate(reason: Recall.Reason) throws {
        var recalled = try Recalled(reason, amount: 500)
        #expect(try recalled.answer(.granted(amount: nil, uetr: nil)) == nil)
        let refund = try #require(recalled.refunds().first)
        #expect(refund.merchantAmount == Self.yen(500))
        #expect(refund.payerAmount.majorUnits == "13478")
        #expect(refund.reason == reason.refundReason)
        #expect(recalled.now?.refund == refund.id)
        #expect(recalled.state == .accepted)
        #expect(recalled.timers.isEmpty)
        #expect(recalled.messages(.refundNotice).map(\.destination) == [StepWorld.rielBank])
        #expect(recalled.messages(.recallUpdate).map(\.destination) == [StepWorld.rielBank])
        #expect(recalled.world.position(StepWorld.yenAcquirer, .jpy) == "1480")
        #expect(recalled.world.audit().violations.isEmpty)
    }

    @Test func takesTheAnswerOfTheMessageToo() throws {
        var granted = try Recalled()
        try granted.deliver(.granted(Self.yen(980)))
        #expect(granted.state == .accepted)
        #expect(granted.refunds().map(\.merchantAmount) == [Self.yen(980)])
        #expect(granted.messages(.recallRequest).isEmpty)

        var refused = try Recalled()
        try refused.deliver(.cancellationRefused(.customerDecision))
        #expect(refused.state == .refused)
        #expect(refused.now?.refusal == .customerDecision)
        #expect(refused.refunds().isEmpty)

        var pending = try Recalled()
        try pending.deliver(.pending)
        #expect(pending.state == .pending)
        #expect(pending.messages(.recallRequest).isEmpty)
        #expect(pending.timers == [.recallAnswer])
        #expect(try pending.answer(.granted(amount: nil, uetr: nil)) == nil)
        #expect(pending.world.position(StepWorld.yenAcquirer, .jpy) == "0")

        var taken = try Recalled()
        try taken.deliver(.acknowledged)
        #expect(taken.state == .requested)
        #expect(taken.messages(.recallRequest).isEmpty)

        for outcome in [DeliveryOutcome.noAnswer, .accepted, .refused(.technical), .cancelled] {
            var silent = try Recalled()
            try silent.deliver(outcome)
            #expect(silent.state == .requested)
            #expect(silent.messages(.recallRequest).map(\.attempts) == [1])
        }
    }

    /// The shop's bank says yes and has nothing to give: it is asked again, and the recall stays open.
    @Test func waitsForTheAcquirersFunds() throws {
        var recalled = try Recalled()
        try recalled.world.join(StepWorld.yenAcquirer, .japan, .acquirer, cap: -1)
        try recalled.deliver(.granted(nil))
        #expect(recalled.state == .requested)
        #expect(recalled.refunds().isEmpty)
        #expect(recalled.messages(.recallRequest).map(\.attempts) == [1])
        #expect(try recalled.answer(.granted(amount: nil, uetr: nil)) == .liquidity)
        try recalled.world.join(StepWorld.yenAcquirer, .japan, .acquirer, cap: 0)
        try recalled.deliver(.granted(nil))
        #expect(recalled.state == .accepted)
        #expect(recalled.world.audit().violations.isEmpty)
    }

    @Test func isOneAtATime() throws {
        var recalled = try Recalled(amount: 500)
        let again = Command.recall(RequestRecall(payment: recalled.payment, reason: .fraud, amount: nil))
        #expect(try recalled.world.refusal(again, by: Self.issuer) == .duplicate)
        #expect(try recalled.answer(.refused(.noAnswerFromCustomer)) == nil)
        let second = try recalled.world.recall(recalled.payment, .fraud)
        #expect(second != recalled.recall)
        #expect(recalled.world.transaction.openClaims[recalled.payment]?.recall == second)
    }

    @Test func takesRepeatsAndNoSecondThoughts() throws {
        var recalled = try Recalled(amount: 500)
        for _ in 0..<3 { #expect(try recalled.answer(.granted(amount: nil, uetr: nil)) == nil) }
        #expect(recalled.refunds().count == 1)
        #expect(try recalled.answer(.refused(.legalDecision)) == .recallNotPossible)
        #expect(try recalled.answer(.pending) == .recallNotPossible)

        var refused = try Recalled()
        for _ in 0..<3 { #expect(try refused.answer(.refused(.legalDecision)) == nil) }
        #expect(refused.messages(.recallUpdate).count == 1)
        #expect(try refused.answer(.granted(amount: nil, uetr: nil)) == .recallNotPossible)
    }

    @Test func neverGivesBackMoreThanIsLeft() throws {
        var recalled = try Recalled()
        try recalled.world.refund(recalled.payment, 1_500)
        #expect(recalled.state == .requested)
        #expect(try recalled.answer(.granted(amount: Self.yen(481), uetr: nil)) == .amountMismatch)
        #expect(try recalled.answer(.granted(amount: nil, uetr: nil)) == nil)
        #expect(recalled.refunds().map(\.merchantAmount.minorUnits).sorted() == [480, 1_500])
        #expect(try recalled.world.payment(recalled.payment).state == .refunded)

        var part = try Recalled(amount: 500)
        #expect(try part.answer(.granted(amount: Self.yen(501), uetr: nil)) == .amountMismatch)
        #expect(try part.answer(.granted(amount: Money(minorUnits: 1, currency: .usd), uetr: nil)) == .amountMismatch)
        #expect(try part.answer(.granted(amount: Self.yen(100), uetr: nil)) == nil)
        #expect(part.refunds().map(\.merchantAmount) == [Self.yen(100)])
    }

    @Test func endsWhenTheShopGivesAllBackByItself() throws {
        var recalled = try Recalled(.fraud, amount: 500)
        try recalled.world.refund(recalled.payment, nil)
        #expect(recalled.state == .accepted)
        #expect(recalled.now?.refund == recalled.refunds().first?.id)
        #expect(recalled.timers.isEmpty)
        #expect(
            Set(recalled.messages(.recallUpdate).map(\.destination)) == [StepWorld.rielBank, StepWorld.yenAcquirer]
        )
        #expect(recalled.world.transaction.openClaims[recalled.payment] == nil)
    }

    /// The deadline decides, whether or not its timer has been looked at.
    @Test func lapsesWithoutAnAnswer() throws {
        var recalled = try Recalled(.fraud)
        let due = try #require(recalled.now?.answerDueAt)
        recalled.world.now = due.adding(.milliseconds(-1))
        try recalled.fire(.recallAnswer)
        #expect(recalled.state == .requested)
        #expect(try recalled.answer(.pending) == nil)
        recalled.world.now = due
        #expect(try recalled.answer(.granted(amount: nil, uetr: nil)) == .recallNotPossible)
        try recalled.fire(.recallAnswer)
        #expect(recalled.state == .lapsed)
        #expect(recalled.timers.isEmpty)
        try recalled.fire(.recallAnswer)
        #expect(recalled.messages(.recallUpdate).count == 3)
        #expect(recalled.refunds().isEmpty)
    }

    @Test func hasTheMoneyFrozenWithinADay() throws {
        var frozen = try Recalled(.fraud, amount: 500)
        let report = { (recalled: inout Recalled, amount: Money?) in
            try recalled.world.refusal(.reportFreeze(recalled.recall, frozen: amount), by: Self.acquirer)
        }
        #expect(try report(&frozen, Self.yen(501)) == .amountMismatch)
        #expect(try report(&frozen, Self.yen(300)) == nil)
        #expect(frozen.now?.freeze?.amount == Self.yen(300))
        #expect(frozen.timers == [.recallAnswer])
        #expect(frozen.messages(.recallUpdate).map(\.destination) == [StepWorld.rielBank])

        var late = try Recalled(.fraud)
        late.world.now = late.world.now.adding(Recall.freezeTime).adding(.milliseconds(-1))
        try late.fire(.recallFreeze)
        #expect(late.now?.freeze?.state == .asked)
        late.world.now = late.world.now.adding(.milliseconds(1))
        try late.fire(.recallFreeze)
        #expect(late.now?.freeze?.state == .overdue)
        #expect(try report(&late, nil) == nil)
        #expect(late.now?.freeze?.state == .gone)

        var other = try Recalled(.technical)
        #expect(try report(&other, nil) == .recallNotPossible)

        // A late word about a recall that has ended leaves the clock of the next one alone.
        var ended = try Recalled(.fraud)
        #expect(try ended.answer(.refused(.noAnswerFromCustomer)) == nil)
        _ = try ended.world.recall(ended.payment, .fraud)
        #expect(try report(&ended, nil) == nil)
        #expect(ended.timers == [.recallAnswer, .recallFreeze])
    }

    /// A recall has a time limit and a number of parts of its own.
    @Test func movesMoneyWhereARefundOfTheShopsCannot() throws {
        var world = try StepWorld()
        let payment = try world.pay()
        for _ in 0..<Refund.maximumParts { try world.refund(payment, 1) }
        world.now = world.now.adding(Recall.window)
        let command = Command.refund(
            RequestRefund(payment: payment, uetr: UETR(.version4(using: &world.dice)), amount: nil, reason: .fraud)
        )
        #expect(try world.refusal(command, by: Self.acquirer) == .refundNotPossible)
        let recall = try world.recall(payment, .fraud)
        _ = try world.succeed(.answerRecall(recall, .granted(amount: nil, uetr: nil)), by: Self.acquirer)
        #expect(try world.payment(payment).state == .refunded)
        #expect(world.audit().violations.isEmpty)
    }

    @Test func isTheIssuersToAskAndTheAcquirersToAnswer() throws {
        var recalled = try Recalled()
        let strangers = [StepWorld.rielBank, StepWorld.rielAcquirer, StepWorld.provider].map(Caller.participant)
        for stranger in strangers + [.operations] {
            #expect(
                try recalled.world.refusal(.answerRecall(recalled.recall, .pending), by: stranger) == .notFound
            )
        }
        let ask = Command.recall(RequestRecall(payment: recalled.payment, reason: .duplicate, amount: nil))
        #expect(try recalled.world.refusal(ask, by: Self.acquirer) == .forbidden)
        #expect(try recalled.world.refusal(ask, by: .participant(StepWorld.yenWallet)) == .notFound)
    }

    @Test func isOfFinalPaymentsOnly() throws {
        var world = try StepWorld()
        let payment = try world.submit()
        let ask = Command.recall(RequestRecall(payment: payment.id, reason: .duplicate, amount: nil))
        #expect(try world.refusal(ask, by: Self.issuer) == .recallNotPossible)
        try world.answerCreditRequest(of: payment.id, .refused(.merchantClosed))
        #expect(try world.refusal(ask, by: Self.issuer) == .recallNotPossible)
        #expect(world.transaction.recalls.isUnchanged)
    }

    @Test func givesTheFirstAnswerAgain() throws {
        var world = try StepWorld()
        let payment = try world.pay()
        let key = IdempotencyKey(participant: StepWorld.rielBank, operation: .recall, text: "a")
        let token = IdempotencyToken(key: key, fingerprint: UniqueID(high: 1, low: 1))
        let ask = Command.recall(RequestRecall(payment: payment, reason: .fraud, amount: nil))
        let first = try world.run(ask, by: Self.issuer, key: token)
        guard case .recall(let recall) = try first.result.get() else { throw StepWorld.Endless() }
        _ = try world.succeed(.reportFreeze(recall.id, frozen: nil), by: Self.acquirer)
        _ = try world.succeed(.answerRecall(recall.id, .granted(amount: nil, uetr: nil)), by: Self.acquirer)
        let again = try world.run(ask, by: Self.issuer, key: token)
        #expect(again.isReplay)
        #expect(again.result == first.result)
    }
}

extension StepWorld {
    /// Pays A1 of `flows.md` 6.3 to its end.
    mutating func pay() throws -> PaymentID {
        let payment = try submit()
        try answerCreditRequest(of: payment.id, .accepted)
        return payment.id
    }

    mutating func recall(_ payment: PaymentID, _ reason: Recall.Reason, amount: Int64? = nil) throws -> RecallID {
        let command = RequestRecall(payment: payment, reason: reason, amount: amount.map(RecallingTests.yen))
        let reply = try succeed(.recall(command), by: RecallingTests.issuer)
        guard case .recall(let recall) = reply else { throw Endless() }
        return recall.id
    }

    /// Gives money back by the shop's own decision.
    mutating func refund(_ payment: PaymentID, _ amount: Int64?) throws {
        let command = RequestRefund(
            payment: payment,
            uetr: UETR(.version4(using: &dice)),
            amount: amount.map(RecallingTests.yen),
            reason: .customerRequest
        )
        _ = try succeed(.refund(command), by: RecallingTests.acquirer)
    }
}
