import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Messages to participants that cannot be called.
@Suite struct InboxTests {
    private static let acquirer = Caller.participant(StepWorld.yenAcquirer)

    /// A payment whose credit request lies in the inbox of the shop's bank.
    private func asked(_ world: inout StepWorld) throws -> OutboxMessage {
        let payment = try world.submit()
        return try lay(.creditRequest, about: payment.id, in: &world)
    }

    private func lay(
        _ kind: OutboxMessage.Kind,
        about payment: PaymentID,
        in world: inout StepWorld
    ) throws -> OutboxMessage {
        let message = try #require(world.messages(about: payment).first { $0.kind == kind })
        _ = try world.succeed(.delivered(message: message.id, about: payment, .notCallable), by: .system)
        let laid = try #require(world.transaction.messages[message.id])
        #expect((laid.standing, laid.attempts, laid.dueAt) == (.inInbox, 0, world.now))
        return laid
    }

    private func fetch(_ ids: [UniqueID], by caller: Caller, in world: inout StepWorld) throws -> [UniqueID] {
        guard case .inbox(let messages) = try world.succeed(.fetchInbox(ids), by: caller) else { return [] }
        return messages.map(\.id)
    }

    private func acknowledge(_ ids: [UniqueID], by caller: Caller, in world: inout StepWorld) throws -> Int? {
        guard case .acknowledged(let count) = try world.succeed(.acknowledge(ids), by: caller) else { return nil }
        return count
    }

    @Test func oneAtATimeHasAMessage() throws {
        var world = try StepWorld()
        let message = try asked(&world)
        #expect(try fetch([message.id], by: .participant(StepWorld.rielBank), in: &world) == [])
        #expect(try fetch([message.id], by: Self.acquirer, in: &world) == [message.id])
        #expect(try fetch([message.id], by: Self.acquirer, in: &world) == [])
        world.now = world.now.adding(.milliseconds(19_000))
        #expect(try fetch([message.id], by: Self.acquirer, in: &world) == [])
        #expect(world.transaction.messages[message.id]?.attempts == 1)
    }

    @Test(arguments: [(Int64(29_999), 0), (30_000, 1)])
    func aMessageThatWasNotAcknowledgedComesBack(after milliseconds: Int64, count: Int) throws {
        var world = try StepWorld()
        let payment = try world.submit()
        try world.answerCreditRequest(of: payment.id, .accepted)
        let message = try lay(.creditDecision, about: payment.id, in: &world)
        #expect(try fetch([message.id], by: Self.acquirer, in: &world) == [message.id])
        world.now = world.now.adding(.milliseconds(milliseconds))
        #expect(try fetch([message.id], by: Self.acquirer, in: &world).count == count)
        #expect(try acknowledge([message.id], by: .participant(StepWorld.rielBank), in: &world) == 0)
        #expect(try acknowledge([message.id, message.id], by: Self.acquirer, in: &world) == 2)
        #expect(try acknowledge([message.id], by: Self.acquirer, in: &world) == 0)
        #expect(world.transaction.messages[message.id] == nil)
    }

    @Test func aMessageThatIsNeverAcknowledgedIsGivenUp() throws {
        var world = try StepWorld()
        let payment = try world.submit()
        try world.answerCreditRequest(of: payment.id, .accepted)
        let message = try lay(.creditDecision, about: payment.id, in: &world)
        for _ in 0..<20 {
            #expect(try fetch([message.id], by: Self.acquirer, in: &world) == [message.id])
            world.now = world.now.adding(Inbox.leaseTime)
        }
        #expect(try fetch([message.id], by: Self.acquirer, in: &world) == [])
        #expect(world.transaction.messages[message.id]?.standing == .givenUp)
        #expect(try world.succeed(.replayMessages([message.id]), by: Self.acquirer) == .messagesReplayed(count: 1))
        _ = try lay(.creditDecision, about: payment.id, in: &world)
        #expect(try fetch([message.id], by: Self.acquirer, in: &world) == [message.id])
    }

    /// The shop's bank answers by a call of its own; then nobody is asked any more.
    @Test func aQuestionThatWasAnsweredIsGone() throws {
        var world = try StepWorld()
        let message = try asked(&world)
        let answer = Command.destinationAnswered(payment: message.payment, .accepted)
        guard case .payment(let payment) = try world.succeed(answer, by: Self.acquirer) else { return }
        #expect(payment.state == .completed)
        #expect(try fetch([message.id], by: Self.acquirer, in: &world) == [])
        #expect(world.transaction.messages[message.id] == nil)
    }

    @Test func aCreditRequestIsReadOnceAndAStatusQueryUntilItIsAnswered() throws {
        var world = try StepWorld(link: .singlePhase)
        let request = try asked(&world)
        #expect(try acknowledge([request.id], by: Self.acquirer, in: &world) == 1)
        #expect(world.transaction.messages[request.id] == nil)
        world.now = world.now.adding(Payment.decisionTime)
        _ = try world.succeed(.timerDue(TimerKey(kind: .decisionDeadline, payment: request.payment)), by: .system)
        let query = try lay(.statusQuery, about: request.payment, in: &world)
        #expect(try fetch([query.id], by: Self.acquirer, in: &world) == [query.id])
        #expect(try acknowledge([query.id], by: Self.acquirer, in: &world) == 1)
        #expect(world.transaction.messages[query.id]?.dueAt == world.now.adding(.seconds(1)))
        world.now = world.now.adding(.seconds(1))
        #expect(try fetch([query.id], by: Self.acquirer, in: &world) == [query.id])
        _ = try world.succeed(.destinationAnswered(payment: request.payment, .accepted), by: Self.acquirer)
        #expect(try acknowledge([query.id], by: Self.acquirer, in: &world) == 1)
        #expect(world.transaction.messages[query.id] == nil)
    }

    /// A report that comes late, of an attempt before: the message is where it is.
    @Test func aLateReportMovesNothing() throws {
        var world = try StepWorld()
        let message = try asked(&world)
        #expect(try fetch([message.id], by: Self.acquirer, in: &world) == [message.id])
        let fetched = world.transaction.messages[message.id]
        for outcome in [DeliveryOutcome.notCallable, .noAnswer, .pending] {
            _ = try world.succeed(.delivered(message: message.id, about: message.payment, outcome), by: .system)
            #expect(world.transaction.messages[message.id] == fetched)
        }
    }

    @Test func aQuestionIsNeverGivenUp() throws {
        var world = try StepWorld(link: .singlePhase)
        let payment = try world.submit()
        world.now = world.now.adding(Payment.decisionTime)
        _ = try world.succeed(.timerDue(TimerKey(kind: .decisionDeadline, payment: payment.id)), by: .system)
        let query = try lay(.statusQuery, about: payment.id, in: &world)
        for _ in 0..<30 {
            #expect(try fetch([query.id], by: Self.acquirer, in: &world) == [query.id])
            world.now = world.now.adding(Inbox.leaseTime)
        }
    }

    @Test func aPaymentIsTakenForABankThatAsks() throws {
        var world = try StepWorld()
        var bank = try #require(world.transaction.participants[StepWorld.yenAcquirer])
        bank.endpoint = nil
        world.transaction.participants.set(bank.id, bank)
        #expect(try world.submit().state == .sent)
    }
}
