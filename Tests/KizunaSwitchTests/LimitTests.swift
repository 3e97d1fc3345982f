import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Limits with history, warnings and alerts, through the real steps.
@Suite struct LimitTests {
    private let issuer = Caller.participant(StepWorld.rielBank)

    private func refusal(_ world: inout StepWorld, _ command: Command) throws -> Refusal? {
        switch try world.run(command, by: issuer).result {
        case .success: nil
        case .failure(let refusal): refusal
        }
    }

    private func yen(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: .jpy) }

    /// Both quotes are given before either is used, as when two requests come in one group.
    @Test func concurrentPaymentsShareTheLimit() throws {
        var world = try StepWorld()
        let quotes = [try world.quote("30000"), try world.quote("20001"), try world.quote("20000")]
        #expect(try refusal(&world, .submit(world.submission(of: quotes[0]))) == nil)
        let refused = try refusal(&world, .submit(world.submission(of: quotes[1])))
        #expect((refused?.code, refused?.isoReason) == (.limitExceeded, "AM14"))
        #expect(try refusal(&world, .submit(world.submission(of: quotes[2]))) == nil)
        // Another payer has limits of its own.
        let other = world.submission(of: try world.quote("50000"), payer: PayerKey(UniqueID(high: 7, low: 2)))
        #expect(try refusal(&world, .submit(other)) == nil)
    }

    @Test func aRefusalLeavesNoTrace() throws {
        var world = try StepWorld()
        _ = try refusal(&world, .submit(world.submission(of: try world.quote("50001"))))
        #expect(world.transaction.payers[StepWorld.payer] == nil)
        #expect(world.transaction.journal.isEmpty)
    }

    @Test func theThirtyFirstPaymentOfADay() throws {
        var world = try StepWorld()
        for _ in 0..<30 { _ = try world.submit("100") }
        let refused = try refusal(&world, .submit(world.submission(of: try world.quote("100"))))
        #expect((refused?.code, refused?.isoReason) == (.limitExceeded, "AM21"))
    }

    /// Yen are counted on both ways: `M` for a shop in Japan, `S` for a payer there.
    @Test func bothWaysCountYen() throws {
        var world = try StepWorld()
        let payment = try world.submit("42000", .khr, payer: .jpy)
        #expect(world.transaction.payers[StepWorld.payer]?.dayYen == payment.price.interbankAmount.minorUnits)
        #expect(payment.price.yen == 1_574)
        var other = try StepWorld()
        _ = try other.submit("1980")
        #expect(other.transaction.payers[StepWorld.payer]?.dayYen == 1_980)
    }

    @Test func theQuoteKnowsWhenItIsToldWhoPays() throws {
        var world = try StepWorld()
        let resolution = try world.resolution()
        func ask(_ amount: Int64, _ payer: PayerKey?) -> Command {
            .quote(
                RequestQuote(resolution: resolution, payerCurrency: .khr, amount: yen(amount), payer: payer)
            )
        }
        #expect(try refusal(&world, ask(50_001, nil)) == nil)
        #expect(try refusal(&world, ask(50_001, StepWorld.payer))?.isoReason == "AM14")
        guard case .quote(let quote) = try world.succeed(ask(50_000, StepWorld.payer), by: issuer) else { return }
        #expect(quote.possibleDuplicate == false)
        // A quote counts nothing.
        #expect(world.transaction.payers[StepWorld.payer] == nil)
        #expect(try refusal(&world, .submit(world.submission(of: quote))) == nil)
        #expect(try refusal(&world, ask(1, StepWorld.payer))?.isoReason == "AM14")
    }

    @Test func theSameAgainIsAllowedAndTold() throws {
        var world = try StepWorld()
        let first = try world.submit("700")
        #expect(!first.possibleDuplicate)
        world.now = world.now.adding(.milliseconds(59_999))
        let again = try world.submit("700")
        #expect(again.possibleDuplicate)
        let resolution = try world.resolution()
        let ask = RequestQuote(
            resolution: resolution,
            payerCurrency: .khr,
            amount: yen(700),
            payer: StepWorld.payer
        )
        guard case .quote(let warned) = try world.succeed(.quote(ask), by: issuer) else { return }
        #expect(warned.possibleDuplicate == true)
        #expect(try !world.submit("701").possibleDuplicate)
        try world.publishRates()
        world.now = world.now.adding(.seconds(60))
        try world.publishRates()
        #expect(try !world.submit("700").possibleDuplicate)
    }

    // MARK: Giving back

    @Test func aRejectedPaymentGivesItsLimitBackOnce() throws {
        var world = try StepWorld()
        let payment = try world.submit("40000")
        _ = try world.submit("10000")
        try world.answerCreditRequest(of: payment.id, .refused(.merchantClosed))
        #expect(world.transaction.payers[StepWorld.payer]?.dayYen == 10_000)
        // A late word moves nothing any more.
        _ = try world.succeed(
            .destinationAnswered(payment: payment.id, .accepted),
            by: .participant(StepWorld.yenAcquirer)
        )
        #expect(world.transaction.payers[StepWorld.payer]?.dayYen == 10_000)
        #expect(world.transaction.payers[StepWorld.payer]?.dayPayments == 1)
        _ = try world.submit("40000")
    }

    @Test func anAbortGivesItBackAfterMidnightWithoutTouchingTheNewDay() throws {
        var world = try StepWorld()
        // 17:00 UTC is midnight in Phnom Penh.
        world.now = Timestamp(milliseconds: 1_760_029_200_000 - 5_000)
        try world.publishRates()
        let late = try world.submit("20000")
        world.now = world.now.adding(.seconds(6))
        _ = try world.submit("10000")
        #expect(world.transaction.payers[StepWorld.payer]?.dayYen == 10_000)
        world.now = late.decisionDeadline
        _ = try world.succeed(.timerDue(TimerKey(kind: .decisionDeadline, payment: late.id)), by: .system)
        #expect(try world.payment(late.id).state == .rejected)
        let tally = try #require(world.transaction.payers[StepWorld.payer])
        #expect((tally.dayYen, tally.dayPayments, tally.newPayerYen) == (10_000, 1, 10_000))
    }

    @Test func aRefundDoesNotGiveItBack() throws {
        var world = try StepWorld()
        let payment = try world.submit("1980")
        try world.answerCreditRequest(of: payment.id, .accepted)
        let refund = RequestRefund(
            payment: payment.id,
            uetr: UETR(UniqueID(high: 0x4000, low: 1 << 63)),
            amount: nil,
            reason: .customerRequest
        )
        _ = try world.succeed(.refund(refund), by: .participant(StepWorld.yenAcquirer))
        #expect(try world.payment(payment.id).state == .refunded)
        #expect(world.transaction.payers[StepWorld.payer]?.dayYen == 1_980)
    }

    /// A code that was released and claimed again stays with its new payment, whatever is still said of the old one.
    @Test func aLateWordLeavesTheNextClaimAlone() throws {
        var world = try StepWorld()
        let first = try world.submit("700", singleUse: true)
        try world.answerCreditRequest(of: first.id, .refused(.payerFunds))
        let second = try world.submit("700", singleUse: true)
        _ = try world.succeed(
            .destinationAnswered(payment: first.id, .accepted),
            by: .participant(StepWorld.yenAcquirer)
        )
        #expect(world.transaction.codeClaims[first.code] == second.id)
    }

    // MARK: Alerts

    private func capAlert(_ world: StepWorld) -> Alert? {
        let account = AccountID(owner: StepWorld.provider, role: .settlement, currency: .jpy)
        return world.transaction.alerts[Alert.Key(kind: .capNearlyReached, subject: account.description)]
    }

    /// Raised at 70 percent, ended below 60, and told once while it hovers between.
    @Test func nearTheCap() throws {
        var world = try StepWorld(cap: 10_000_000)
        world.transaction.setAccount(
            Account(
                id: AccountID(owner: StepWorld.provider, role: .settlement, currency: .jpy),
                netDebitCapMinorUnits: 10_000
            )
        )
        func pay(_ amount: String, _ number: UInt64) throws -> Payment {
            let command = world.submission(of: try world.quote(amount), payer: PayerKey(UniqueID(high: 8, low: number)))
            guard case .payment(let payment) = try world.succeed(.submit(command), by: issuer) else {
                throw StepWorld.Endless()
            }
            return payment
        }
        _ = try pay("5999", 1)
        let middle = try pay("1000", 2)
        #expect(capAlert(world) == nil)
        let last = try pay("1", 3)
        #expect(capAlert(world)?.isOpen == true)
        let raised = world.now
        world.now = world.now.adding(.seconds(1))
        try world.answerCreditRequest(of: last.id, .refused(.payerFunds))
        _ = try pay("2", 4)
        #expect(capAlert(world) == Alert(key: try #require(capAlert(world)).key, raisedAt: raised))
        try world.answerCreditRequest(of: middle.id, .refused(.payerFunds))
        #expect(capAlert(world)?.isOpen == true, "6,001 are still used")
        let rest = try #require(world.transaction.payments.changes.compactMap(\.row).last { $0.state == .sent })
        try world.answerCreditRequest(of: rest.id, .refused(.payerFunds))
        #expect(capAlert(world)?.clearedAt == world.now)
        _ = try pay("1001", 5)
        #expect(capAlert(world)?.timesRaised == 2)
    }

    @Test func aShopThatIsPaidUnusuallyOften() throws {
        var world = try StepWorld()
        var merchant: MerchantID?
        for number in 1...101 {
            let command = world.submission(
                of: try world.quote("10"),
                payer: PayerKey(UniqueID(high: 9, low: UInt64(number)))
            )
            guard case .payment(let payment) = try world.succeed(.submit(command), by: issuer) else { return }
            merchant = payment.merchant
            let key = Alert.Key(kind: .shopUnusuallyBusy, subject: payment.merchant.description)
            #expect((world.transaction.alerts[key] != nil) == (number == 101))
        }
        let key = Alert.Key(kind: .shopUnusuallyBusy, subject: try #require(merchant).description)
        world.now = world.now.adding(.seconds(86_400))
        try world.publishRates()
        _ = try world.submit("10")
        #expect(world.transaction.alerts[key]?.isOpen == false)
    }
}
