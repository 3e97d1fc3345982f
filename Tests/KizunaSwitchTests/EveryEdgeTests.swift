import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Walks the machine through real commands: from every state that a payment can come into, everything that may happen
/// to it happens, and what comes of it is what the table says.
@Suite struct EveryEdgeTests {
    /// Something that happens to a payment.
    enum Move: CaseIterable {
        case accept, refuse, confirmReversal, refuseReversal
        case decisionTimer, unresolvedTimer, overdueTimer
        case refundInPart, refundInFull
        case honour, reverse
    }

    /// What distinguishes one payment's situation from another's.
    struct Place: Hashable {
        let state: PaymentState
        let isReleased: Bool
        let reversals: Int

        init(_ payment: Payment) {
            state = payment.state
            isReleased = payment.isReleased
            // Beyond the most that are believed, one more makes no difference.
            reversals = min(payment.events?.count { $0.state == .reversed } ?? 0, Payment.mostReversals)
        }
    }

    @Test func takesEveryEdgeOfTheTable() throws {
        var taken = Set(Self.beforeSending.keys)
        for link in [Participant.LinkKind.twoPhase, .singlePhase] { taken.formUnion(try Self.walk(link)) }
        let missing = PaymentMachine.edges.filter { !taken.contains(Way($0)) }
        #expect(missing.isEmpty, "\(missing.map(Way.init))")
    }

    /// An edge without its effects.
    struct Way: Hashable {
        let from: PaymentState
        let trigger: PaymentMachine.Trigger
        let to: PaymentState

        init(_ edge: PaymentMachine.Edge) { self.init(edge.from, edge.trigger, edge.to) }

        init(_ from: PaymentState, _ trigger: PaymentMachine.Trigger, _ to: PaymentState) {
            (self.from, self.trigger, self.to) = (from, trigger, to)
        }
    }

    // MARK: After sending

    private static func walk(_ link: Participant.LinkKind) throws -> Set<Way> {
        var taken: Set<Way> = []
        var seen: Set<Place> = []
        var world = try StepWorld(link: link)
        let payment = try world.submit().id
        var waiting = [world]
        while let world = waiting.popLast() {
            let before = try world.payment(payment)
            guard seen.insert(Place(before)).inserted else { continue }
            for move in Move.allCases {
                var world = world
                taken.formUnion(try make(move, with: payment, in: &world))
                check(world, try world.payment(payment))
                waiting.append(world)
            }
        }
        return taken
    }

    /// Lets something happen, compares it with the table, and says which edges it took.
    private static func make(_ move: Move, with id: PaymentID, in world: inout StepWorld) throws -> [Way] {
        let before = try world.payment(id)
        let trigger = trigger(of: move, before)
        guard let command = try command(of: move, before, in: &world) else { return [] }
        let refusal = try world.refusal(command.0, by: command.1)
        let after = try world.payment(id)
        guard let edge = try? PaymentMachine.edge(from: before.state, on: trigger, link: before.link) else {
            #expect(after == before, "\(before.state) \(move)")
            #expect((refusal == nil) == isTimer(move), "\(before.state) \(move)")
            return []
        }
        #expect(refusal == nil, "\(before.state) \(move)")
        if edge.to == .accepted {
            #expect(after.state == .completed)
            return [Way(edge), Way(.accepted, .commitRecorded, .completed)]
        }
        #expect(after.state == edge.to, "\(before.state) \(move)")
        #expect((after.history == before.history) == !edge.moves)
        return [Way(edge)]
    }

    private static func isTimer(_ move: Move) -> Bool {
        [.decisionTimer, .unresolvedTimer, .overdueTimer].contains(move)
    }

    private static func trigger(of move: Move, _ payment: Payment) -> PaymentMachine.Trigger {
        switch move {
        case .accept: payment.successTrigger
        case .refuse: .destinationRefused
        case .confirmReversal: .reversalConfirmed
        case .refuseReversal: .reversalRefused
        case .decisionTimer: .decisionDeadlinePassed
        case .unresolvedTimer: .unresolvedTooLong
        case .overdueTimer: .reversalOverdue
        case .refundInPart: .refundedInPart
        case .refundInFull: .refundedInFull
        case .honour: .operatorHonoured
        case .reverse: .operatorReversed
        }
    }

    private static func command(
        of move: Move,
        _ payment: Payment,
        in world: inout StepWorld
    ) throws -> (Command, Caller)? {
        world.now = world.now.adding(.seconds(1))
        let answer = { (outcome: DeliveryOutcome) -> (Command, Caller) in
            (.destinationAnswered(payment: payment.id, outcome), .participant(payment.acquirer))
        }
        switch move {
        case .accept: return answer(.accepted)
        case .refuse: return answer(.refused(.merchantClosed))
        case .confirmReversal: return answer(.cancelled)
        case .refuseReversal: return answer(.cancellationRefused(.customerDecision))
        case .decisionTimer: return timer(.decisionDeadline, .decision, payment, in: &world)
        case .unresolvedTimer: return timer(.unresolved, .resolution, payment, in: &world)
        case .overdueTimer: return timer(.reversalOverdue, .reversal, payment, in: &world)
        case .refundInPart: return refund(payment, Money(minorUnits: 100, currency: .jpy), in: &world)
        case .refundInFull: return refund(payment, nil, in: &world)
        case .honour: return try approval(of: .honour, payment, in: &world)
        case .reverse: return try approval(of: .reverse, payment, in: &world)
        }
    }

    /// The second of two persons; the first has proposed before. What is final is left to ``DecidingTests``.
    private static func approval(
        of decision: ExceptionCase.Decision,
        _ payment: Payment,
        in world: inout StepWorld
    ) throws -> (Command, Caller)? {
        guard payment.state == .exception else { return nil }
        let people = DecidingTests.people
        let proposal = ProposeDecision(payment: payment.id, decision: decision, note: "seen")
        _ = try world.succeed(.proposeDecision(proposal), by: .person(people[0]))
        let id = try #require(world.transaction.exceptionCases[payment.id]?.proposal?.id)
        return (.approveProposal(ApproveProposal(payment: payment.id, proposal: id)), .person(people[1]))
    }

    private static func timer(
        _ kind: TimerKey.Kind,
        _ clock: PaymentMachine.Clock,
        _ payment: Payment,
        in world: inout StepWorld
    ) -> (Command, Caller) {
        world.now = max(world.now, payment.deadline(of: clock))
        return (.timerDue(TimerKey(kind: kind, payment: payment.id)), .system)
    }

    private static func refund(_ payment: Payment, _ amount: Money?, in world: inout StepWorld) -> (Command, Caller)? {
        // Ten parts at most; nine leave one for the rest.
        guard payment.refunded.parts < 9 else { return nil }
        let uetr = UETR(.version4(using: &world.dice))
        let command = RequestRefund(payment: payment.id, uetr: uetr, amount: amount, reason: .customerRequest)
        return (.refund(command), .participant(payment.acquirer))
    }

    /// The books are whole, money is reserved or in suspense exactly where the state says so, and one clock runs at most.
    private static func check(_ world: StepWorld, _ payment: Payment) {
        let audit = world.audit()
        #expect(audit.violations.isEmpty)
        let isHeld: Bool
        switch payment.state {
        case .sent, .unknown: isHeld = true
        case .reversing: isHeld = !payment.isReleased
        default: isHeld = false
        }
        #expect(audit.openHoldIDs.count == (isHeld ? 2 : 0), "\(payment.state)")
        let isSuspended = payment.state == .exception && !payment.isReleased
        for amount in [payment.price.merchantAmount, payment.price.interbankAmount] {
            let suspense = world.transaction.accounts[.suspense(amount.currency)]
            #expect(suspense?.positionMinorUnits == (isSuspended ? amount.minorUnits : 0), "\(payment.state)")
        }
        let shop =
            payment.state.isPaid ? payment.price.merchantAmount.minorUnits - payment.refunded.merchantMinorUnits : 0
        #expect(world.position(StepWorld.yenAcquirer, .jpy) == "\(shop)")
        let timers = world.transaction.timers.changes.filter { $0.row != nil && $0.key.payment == payment.id }
        #expect(timers.map(\.key.kind) == expectedTimers(payment.state))
    }

    private static func expectedTimers(_ state: PaymentState) -> [TimerKey.Kind] {
        switch state {
        case .sent: [.decisionDeadline]
        case .unknown: [.unresolved]
        case .reversing: [.reversalOverdue]
        default: []
        }
    }

    // MARK: Before sending

    /// The ways on which no payment is kept yet, each with what shows it. They are taken within one step.
    private static let beforeSending: [Way: @Sendable () throws -> Void] = [
        Way(.resolved, .quoteIssued, .quoted): {
            var world = try StepWorld()
            let quote = try world.quote("1980")
            #expect(world.transaction.quotes[quote.id]?.usedBy == nil)
        },
        Way(.resolved, .lapsed, .expired): {
            var world = try StepWorld()
            let resolution = try world.resolution()
            world.now = world.now.adding(Resolution.life)
            let amount = Money(minorUnits: 1_980, currency: .jpy)
            let command = RequestQuote(resolution: resolution, payerCurrency: .khr, amount: amount)
            #expect(try world.refusal(.quote(command), by: .participant(StepWorld.rielBank)) == .qrExpired)
        },
        Way(.quoted, .lapsed, .expired): {
            var world = try StepWorld()
            let quote = try world.quote("1980")
            world.now = quote.expiresAt
            #expect(try refused(quote, in: &world) == .quoteExpired)
        },
        Way(.quoted, .submitted, .submitted): { try submits() },
        Way(.submitted, .checksPassed, .reserved): { try submits() },
        Way(.reserved, .handedToLink, .sent): { try submits() },
        Way(.submitted, .checksFailed, .rejected): {
            var world = try StepWorld()
            let quote = try world.quote("1980")
            _ = try world.succeed(.setParticipantStatus(StepWorld.yenAcquirer, .suspended), by: .operations)
            #expect(try refused(quote, in: &world) == .participantOffline)
        },
        Way(.reserved, .abandoned, .rejected): {
            // The payer's side is reserved, then the provider's does not fit: the first goes with the second.
            var world = try StepWorld(cap: 1_980)
            let quote = try world.quote("1980")
            try world.join(StepWorld.provider, .japan, .fxProvider, cap: 1_979)
            #expect(try refused(quote, in: &world) == .liquidity)
        },
    ]

    @Test func takesEveryEdgeBeforeSending() throws {
        for (_, show) in Self.beforeSending { try show() }
    }

    /// Submits, expects a refusal, and that nothing of a payment is left.
    private static func refused(_ quote: Quote, in world: inout StepWorld) throws -> RefusalCode? {
        let code = try world.refusal(.submit(world.submission(of: quote)), by: .participant(quote.issuer))
        #expect(world.transaction.payments.isUnchanged && world.transaction.journal.isEmpty)
        #expect(world.transaction.messages.isUnchanged)
        #expect(world.transaction.quotes[quote.id]?.usedBy == nil)
        return code
    }

    private static func submits() throws {
        var world = try StepWorld()
        let payment = try world.submit()
        #expect(payment.events?.map(\.trigger) == [.submitted, .checksPassed, .handedToLink])
        #expect(payment.events?.map(\.state) == [.submitted, .reserved, .sent])
    }
}
