import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// What people decide about a payment that nobody else can: two of them, each by name (`flows.md` 4.6).
@Suite struct DecidingTests {
    static let people = ["sokha", "yuki", "dara"].compactMap { OperatorID($0) }

    /// A payment about which people are called.
    struct Matter {
        var world: StepWorld
        let id: PaymentID

        /// - Parameter aborted: whether the payer had been told before that he keeps his money.
        init(aborted: Bool = false, singleUse: Bool = false) throws {
            world = try StepWorld(link: .singlePhase)
            id = try world.submit(singleUse: singleUse).id
            if aborted {
                try say(.refused(.merchantClosed))
                try say(.accepted)
            } else {
                for (kind, clock) in [
                    (TimerKey.Kind.decisionDeadline, PaymentMachine.Clock.decision), (.unresolved, .resolution),
                ] {
                    world.now = try world.payment(id).deadline(of: clock)
                    _ = try world.succeed(.timerDue(TimerKey(kind: kind, payment: id)), by: .system)
                }
            }
            try say(.cancellationRefused(.customerDecision))
        }

        mutating func say(_ outcome: DeliveryOutcome) throws {
            _ = try world.succeed(.destinationAnswered(payment: id, outcome), by: .participant(StepWorld.yenAcquirer))
        }

        func opened() throws -> ExceptionCase { try #require(world.transaction.exceptionCases[id]) }
        func payment() throws -> Payment { try world.payment(id) }

        mutating func propose(
            _ decision: ExceptionCase.Decision,
            by person: Int,
            note: String = "seen"
        ) throws -> RefusalCode? {
            try world.refusal(
                .proposeDecision(ProposeDecision(payment: id, decision: decision, note: note)),
                by: .person(DecidingTests.people[person])
            )
        }

        mutating func approve(_ proposal: UniqueID? = nil, by person: Int) throws -> RefusalCode? {
            let proposal = try proposal ?? #require(try opened().proposal?.id)
            return try world.refusal(
                .approveProposal(ApproveProposal(payment: id, proposal: proposal)),
                by: .person(DecidingTests.people[person])
            )
        }

        mutating func withdraw(by person: Int) throws -> RefusalCode? {
            try world.refusal(.withdrawProposal(payment: id), by: .person(DecidingTests.people[person]))
        }

        var suspense: [Int64?] {
            [Currency.khr, .jpy].map { world.transaction.accounts[.suspense($0)]?.positionMinorUnits }
        }
    }

    @Test(
        arguments: [
            (.honour, .completed, "1980", "-53375"), (.reverse, .reversed, "0", "0"),
        ] as [(ExceptionCase.Decision, PaymentState, String, String)]
    )
    func twoPersonsMoveWhatIsInSuspense(
        decision: ExceptionCase.Decision,
        state: PaymentState,
        shop: String,
        issuer: String
    ) throws {
        var matter = try Matter()
        #expect(try matter.opened().cause == .reversalRefused)
        #expect(try matter.opened().refusal == .customerDecision)
        #expect(matter.suspense == [53_375_00, 1_980])
        #expect(try matter.propose(decision, by: 0) == nil)
        #expect(try matter.payment().state == .exception)
        #expect(try matter.approve(by: 1) == nil)
        #expect(try matter.payment().state == state)
        #expect(matter.suspense == [0, 0])
        #expect(matter.world.position(StepWorld.yenAcquirer, .jpy) == shop)
        #expect(matter.world.position(StepWorld.rielBank, .khr) == issuer)
        #expect(matter.world.audit().violations.isEmpty)
        let people = PaymentHistory.Actor.operators(proposer: Self.people[0], approver: Self.people[1])
        #expect(try matter.payment().events?.last?.actor == people)
        #expect(try matter.opened().closing?.approver == Self.people[1])
        let last = matter.world.messages(about: matter.id).suffix(2)
        #expect(last.map(\.kind) == [.creditDecision, .paymentUpdate] && last.allSatisfy { $0.state == state })
    }

    @Test func nobodyDecidesAlone() throws {
        var matter = try Matter()
        #expect(try matter.propose(.honour, by: 0) == nil)
        #expect(try matter.approve(by: 0) == .forbidden)
        #expect(try matter.payment().state == .exception)
        // Whoever replaces a proposal is its proposer from then on.
        let first = try #require(try matter.opened().proposal?.id)
        #expect(try matter.propose(.reverse, by: 1) == nil)
        #expect(try matter.approve(first, by: 2) == .decisionNotPossible)
        #expect(try matter.approve(by: 1) == .forbidden)
        #expect(try matter.withdraw(by: 0) == .forbidden)
        #expect(try matter.withdraw(by: 1) == nil)
        #expect(try matter.opened().proposal == nil)
        #expect(try matter.approve(first, by: 2) == .decisionNotPossible)
        #expect(try matter.payment().state == .exception)
    }

    @Test func repeatsComeOutTheSame() throws {
        var matter = try Matter()
        #expect(try matter.propose(.reverse, by: 0) == nil)
        let proposal = try #require(try matter.opened().proposal)
        #expect(try matter.propose(.reverse, by: 0) == nil)
        #expect(try matter.opened().proposal == proposal)
        #expect(try matter.approve(proposal.id, by: 1) == nil)
        let after = try matter.payment()
        #expect(try matter.approve(proposal.id, by: 1) == nil)
        #expect(try matter.approve(proposal.id, by: 2) == .decisionNotPossible)
        #expect(try matter.propose(.honour, by: 2) == .decisionNotPossible)
        #expect(try matter.withdraw(by: 0) == .decisionNotPossible)
        #expect(try matter.payment() == after)
    }

    /// A payment that had been rejected is paid anew when people honour it, as far as the caps let it.
    @Test(arguments: [nil, 1_979] as [Int64?]) func anAbortedPaymentIsPaidAnew(cap: Int64?) throws {
        var matter = try Matter(aborted: true)
        #expect(try matter.opened().cause == .reversalRefused)
        #expect(matter.suspense == [0, 0])
        if let cap { try matter.world.join(StepWorld.provider, .japan, .fxProvider, cap: cap) }
        #expect(try matter.propose(.honour, by: 0) == nil)
        #expect(try matter.approve(by: 1) == (cap == nil ? nil : .liquidity))
        #expect(try matter.payment().state == (cap == nil ? .completed : .exception))
        #expect(matter.world.position(StepWorld.yenAcquirer, .jpy) == (cap == nil ? "1980" : "0"))
        #expect(matter.world.audit().violations.isEmpty)
    }

    @Test func aCodeThatAnotherHasPaidIsNotPaidTwice() throws {
        var matter = try Matter(aborted: true, singleUse: true)
        _ = try matter.world.submit(singleUse: true)
        #expect(try matter.propose(.honour, by: 0) == nil)
        #expect(try matter.approve(by: 1) == .duplicate)
        #expect(try matter.propose(.reverse, by: 1) == nil)
        #expect(try matter.approve(by: 0) == nil)
        #expect(try matter.payment().state == .reversed)
    }

    /// What the destination says meanwhile is put before people and moves nothing.
    @Test(arguments: [
        (DeliveryOutcome.accepted, PaymentMachine.Trigger.destinationAccepted),
        (.refused(.technical), .destinationRefused), (.cancelled, .reversalConfirmed),
        (.cancellationRefused(.legalDecision), .reversalRefused),
    ])
    func aLateWordIsShown(outcome: DeliveryOutcome, word: PaymentMachine.Trigger) throws {
        var matter = try Matter()
        let before = try matter.payment()
        try matter.say(outcome)
        #expect(try matter.payment() == before)
        #expect(try matter.opened().lastWord == word)
        #expect(try matter.opened().cause == .reversalRefused)
    }

    /// A word against a final decision is looked at once: what two persons have seen is not shown again.
    @Test func contradictionsAreSeenByTwo() throws {
        var world = try StepWorld()
        let payment = try world.submit()
        try world.answerCreditRequest(of: payment.id, .accepted)
        var matter = try Matter(world, payment.id)
        try matter.say(.refused(.technical))
        #expect(try matter.payment().state == .completed)
        #expect(try matter.opened().cause == .contradicted)
        #expect(try matter.propose(.reverse, by: 0) == .decisionNotPossible)
        #expect(try matter.propose(.honour, by: 0) == nil)
        #expect(try matter.approve(by: 1) == nil)
        let closed = try matter.opened()
        try matter.say(.refused(.technical))
        #expect(try matter.opened() == closed)
        #expect(try matter.payment().state == .completed)
    }

    @Test func needsNobodyWhenTheDestinationAnswersAfterAll() throws {
        var silence = try StepWorld(link: .singlePhase)
        let id = try silence.submit().id
        for (kind, clock) in [
            (TimerKey.Kind.decisionDeadline, PaymentMachine.Clock.decision), (.unresolved, .resolution),
        ] {
            silence.now = try silence.payment(id).deadline(of: clock)
            _ = try silence.succeed(.timerDue(TimerKey(kind: kind, payment: id)), by: .system)
        }
        var matter = try Matter(silence, id)
        #expect(try matter.opened().cause == .unresolved)
        #expect(try matter.propose(.honour, by: 0) == .decisionNotPossible)
        try matter.say(.cancelled)
        #expect(matter.world.transaction.exceptionCases[id] == nil)
    }

    @Test func onlyPeopleDecide() throws {
        var matter = try Matter()
        let command = Command.proposeDecision(ProposeDecision(payment: matter.id, decision: .honour, note: "x"))
        for caller in [Caller.operations, .system, .participant(StepWorld.yenAcquirer)] {
            #expect(try matter.world.refusal(command, by: caller) == .forbidden)
        }
        let person = Caller.person(Self.people[0])
        #expect(
            try matter.world.refusal(.setParticipantStatus(StepWorld.provider, .suspended), by: person) == .forbidden
        )
        let unknown = ProposeDecision(payment: PaymentID(UniqueID(high: 1, low: 1)), decision: .honour, note: "x")
        #expect(try matter.world.refusal(.proposeDecision(unknown), by: person) == .notFound)
    }
}

extension DecidingTests.Matter {
    init(_ world: StepWorld, _ id: PaymentID) throws {
        self.world = world
        self.id = id
    }
}
