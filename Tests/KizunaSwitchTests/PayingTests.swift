import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@Suite struct PayingTests {
    @Test func completesOnAPromise() throws {
        var world = try StepWorld()
        let payment = try world.submit()
        #expect(payment.state == .sent)
        #expect(world.messages(about: payment.id).map(\.kind) == [.creditRequest])
        #expect(world.audit().openHoldIDs.count == 2)
        try world.answerCreditRequest(of: payment.id, .accepted)
        #expect(try world.payment(payment.id).state == .completed)
        #expect(Set(world.messages(about: payment.id).map(\.kind)) == [.creditDecision, .paymentUpdate])
        #expect(world.audit().violations.isEmpty)
        #expect(world.audit().openHoldIDs.isEmpty)
        #expect(world.position(StepWorld.rielBank, .khr) == "-53375")
    }

    @Test func rejectsOnARefusal() throws {
        var world = try StepWorld()
        let payment = try world.submit()
        try world.answerCreditRequest(of: payment.id, .refused(.merchantClosed))
        let ended = try world.payment(payment.id)
        #expect((ended.state, ended.reason) == (.rejected, .merchantClosed))
        #expect(world.messages(about: payment.id).map(\.kind) == [.paymentUpdate])
        #expect(world.audit().openHoldIDs.isEmpty)
        #expect(world.position(StepWorld.rielBank, .khr) == "0")
    }

    @Test(arguments: [(Int64(19_999), PaymentState.sent), (20_000, .rejected)])
    func abortsAtTheDeadline(after milliseconds: Int64, state: PaymentState) throws {
        var world = try StepWorld()
        let payment = try world.submit()
        let timer = TimerKey(kind: .decisionDeadline, payment: payment.id)
        #expect(world.transaction.timers[timer] == payment.decisionDeadline)
        world.now = world.now.adding(.milliseconds(milliseconds))
        _ = try world.succeed(.timerDue(timer), by: .system)
        #expect(try world.payment(payment.id).state == state)
        #expect(world.audit().openHoldIDs.isEmpty == (state == .rejected))
        if state == .rejected { #expect(try world.payment(payment.id).reason == .timeoutDestination) }
    }

    /// A promise that comes at the deadline finds the payment aborted, although no timer has fired.
    @Test(arguments: [(Int64(19_999), PaymentState.completed), (20_000, .rejected), (3_600_000, .rejected)])
    func refusesLatePromises(after milliseconds: Int64, state: PaymentState) throws {
        var world = try StepWorld()
        let payment = try world.submit()
        world.now = world.now.adding(.milliseconds(milliseconds))
        try world.answerCreditRequest(of: payment.id, .accepted)
        #expect(try world.payment(payment.id).state == state)
        let decisions = world.messages(about: payment.id).filter { $0.kind == .creditDecision }
        #expect(decisions.allSatisfy { $0.state == state } && !decisions.isEmpty)
        #expect(world.audit().violations.isEmpty)
        #expect(world.audit().openHoldIDs.isEmpty)
    }

    @Test func asksOnASinglePhaseLink() throws {
        var world = try StepWorld(link: .singlePhase)
        let payment = try world.submit()
        world.now = world.now.adding(Payment.decisionTime)
        _ = try world.succeed(.timerDue(TimerKey(kind: .decisionDeadline, payment: payment.id)), by: .system)
        #expect(try world.payment(payment.id).state == .unknown)
        #expect(world.audit().openHoldIDs.count == 2)
        let query = try #require(world.messages(about: payment.id).first { $0.kind == .statusQuery })
        #expect(query.dueAt == world.now.adding(.seconds(1)))
        _ = try world.succeed(.delivered(message: query.id, about: query.payment, .noAnswer), by: .system)
        #expect(try world.payment(payment.id).state == .unknown)
        _ = try world.succeed(.delivered(message: query.id, about: query.payment, .accepted), by: .system)
        #expect(try world.payment(payment.id).state == .completed)
        #expect(world.audit().openHoldIDs.isEmpty)
    }

    @Test func takesRepeatsCalmly() throws {
        var world = try StepWorld()
        let payment = try world.submit()
        let message = try #require(world.messages(about: payment.id).first)
        for _ in 0..<3 {
            _ = try world.succeed(.delivered(message: message.id, about: message.payment, .accepted), by: .system)
        }
        for _ in 0..<3 {
            _ = try world.succeed(
                .destinationAnswered(payment: payment.id, .accepted),
                by: .participant(StepWorld.yenAcquirer)
            )
        }
        #expect(world.position(StepWorld.yenAcquirer, .jpy) == "1980")
        #expect(world.messages(about: payment.id).count == 2)
    }

    @Test func listensToThePaymentsOwnAcquirerOnly() throws {
        var world = try StepWorld()
        let payment = try world.submit()
        for stranger in [StepWorld.rielAcquirer, StepWorld.rielBank, StepWorld.provider] {
            #expect(
                try world.refusal(
                    .destinationAnswered(payment: payment.id, .accepted),
                    by: .participant(stranger)
                ) == .notFound
            )
        }
        #expect(try world.payment(payment.id).state == .sent)
    }

    @Test func asksAgainInGrowingPauses() throws {
        var world = try StepWorld()
        let payment = try world.submit()
        let question = try #require(world.messages(about: payment.id).first { $0.kind == .creditRequest })
        var pauses: [Int64] = []
        for _ in 0..<16 {
            _ = try world.succeed(.delivered(message: question.id, about: question.payment, .noAnswer), by: .system)
            let due = try #require(world.transaction.messages[question.id]?.dueAt)
            pauses.append(due.since(world.now).components.seconds)
        }
        #expect(pauses == [1, 2, 5, 10, 30] + Array(repeating: 60, count: 10) + [3_600])
    }

    @Test func nettingComesOutAsInTheExample() throws {
        var world = try StepWorld()
        let complete = { (amount: String, merchant: Currency, payer: Currency) in
            let payment = try world.submit(amount, merchant, payer: payer)
            try world.answerCreditRequest(of: payment.id, .accepted)
            return payment
        }
        let a1 = try complete("1980", .jpy, .khr)
        _ = try complete("1980", .jpy, .usd)
        _ = try complete("42000", .khr, .jpy)
        _ = try complete("12.50", .usd, .jpy)
        _ = try world.succeed(
            .refund(
                RequestRefund(
                    payment: a1.id,
                    uetr: UETR(.version4(using: &world.dice)),
                    amount: Money(minorUnits: 500, currency: .jpy),
                    reason: .customerRequest
                )
            ),
            by: .participant(StepWorld.yenAcquirer)
        )
        let position = { world.position($0, $1) }
        #expect(position(StepWorld.rielBank, .khr) == "-39897")
        #expect(position(StepWorld.rielBank, .usd) == "-13.32")
        #expect(position(StepWorld.rielAcquirer, .khr) == "42000")
        #expect(position(StepWorld.rielAcquirer, .usd) == "12.50")
        #expect(position(StepWorld.yenAcquirer, .jpy) == "3460")
        #expect(position(StepWorld.yenWallet, .jpy) == "-3453")
        #expect(position(StepWorld.provider, .khr) == "-2103")
        #expect(position(StepWorld.provider, .usd) == "0.82")
        #expect(position(StepWorld.provider, .jpy) == "-7")
        #expect(world.audit().violations.isEmpty)
    }
}
