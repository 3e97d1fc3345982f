import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@Suite struct HistoryTests {
    private static func person(_ name: String) throws -> OperatorID { try #require(OperatorID(name)) }

    @Test func tellsAWholeLife() throws {
        var payment = try World.payment(link: .singlePhase, state: .submitted)
        let people = PaymentHistory.Actor.operators(
            proposer: try Self.person("sokha"),
            approver: try Self.person("a2345678901234567890")
        )
        let life: [(PaymentMachine.Trigger, PaymentHistory.Actor, PaymentState, Int64)] = [
            (.checksPassed, .issuer, .reserved, 0), (.handedToLink, .issuer, .sent, 0),
            (.decisionDeadlinePassed, .clock, .unknown, 20_000), (.unresolvedTooLong, .clock, .reversing, 600_000),
            (.reversalRefused, .destination, .exception, -3_600_000), (.operatorHonoured, people, .completed, 1),
            (.refundedInPart, .acquirer, .partiallyRefunded, 86_400_000 * 29),
            (.refundedInPart, .acquirer, .partiallyRefunded, 0), (.refundedInFull, .acquirer, .refunded, 63),
        ]
        var now = World.now
        var expected: [PaymentHistory.Event] = []
        for (trigger, actor, state, pause) in life {
            now = now.adding(.milliseconds(pause))
            _ = try payment.handle(trigger, by: actor, at: now)
            #expect(payment.state == state)
            expected.append(PaymentHistory.Event(trigger: trigger, state: state, at: now, actor: actor))
        }
        let events = try #require(payment.events)
        #expect(events.first?.trigger == .submitted)
        #expect(Array(events.dropFirst()) == expected)
        #expect(PaymentHistory(bytes: payment.history.bytes) == payment.history)
    }

    /// An accepted payment's history fits into eight bytes, a rejected one's into five.
    @Test(arguments: [(PaymentMachine.Trigger.destinationAccepted, 8), (.destinationRefused, 5)])
    func isShort(answer: PaymentMachine.Trigger, bytes: Int) throws {
        var payment = try World.payment(state: .sent)
        let now = World.now.adding(.milliseconds(14_999))
        _ = try payment.handle(answer, by: .destination, at: now)
        if payment.state == .accepted { _ = try payment.handle(.commitRecorded, by: .destination, at: now) }
        #expect(payment.state.isFinal)
        #expect(payment.history.bytes.count <= bytes)
    }

    @Test func leavesOutWhatMovesNothing() throws {
        var payment = try World.payment(state: .completed)
        _ = try payment.handle(.destinationAccepted, by: .destination, at: World.now)
        _ = try payment.handle(.destinationRefused, by: .destination, at: World.now)
        #expect(payment.history == PaymentHistory())
    }

    @Test(
        arguments: [
            [8], [8, 0x26], [8, 0x26, 0x80], [0, 0x26, 0], [99, 0x26, 0], [8, 0x20, 0], [8, 0xF6, 0], [8, 0x06, 0],
            [8, 0x57, 0, 5], [17, 0x57, 0, 2, 0x61, 0x61], [17, 0x57, 0, 2, 0x61, 0x61, 1, 0x61],
            [8, 0x26, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0],
        ] as [[UInt8]]
    )
    func knowsBytesThatMakeNoSense(bytes: [UInt8]) {
        #expect(PaymentHistory(bytes: bytes).events(since: World.now) == nil)
    }

    @Test(arguments: [Int64.min, -1, 0, 1, 63, 64, 8_191, 8_192, .max])
    func keepsEveryPause(milliseconds: Int64) throws {
        var payment = try World.payment(state: .sent)
        let now = Timestamp(milliseconds: World.now.milliseconds &+ milliseconds)
        _ = try payment.handle(.destinationRefused, by: .destination, at: now)
        #expect(payment.events?.last?.at == now)
    }
}
