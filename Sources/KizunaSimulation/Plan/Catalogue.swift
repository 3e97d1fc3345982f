import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What can happen in a world, and how often: a new kind is a line here.
enum Catalogue {
    /// The fewest troubles in a plan, beside one for every third payment.
    static let fewestTroubles = 24

    private typealias Draw = @Sendable (inout PlanDraft) -> Void

    static func addTrouble(to plan: inout PlanDraft) {
        plan.dice.pick(weighted: troubles)(&plan)
    }

    private static let troubles: [(weight: Int, choice: Draw)] = [
        (30, addDisturbance), (8, addLateness), (10, addTwist), (10, addRepeat), (5, addStrayAnswer), (10, addRefund),
        (6, addRecall),
        (9, addDiskFault), (4, addCrash), (3, addClockJump), (6, addSilence), (3, addIdleProvider), (2, addSuspension),
        (2, addEarlyTimer),
    ]

    // MARK: Business

    static func addPayment(_ number: Int, to plan: inout PlanDraft) {
        // Now and then somebody pays a code that is another's to pay.
        let other =
            plan.dynamicPayments.isEmpty || plan.dice.chance(inHundred: 95)
            ? nil : plan.dice.pick(plan.dynamicPayments)
        let shop = other?.shop ?? plan.dice.pick(plan.cast.shops)
        let issuer = plan.dice.pick(plan.cast.issuers(for: shop))
        let pay = PayAction(
            number: number,
            issuer: issuer,
            shop: shop,
            codeOf: other?.number,
            isDynamic: other != nil || plan.dice.chance(inHundred: 40),
            amount: other?.amount ?? amount(in: shop.currency, using: &plan.dice),
            payerCurrency: issuer.country == .japan ? .jpy : plan.dice.pick([.khr, .usd]),
            pauses: (plan.dice.number(0...2_000), plan.dice.number(0...8_000)),
            mind: mind(using: &plan.dice),
            keepsCredit: plan.dice.chance(inHundred: 35),
            recallMind: plan.dice.pick(weighted: [
                (4, .grants), (3, .refuses), (2, .answersLater(plan.dice.number(100...90_000), usedUETR: false)),
                (1, .answersLater(plan.dice.number(100...90_000), usedUETR: true)), (1, .forgets),
            ]),
            lateness: plan.dice.pick([-1_000, -1, 0, 1, 50, 3_000, 40_000]),
            payer: payer(of: issuer, number, using: &plan.dice),
            seed: plan.dice.next()
        )
        plan.add(pay, at: plan.anyMoment())
        if pay.isDynamic, other == nil { plan.dynamicPayments.append(pay) }
        if plan.dice.chance(inHundred: 25) { refunds(of: number, to: &plan) }
    }

    /// Mostly a payer of its own; now and then one of a few who pay often.
    private static func payer(of issuer: Participant, _ number: Int, using dice: inout SeededDice) -> PayerKey {
        let name = dice.chance(inHundred: 15) ? "regular-\(dice.number(1...2))" : "\(number)"
        let bytes = "\(issuer.id) \(name)".utf8.reduce(UInt64(0)) { SeededDice.mixed($0 ^ UInt64($1)) }
        return PayerKey(UniqueID(high: bytes, low: SeededDice.mixed(bytes)))
    }

    private static func mind(using dice: inout SeededDice) -> BankMind {
        dice.pick(weighted: [
            (84, .accepts), (5, .refuses(.merchantBlocked)), (4, .refuses(.technical)),
            (5, .ponders(times: dice.number(1...2))),
            (4, .changesMind(after: dice.number(1_000...60_000))),
        ])
    }

    /// From the smallest to the largest that the corridor lets pass; mostly what a new payer may pay on its first day.
    private static func amount(in currency: Currency, using dice: inout SeededDice) -> Money {
        let unit = currency.customerUnitMinorUnits
        let (least, most): (Int64, Int64) =
            switch currency {
            case .jpy: (1, 300_000)
            case .khr: (100, 8_000_000)
            default: (1, 2_000_00)
            }
        let units = dice.pick(weighted: [
            (10, least), (3, most), (45, dice.number(least...most / 60)), (29, dice.number(least...most / 7)),
            (3, dice.number(least...most)), (10, dice.pick(popularUnits(of: currency))),
        ])
        return Money(minorUnits: units * unit, currency: currency)
    }

    /// Round amounts, at which providers like to begin a tier, and those at the limit of a new payer; in customer units.
    static func popularUnits(of currency: Currency) -> [Int64] {
        switch currency {
        case .jpy: [1_000, 10_000, 25_000, 50_000, 50_001]
        case .khr: [20_000, 100_000, 400_000, 1_000_000]
        default: [5_00, 20_00, 100_00, 300_00]
        }
    }

    private static func refunds(of payment: Int, to plan: inout PlanDraft) {
        for _ in 0..<plan.dice.number(1...4) {
            plan.add(refund(of: payment, using: &plan.dice), at: plan.anyLateMoment())
        }
    }

    private static func refund(of payment: Int, using dice: inout SeededDice) -> RefundAction {
        RefundAction(
            payment: payment,
            percent: dice.chance(inHundred: 25) ? nil : dice.number(Int64(1)...60),
            reason: dice.pick(Refund.Reason.allCases),
            seed: dice.next(),
            flaw: dice.pick(weighted: [(85, nil), (10, .onePastTheRest), (5, .uetrOf(dice.number(1...payment)))])
        )
    }

    // MARK: Trouble

    private static func addDisturbance(to plan: inout PlanDraft) {
        let exchange: Disturbance.Exchange = plan.dice.pick(weighted: [
            (1, .call(.resolve)), (1, .call(.quote)), (5, .call(.submit)), (2, .call(.refund)), (1, .call(.answer)),
            (8, .message(.creditRequest)), (4, .message(.creditDecision)), (4, .message(.paymentUpdate)),
            (2, .message(.refundNotice)), (4, .message(.statusQuery)), (3, .message(.reversalRequest)),
            (2, .message(.recallRequest)), (1, .message(.recallUpdate)),
            (1, .call(.recall)),
        ])
        let kinds: [Disturbance.Kind] =
            switch exchange {
            case .call: [.requestLost, .answerLost, .repeated]
            case .message: [.requestLost, .answerLost, .repeated, .contradicting, .nonsense]
            }
        let place = Disturbance.Place(
            payment: plan.anyPayment(),
            exchange: exchange,
            attempt: plan.dice.pick(weighted: [(7, 1), (2, 2), (1, 3)])
        )
        plan.add(DisturbAction(place: place, kind: plan.dice.pick(kinds)), at: 0)
    }

    private static func addLateness(to plan: inout PlanDraft) {
        let place = Disturbance.Place(payment: plan.anyPayment(), exchange: .message(.creditRequest), attempt: 0)
        plan.add(DisturbAction(place: place, kind: .late), at: 0)
    }

    /// Where the bank has not answered yet, since only then does the deadline matter.
    private static func addEarlyTimer(to plan: inout PlanDraft) {
        let payment = plan.anyPayment()
        let place = Disturbance.Place(payment: payment, exchange: .message(.creditRequest), attempt: 0)
        plan.add(DisturbAction(place: place, kind: .late), at: 0)
        let earliness = plan.dice.pick([1, 1, 1_000, 20_000] as [Int64])
        plan.add(EarlyTimerAction(payment: payment, earliness: earliness), at: 0)
    }

    private static func addTwist(to plan: inout PlanDraft) {
        let edge = plan.dice.pick([-1, 0, 1, 500] as [Int64])
        let twists: [Twist] = [
            .otherAmount, .otherDebit, .quoteOf(plan.anyPayment()), .uetrOf(plan.anyPayment()), .lateQuote(edge),
            .oldConsent(edge), .earlyConsent(edge), .askedAmount(plan.dice.pick([1, 2_000_001, 3_000_000_000])),
            .narrowCap(missing: 1), .narrowCap(missing: 0),
        ]
        plan.add(TwistAction(payment: plan.anyPayment(), twist: plan.dice.pick(twists)), at: 0)
    }

    private static func addRepeat(to plan: inout PlanDraft) {
        let repetition = RepeatAction(
            payment: plan.anyPayment(),
            isQuote: plan.dice.chance(inHundred: 30),
            isSameBody: plan.dice.chance(inHundred: 60)
        )
        plan.add(repetition, at: plan.dice.number(plan.start...plan.span + 30_000))
    }

    private static func addStrayAnswer(to plan: inout PlanDraft) {
        let answer = StrayAnswerAction(
            payment: plan.anyPayment(),
            accepts: plan.dice.chance(inHundred: 50),
            stranger: plan.dice.chance(inHundred: 40) ? plan.dice.pick(plan.cast.acquirers).id : nil
        )
        plan.add(answer, at: plan.dice.number(plan.start...plan.span + 30_000))
    }

    private static func addRefund(to plan: inout PlanDraft) {
        plan.add(refund(of: plan.anyPayment(), using: &plan.dice), at: plan.anyMoment())
    }

    private static func addRecall(to plan: inout PlanDraft) {
        let recall = RecallAction(
            payment: plan.anyPayment(),
            percent: plan.dice.chance(inHundred: 50) ? nil : plan.dice.number(Int64(1)...100),
            reason: plan.dice.pick(Recall.Reason.allCases),
            seed: plan.dice.next()
        )
        plan.add(recall, at: plan.anyLateMoment())
    }

    private static func addDiskFault(to plan: inout PlanDraft) {
        plan.add(DiskAction(fault: plan.dice.pick(StoreFault.allCases)), at: plan.anyMoment())
    }

    /// Upon which others have been prepared, where everybody comes at once.
    static func addFailingCommits(to plan: inout PlanDraft) {
        for _ in 0..<4 { plan.add(DiskAction(fault: .commitFails), at: plan.anyMoment()) }
    }

    private static func addCrash(to plan: inout PlanDraft) {
        plan.add(CrashAction(pause: plan.dice.number(50...20_000)), at: plan.anyMoment())
    }

    private static func addClockJump(to plan: inout PlanDraft) {
        let size = plan.dice.pick([500, 5_000, 60_000, 600_000] as [Int64])
        plan.add(ClockAction(milliseconds: plan.dice.chance(inHundred: 50) ? size : -size), at: plan.anyMoment())
    }

    private static func addSilence(to plan: inout PlanDraft) {
        let length = plan.dice.pick([3_000, 18_000, 45_000, 300_000, 1_800_000] as [Int64])
        let moment = plan.anyMoment()
        // Where the switch cannot abort, silence leads furthest.
        let bank =
            plan.dice.chance(inHundred: 50)
            ? plan.dice.pick(plan.cast.acquirers.filter { $0.linkKind == .singlePhase })
            : plan.dice.pick(plan.cast.participants)
        let isMute = plan.dice.chance(inHundred: 40)
        plan.add(SilenceAction(bank: bank.id, length: length, isMute: isMute), at: moment)
        plan.extendHorizon(to: moment + length)
    }

    private static func addIdleProvider(to plan: inout PlanDraft) {
        let provider = plan.dice.pick(plan.cast.providers).id
        let length: Int64 = plan.dice.number(30_000...150_000)
        plan.add(IdleProviderAction(provider: provider, length: length), at: plan.anyMoment())
    }

    private static func addSuspension(to plan: inout PlanDraft) {
        let participant = plan.dice.pick(plan.cast.participants).id
        plan.add(
            SuspendAction(participant: participant, length: plan.dice.number(1_000...15_000)),
            at: plan.anyMoment()
        )
    }
}
