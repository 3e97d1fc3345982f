import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@Suite struct MachineTests {
    static let links: [Participant.LinkKind] = [.twoPhase, .singlePhase]

    /// Every pair of state and trigger either follows the table or is refused; none does both, none traps.
    @Test(arguments: PaymentState.allCases, links)
    func answersEveryPair(state: PaymentState, link: Participant.LinkKind) throws {
        for trigger in PaymentMachine.Trigger.allCases {
            var payment = try World.payment(link: link, state: state)
            let expected = PaymentMachine.edges.first {
                $0.from == state && $0.trigger == trigger && ($0.link == nil || $0.link == link)
            }
            do throws(PaymentMachine.OutOfOrder) {
                let effects = try payment.handle(trigger, by: .clock, reason: .technical, at: World.now)
                #expect(effects == expected?.effects)
                #expect(payment.state == expected?.to)
            } catch {
                #expect(expected == nil)
                #expect(payment.state == state)
            }
        }
    }

    @Test func reachesEveryState() {
        let reachable = Set(PaymentMachine.edges.map(\.to)).union([.resolved])
        #expect(reachable == Set(PaymentState.allCases))
    }

    /// Where the money of a payment is.
    enum Money: Hashable { case untouched, held, suspended, released, moved }

    /// Money is held on entering RESERVED and let go or moved exactly once on every way to an end.
    @Test(arguments: links) func endsEveryHoldOnce(link: Participant.LinkKind) throws {
        struct Place: Hashable {
            let state: PaymentState
            let isReleased: Bool
            let money: Money
        }
        var seen: Set<Place> = []
        var waiting = [(try World.payment(link: link, state: .submitted), Money.untouched)]
        while let (payment, money) = waiting.popLast() {
            let place = Place(state: payment.state, isReleased: payment.isReleased, money: money)
            guard seen.insert(place).inserted else { continue }
            #expect(Self.possible(payment).contains(money), "\(place)")
            // A submission that fails its checks leaves no payment.
            for trigger in PaymentMachine.Trigger.allCases where trigger != .checksFailed {
                var moved = payment
                guard let effects = try? moved.handle(trigger, by: .clock, reason: .technical, at: World.now) else {
                    continue
                }
                let after = effects.reduce(money) { Self.after($1, $0) ?? $0 }
                waiting.append((moved, after))
            }
        }
        let exceptions = Set(seen.filter { $0.state == .exception }.map(\.money))
        #expect(exceptions == (link == .singlePhase ? [.suspended, .released] : []))
    }

    /// Where the money is after an effect; `nil` for one that has nothing to do with it.
    private static func after(_ effect: PaymentMachine.Effect, _ money: Money) -> Money? {
        let (from, to): (Money, Money)
        switch effect {
        case .placeHolds: (from, to) = (.untouched, .held)
        case .postHolds: (from, to) = (.held, .moved)
        case .voidHolds: (from, to) = (.held, .released)
        case .suspendHolds: (from, to) = (.held, .suspended)
        case .paySuspended: (from, to) = (.suspended, .moved)
        case .returnSuspended: (from, to) = (.suspended, .released)
        case .payAnew: (from, to) = (.released, .moved)
        case .start, .stop, .requestCredit, .queryStatus, .requestReversal, .tellDestination, .tellIssuer,
            .callOperator, .dismissOperator:
            return nil
        }
        #expect(money == from, "\(effect) finds the money \(money)")
        return to
    }

    private static func possible(_ payment: Payment) -> Set<Money> {
        switch payment.state {
        case .resolved, .quoted, .submitted, .expired: [.untouched]
        case .reserved, .sent, .accepted, .unknown: [.held]
        case .reversing: payment.isReleased ? [.released] : [.held]
        case .exception: payment.isReleased ? [.released] : [.suspended]
        case .completed, .partiallyRefunded, .refunded: [.moved]
        case .rejected: [.released]
        case .reversed: [.released]
        }
    }

    /// Silence alone never rejects on a link that credits as it accepts.
    @Test func neverGuessesOnASinglePhaseLink() throws {
        var payment = try World.payment(link: .singlePhase, state: .sent)
        _ = try payment.handle(.decisionDeadlinePassed, by: .clock, at: World.now)
        #expect(payment.state == .unknown)
        #expect(!payment.state.isFinal)
    }

    @Test func answersALatePromiseWithTheDecision() throws {
        var payment = try World.payment(state: .sent)
        _ = try payment.handle(.decisionDeadlinePassed, by: .clock, reason: .timeoutDestination, at: World.now)
        #expect(payment.state == .rejected)
        #expect(payment.reason == .timeoutDestination)
        #expect(try payment.handle(.destinationAccepted, by: .destination, at: World.now) == [.tellDestination])
        #expect(payment.state == .rejected)
    }

    /// What contradicts the decision about a payment calls people or is undone; nothing of it is dropped.
    @Test func dropsNoContradiction() {
        let contradictions: [(PaymentState, PaymentMachine.Trigger)] =
            [PaymentState.completed, .partiallyRefunded, .refunded].flatMap {
                [($0, .destinationRefused), ($0, .reversalConfirmed)]
            } + [(.rejected, .destinationAccepted), (.reversed, .destinationAccepted), (.reversed, .reversalRefused)]
        for (state, trigger) in contradictions {
            let edge = PaymentMachine.edges.first {
                $0.from == state && $0.trigger == trigger && $0.link != .twoPhase
            }
            #expect(edge?.effects.contains(.callOperator) == true, "\(state) \(trigger)")
        }
    }

    @Test func namesEveryStateOnce() {
        #expect(Set(PaymentState.allCases.map(\.name)).count == PaymentState.allCases.count)
    }
}

@Suite struct QuoteTests {
    func quote() throws -> Quote {
        Quote(
            id: QuoteID(UniqueID(high: 3, low: 3)),
            resolution: ResolutionID(UniqueID(high: 6, low: 6)),
            issuer: World.issuer,
            provider: World.provider,
            price: try World.price(.a1),
            createdAt: World.now,
            expiresAt: World.now.adding(Quote.life)
        )
    }

    @Test(arguments: [(Int64(179_999), RefusalCode?.none), (180_000, .quoteExpired)])
    func expiresToTheMillisecond(age: Int64, code: RefusalCode?) throws {
        var quote = try quote()
        let answer: RefusalCode?
        do throws(Refusal) {
            try quote.use(by: PaymentID(UniqueID(high: 1, low: 1)), at: World.now.adding(.milliseconds(age)))
            answer = nil
        } catch { answer = error.code }
        #expect(answer == code)
    }

    @Test func paysOnce() throws {
        var quote = try quote()
        try quote.use(by: PaymentID(UniqueID(high: 1, low: 1)), at: World.now)
        #expect(throws: Refusal.self) { try quote.use(by: PaymentID(UniqueID(high: 1, low: 2)), at: World.now) }
        #expect(quote.asIssued == (try self.quote()))
    }
}
