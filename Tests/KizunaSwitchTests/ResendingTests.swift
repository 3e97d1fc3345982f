import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Notices that do not arrive: tried again, given up, sent once more.
@Suite struct ResendingTests {
    /// A completed payment and the notice to its issuer.
    private func notice(_ world: inout StepWorld) throws -> OutboxMessage {
        let payment = try world.submit()
        try world.answerCreditRequest(of: payment.id, .accepted)
        return try #require(world.messages(about: payment.id).first { $0.kind == .paymentUpdate })
    }

    private func fail(_ message: OutboxMessage, in world: inout StepWorld) throws -> OutboxMessage {
        let command = Command.delivered(message: message.id, about: message.payment, .noAnswer)
        _ = try world.succeed(command, by: .system)
        return try #require(world.transaction.messages[message.id])
    }

    private static let pauses: [Int64] = [5, 15, 60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400, 86_400]

    @Test(arguments: [1, 2, 3] as [UInt64])
    func pausesGrowAndDifferByAFifthAtMost(seed: UInt64) throws {
        var world = try StepWorld()
        let notice = try notice(&world)
        world.dice = Dice(seed: seed)
        var offsets: Set<Int64> = []
        for (number, seconds) in Self.pauses.enumerated() {
            let failed = try fail(notice, in: &world)
            #expect((failed.standing, failed.attempts) == (.sending, number + 1))
            let pause = try #require(failed.dueAt).since(world.now).wholeMilliseconds
            #expect(abs(pause - seconds * 1_000) <= seconds * 200)
            offsets.insert((pause - seconds * 1_000) * 1_000 / seconds)
        }
        #expect(offsets.count > 8)
        let given = try fail(notice, in: &world)
        #expect((given.standing, given.attempts, given.dueAt) == (.givenUp, 12, nil))
    }

    @Test func theSameChanceMakesTheSamePauses() throws {
        let dues = try (0..<2).map { _ in
            var world = try StepWorld()
            let notice = try notice(&world)
            return try (0..<5).map { _ in try fail(notice, in: &world).dueAt }
        }
        #expect(dues[0] == dues[1])
    }

    @Test func whatWasGivenUpIsSentAgainFromTheBeginning() throws {
        var world = try StepWorld()
        let notice = try notice(&world)
        for _ in 0..<12 { _ = try fail(notice, in: &world) }
        world.now = world.now.adding(.seconds(86_400))
        let owner = Caller.participant(notice.destination)
        #expect(try world.succeed(.replayMessages([notice.id]), by: owner) == .messagesReplayed(count: 1))
        let again = try #require(world.transaction.messages[notice.id])
        #expect((again.standing, again.attempts, again.dueAt) == (.sending, 0, world.now))
        #expect(again.createdAt == notice.createdAt)
        #expect(try fail(notice, in: &world).standing == .sending)
        #expect(try world.succeed(.replayMessages([notice.id]), by: .operations) == .messagesReplayed(count: 1))
    }

    @Test func nobodyReplaysWhatIsNotHisOrHasArrived() throws {
        var world = try StepWorld()
        let notice = try notice(&world)
        let stranger = Caller.participant(StepWorld.yenAcquirer)
        #expect(try world.succeed(.replayMessages([notice.id]), by: stranger) == .messagesReplayed(count: 0))
        _ = try world.succeed(.delivered(message: notice.id, about: notice.payment, .acknowledged), by: .system)
        let owner = Caller.participant(notice.destination)
        #expect(try world.succeed(.replayMessages([notice.id]), by: owner) == .messagesReplayed(count: 0))
    }

    @Test func hasteKeepsTheCountAndTouchesOnlyWhatWaits() throws {
        var world = try StepWorld()
        let first = try notice(&world)
        let second = try notice(&world)
        for _ in 0..<3 { _ = try fail(first, in: &world) }
        for _ in 0..<12 { _ = try fail(second, in: &world) }
        #expect(try world.refusal(.hastenMessages([first.id]), by: .participant(first.destination)) == .forbidden)
        _ = try world.succeed(.hastenMessages([first.id, second.id]), by: .system)
        let hastened = try #require(world.transaction.messages[first.id])
        #expect((hastened.attempts, hastened.dueAt) == (3, world.now))
        #expect(world.transaction.messages[second.id]?.standing == .givenUp)
    }
}
