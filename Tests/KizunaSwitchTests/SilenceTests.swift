import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// What becomes of a payment whose destination stays silent, changes its mind or speaks too late (`flows.md` 4.5, 4.6).
@Suite struct SilenceTests {
    /// A payment to a destination that credits as it accepts.
    private struct Silence {
        var world: StepWorld
        let id: PaymentID

        init(cap: Int64? = nil, singleUse: Bool = false) throws {
            world = try StepWorld(link: .singlePhase, cap: cap)
            id = try world.submit(singleUse: singleUse).id
        }

        var payment: Payment { get throws { try world.payment(id) } }

        mutating func fire(_ kind: TimerKey.Kind) throws {
            _ = try world.succeed(.timerDue(TimerKey(kind: kind, payment: id)), by: .system)
        }

        mutating func say(_ outcome: DeliveryOutcome) throws {
            _ = try world.succeed(
                .destinationAnswered(payment: id, outcome),
                by: .participant(StepWorld.yenAcquirer)
            )
        }

        /// Reports on the message of a kind that is under way.
        mutating func deliver(_ kind: OutboxMessage.Kind, _ outcome: DeliveryOutcome) throws {
            let message = try #require(self.message(kind))
            _ = try world.succeed(.delivered(message: message.id, about: id, outcome), by: .system)
        }

        func message(_ kind: OutboxMessage.Kind) -> OutboxMessage? {
            world.messages(about: id).last { $0.kind == kind }
        }

        mutating func becomeUnknown() throws {
            world.now = world.now.adding(Payment.decisionTime)
            try fire(.decisionDeadline)
        }

        mutating func becomeReversing() throws {
            try becomeUnknown()
            world.now = world.now.adding(Payment.resolutionTime)
            try fire(.unresolved)
        }
    }

    @Test func isAskedAboutInGrowingPauses() throws {
        var silence = try Silence()
        try silence.becomeUnknown()
        let start = silence.world.now
        var offsets: [Int64] = []
        for _ in 0..<16 {
            let due = try #require(silence.message(.statusQuery)?.dueAt)
            offsets.append(due.since(start).components.seconds)
            silence.world.now = due
            try silence.deliver(.statusQuery, .noAnswer)
        }
        let minutes = (1...10).map { Int64(30 + 60 * $0) }
        #expect(offsets == [1, 2, 5, 10, 30] + minutes + [630 + 3_600])
    }

    @Test(arguments: [(Int64(599_999), PaymentState.unknown), (600_000, .reversing)])
    func isReversedAfterTenMinutes(after milliseconds: Int64, state: PaymentState) throws {
        var silence = try Silence()
        try silence.becomeUnknown()
        let timer = TimerKey(kind: .unresolved, payment: silence.id)
        #expect(silence.world.transaction.timers[timer] == silence.world.now.adding(Payment.resolutionTime))
        silence.world.now = silence.world.now.adding(.milliseconds(milliseconds))
        try silence.fire(.unresolved)
        #expect(try silence.payment.state == state)
        #expect((silence.message(.reversalRequest) != nil) == (state == .reversing))
        #expect(silence.world.audit().openHoldIDs.count == 2)
    }

    @Test func isAskedToReverseUntilItAnswers() throws {
        var silence = try Silence()
        try silence.becomeReversing()
        var pauses: [Int64] = []
        for attempt in 0..<122 {
            try silence.deliver(.reversalRequest, attempt.isMultiple(of: 2) ? .pending : .noAnswer)
            let due = try #require(silence.message(.reversalRequest)?.dueAt)
            pauses.append(due.since(silence.world.now).components.seconds)
        }
        #expect(pauses == Array(repeating: 30, count: 120) + [300, 300])
        #expect(try silence.payment.state == .reversing)
        // The question of before is not asked any more.
        try silence.deliver(.statusQuery, .noAnswer)
        #expect(silence.message(.statusQuery) == nil)
        try silence.deliver(.reversalRequest, .cancelled)
        #expect(try silence.payment.state == .reversed)
        #expect(silence.message(.reversalRequest) == nil)
    }

    @Test(
        arguments: [
            (.cancelled, .reversed), (.cancellationRefused(.neverReceived), .reversed),
            (.cancellationRefused(.alreadyReturned), .reversed), (.cancellationRefused(.customerDecision), .exception),
            (.refused(.technical), .reversed), (.accepted, .reversing), (.pending, .reversing),
        ] as [(DeliveryOutcome, PaymentState)]
    )
    func endsAsTheDestinationAnswers(outcome: DeliveryOutcome, state: PaymentState) throws {
        var silence = try Silence()
        try silence.becomeReversing()
        try silence.deliver(.reversalRequest, outcome)
        let payment = try silence.payment
        #expect(payment.state == state)
        #expect(payment.isReleased == (state == .reversed))
        #expect(silence.world.audit().openHoldIDs.count == (state == .reversing ? 2 : 0))
        #expect(silence.world.audit().violations.isEmpty)
    }

    @Test(arguments: [(Int64(86_399_999), PaymentState.reversing), (86_400_000, .exception)])
    func isAMatterForPeopleAfterADay(after milliseconds: Int64, state: PaymentState) throws {
        var silence = try Silence()
        try silence.becomeReversing()
        silence.world.now = silence.world.now.adding(.milliseconds(milliseconds))
        try silence.fire(.reversalOverdue)
        #expect(try silence.payment.state == state)
    }

    /// What is reserved moves to the switch, whose books stay whole, even where a cap has been lowered since.
    @Test(arguments: [nil, 1] as [Int64?]) func goesIntoSuspense(loweredCap: Int64?) throws {
        var silence = try Silence(cap: 1_000_000)
        if let loweredCap { try silence.world.join(StepWorld.provider, .japan, .fxProvider, cap: loweredCap) }
        try silence.becomeReversing()
        try silence.deliver(.reversalRequest, .cancellationRefused(.agentDecision))
        let suspense = { silence.world.transaction.accounts[.suspense($0)]?.positionMinorUnits }
        #expect(suspense(.khr) == 53_375_00)
        #expect(suspense(.jpy) == 1_980)
        #expect(silence.world.position(StepWorld.rielBank, .khr) == "-53375")
        #expect(silence.world.position(StepWorld.provider, .jpy) == "-1980")
        #expect(silence.world.position(StepWorld.yenAcquirer, .jpy) == "0")
        #expect(
            silence.world.audit().violations.allSatisfy { violation in
                if case .capPassed = violation { loweredCap != nil } else { false }
            }
        )
    }

    /// A late success is honoured as long as the money is reserved and nobody has been asked to undo it.
    @Test func honoursALateSuccess() throws {
        var silence = try Silence()
        try silence.becomeUnknown()
        silence.world.now = silence.world.now.adding(.seconds(599))
        try silence.say(.accepted)
        #expect(try silence.payment.state == .completed)
        #expect(silence.world.position(StepWorld.yenAcquirer, .jpy) == "1980")
        #expect(silence.world.transaction.timers[TimerKey(kind: .unresolved, payment: silence.id)] == nil)
    }

    /// One that comes after the payment was rejected is undone: the payer has been told that he keeps his money.
    @Test(arguments: [DeliveryOutcome.cancelled, .cancellationRefused(.customerDecision)])
    func undoesASuccessAfterARejection(answer: DeliveryOutcome) throws {
        var silence = try Silence()
        try silence.say(.refused(.merchantClosed))
        try silence.say(.accepted)
        #expect(try silence.payment.state == .reversing)
        #expect(try silence.payment.reason == .merchantClosed)
        #expect(silence.world.audit().openHoldIDs.isEmpty)
        try silence.deliver(.reversalRequest, answer)
        #expect(try silence.payment.state == (answer == .cancelled ? .reversed : .exception))
        #expect(silence.world.position(StepWorld.rielBank, .khr) == "0")
        #expect(silence.world.audit().violations.isEmpty)
    }

    @Test func callsPeopleWhenADestinationContradictsItselfAgainAndAgain() throws {
        var silence = try Silence()
        try silence.becomeReversing()
        for _ in 0..<Payment.mostReversals {
            try silence.say(.cancelled)
            #expect(try silence.payment.state == .reversed)
            try silence.say(.accepted)
        }
        #expect(try silence.payment.state == .exception)
    }

    /// A code that another payment has claimed since stays claimed when the first is reversed once more.
    @Test func releasesItsCodeOnce() throws {
        var silence = try Silence(singleUse: true)
        let code = try silence.payment.code
        #expect(silence.world.transaction.codeClaims[code] == silence.id)
        try silence.say(.refused(.technical))
        #expect(silence.world.transaction.codeClaims[code] == nil)
        // Only a KHQR's failure is remembered: this is the other scheme.
        #expect(silence.world.transaction.codeNotes[code] == nil)
        let second = try silence.world.submit(singleUse: true)
        try silence.say(.accepted)
        try silence.say(.cancelled)
        #expect(try silence.payment.state == .reversed)
        #expect(silence.world.transaction.codeClaims[code] == second.id)
    }

    /// A deadline is what the payment says, not what the row says: one that fires early does nothing and stays.
    @Test(arguments: [TimerKey.Kind.decisionDeadline, .unresolved, .reversalOverdue])
    func clocksThatJumpBackHarmNothing(kind: TimerKey.Kind) throws {
        var silence = try Silence()
        switch kind {
        case .decisionDeadline, .recallAnswer, .recallFreeze, .disputeDeadline: break
        case .unresolved: try silence.becomeUnknown()
        case .reversalOverdue: try silence.becomeReversing()
        }
        let before = try silence.payment
        silence.world.now = silence.world.now.adding(.seconds(-7_200))
        try silence.fire(kind)
        #expect(try silence.payment == before)
        #expect(silence.world.transaction.timers[TimerKey(kind: kind, payment: silence.id)] != nil)
    }
}
