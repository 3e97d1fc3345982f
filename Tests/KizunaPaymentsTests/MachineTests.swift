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
                let effects = try payment.handle(trigger, reason: .technical, at: World.now)
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

    /// Money is held on entering RESERVED and let go or moved exactly once on every way to an end.
    @Test(arguments: links) func endsEveryHoldOnce(link: Participant.LinkKind) {
        struct Place: Hashable {
            let state: PaymentState
            let isHeld: Bool
        }
        var seen: Set<Place> = []
        var waiting = [Place(state: .submitted, isHeld: false)]
        while let place = waiting.popLast() {
            guard seen.insert(place).inserted else { continue }
            let moved = PaymentMachine.edges.filter { $0.from == place.state && ($0.link == nil || $0.link == link) }
            for edge in moved {
                var isHeld = place.isHeld
                if edge.effects.contains(.placeHolds) {
                    #expect(!isHeld, "\(edge) holds twice")
                    isHeld = true
                }
                if edge.effects.contains(.postHolds) || edge.effects.contains(.voidHolds) {
                    #expect(isHeld, "\(edge) ends a hold that is not there")
                    isHeld = false
                }
                if edge.to.isFinal { #expect(!isHeld, "\(edge) ends with a hold") }
                waiting.append(Place(state: edge.to, isHeld: isHeld))
            }
        }
    }

    /// Silence alone never rejects on a link that credits as it accepts.
    @Test func neverGuessesOnASinglePhaseLink() throws {
        var payment = try World.payment(link: .singlePhase, state: .sent)
        _ = try payment.handle(.decisionDeadlinePassed, at: World.now)
        #expect(payment.state == .unknown)
        #expect(!payment.state.isFinal)
    }

    @Test func answersALatePromiseWithTheDecision() throws {
        var payment = try World.payment(state: .sent)
        _ = try payment.handle(.decisionDeadlinePassed, reason: .timeoutDestination, at: World.now)
        #expect(payment.state == .rejected)
        #expect(payment.reason == .timeoutDestination)
        #expect(try payment.handle(.destinationAccepted, at: World.now) == [.tellDestination])
        #expect(payment.state == .rejected)
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
