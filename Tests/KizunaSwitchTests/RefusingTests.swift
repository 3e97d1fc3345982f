import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Whatever is refused leaves no line in the journal and no hold.
@Suite struct RefusingTests {
    func journal(_ world: StepWorld) -> Int { world.transaction.journal.count }

    @Test func foreignUsedAndExpiredQuotes() throws {
        var world = try StepWorld()
        let quote = try world.quote("1980")
        let submission = world.submission(of: quote)
        #expect(
            try world.refusal(.submit(submission), by: .participant(StepWorld.yenWallet)) == .agentMismatch
        )
        #expect(try world.refusal(.submit(submission), by: .participant(StepWorld.yenAcquirer)) == .forbidden)
        #expect(try world.refusal(.submit(submission), by: .operations) == .forbidden)
        #expect(journal(world) == 0)
        _ = try world.succeed(.submit(submission), by: .participant(StepWorld.rielBank))
        let lines = journal(world)
        let again = world.submission(of: quote)
        #expect(try world.refusal(.submit(again), by: .participant(StepWorld.rielBank)) == .quoteUsed)
        #expect(try world.refusal(.submit(submission), by: .participant(StepWorld.rielBank)) == nil)

        let late = try world.quote("500")
        world.now = world.now.adding(Quote.life)
        #expect(
            try world.refusal(.submit(world.submission(of: late)), by: .participant(StepWorld.rielBank))
                == .quoteExpired
        )
        #expect(journal(world) == lines)
    }

    @Test func amountsThatDifferFromTheQuote() throws {
        var world = try StepWorld()
        let quote = try world.quote("1980")
        let right = world.submission(of: quote)
        let wrong = { (merchant: Money, debit: Money) in
            Command.submit(
                SubmitPayment(
                    quote: right.quote,
                    uetr: right.uetr,
                    merchantAmount: merchant,
                    payerDebit: debit,
                    payer: right.payer,
                    payerName: "Sokha",
                    payerAccount: "001",
                    acceptedAt: nil
                )
            )
        }
        let off = Money(minorUnits: 1_981, currency: .jpy)
        let debit = Money(minorUnits: right.payerDebit.minorUnits + 100, currency: .khr)
        let issuer = Caller.participant(StepWorld.rielBank)
        #expect(try world.refusal(wrong(off, right.payerDebit), by: issuer) == .amountMismatch)
        #expect(try world.refusal(wrong(right.merchantAmount, debit), by: issuer) == .amountMismatch)
        #expect(journal(world) == 0)
    }

    @Test(arguments: [
        (Int64(25_000), RefusalCode?.none), (25_001, .tooLate), (-60_000, nil), (-60_001, .missingData),
    ])
    func oldAndFutureConsent(age: Int64, code: RefusalCode?) throws {
        var world = try StepWorld()
        let quote = try world.quote("1980")
        let right = world.submission(of: quote)
        let command = SubmitPayment(
            quote: right.quote,
            uetr: right.uetr,
            merchantAmount: right.merchantAmount,
            payerDebit: right.payerDebit,
            payer: right.payer,
            payerName: "Sokha",
            payerAccount: "001",
            acceptedAt: world.now.adding(.milliseconds(-age))
        )
        #expect(try world.refusal(.submit(command), by: .participant(StepWorld.rielBank)) == code)
    }

    @Test func twoPaymentsOfOneDynamicCode() throws {
        var world = try StepWorld()
        let first = try world.submit("700", singleUse: true)
        let second = try world.quote("700", singleUse: true)
        let issuer = Caller.participant(StepWorld.rielBank)
        #expect(try world.refusal(.submit(world.submission(of: second)), by: issuer) == .duplicate)
        try world.answerCreditRequest(of: first.id, .refused(.payerFunds))
        #expect(try world.refusal(.submit(world.submission(of: second)), by: issuer) == nil)
        let third = try world.quote("700", singleUse: true)
        #expect(try world.refusal(.submit(world.submission(of: third)), by: issuer) == .duplicate)
    }

    @Test func aProviderAtItsCap() throws {
        var world = try StepWorld(cap: 2_000)
        _ = try world.submit("1500")
        let resolution = try world.resolution()
        let ask = Command.quote(
            RequestQuote(
                resolution: resolution,
                payerCurrency: .khr,
                amount: Money(minorUnits: 501, currency: .jpy)
            )
        )
        #expect(try world.refusal(ask, by: .participant(StepWorld.rielBank)) == .liquidity)
    }

    @Test func anIssuerAtItsCap() throws {
        var world = try StepWorld()
        try world.join(StepWorld.rielBank, .cambodia, .issuer, fee: 50, cap: 53_374_00)
        let quote = try world.quote("1980")
        #expect(
            try world.refusal(.submit(world.submission(of: quote)), by: .participant(StepWorld.rielBank))
                == .liquidity
        )
        #expect(journal(world) == 0)
        #expect(world.transaction.quotes[quote.id]?.usedBy == nil)
    }

    @Test func suspendedParticipants() throws {
        var world = try StepWorld()
        let quote = try world.quote("1980")
        let submission = world.submission(of: quote)
        let issuer = Caller.participant(StepWorld.rielBank)
        _ = try world.succeed(.setParticipantStatus(StepWorld.yenAcquirer, .suspended), by: .operations)
        #expect(try world.refusal(.submit(submission), by: issuer) == .participantOffline)
        _ = try world.succeed(.setParticipantStatus(StepWorld.yenAcquirer, .active), by: .operations)
        _ = try world.succeed(.setParticipantStatus(StepWorld.rielBank, .suspended), by: .operations)
        #expect(try world.refusal(.submit(submission), by: issuer) == .forbidden)
        #expect(journal(world) == 0)
        #expect(
            try world.refusal(.setParticipantStatus(StepWorld.rielBank, .active), by: issuer) == .forbidden
        )
    }

    @Test func staleRatesAndStrangeAmounts() throws {
        var world = try StepWorld()
        let resolution = try world.resolution()
        let issuer = Caller.participant(StepWorld.rielBank)
        let ask = { (amount: Money?, payer: Currency) in
            Command.quote(RequestQuote(resolution: resolution, payerCurrency: payer, amount: amount))
        }
        let yen = { Money(minorUnits: $0, currency: .jpy) }
        #expect(try world.refusal(ask(nil, .khr), by: issuer) == .amountInvalid)
        #expect(try world.refusal(ask(yen(0), .khr), by: issuer) == .amountInvalid)
        #expect(try world.refusal(ask(yen(-5), .khr), by: issuer) == .amountInvalid)
        #expect(try world.refusal(ask(yen(300_001), .khr), by: issuer) == .limitExceeded)
        #expect(try world.refusal(ask(yen(1), .jpy), by: issuer) == .currencyNotSupported)
        #expect(
            try world.refusal(ask(Money(minorUnits: 100, currency: .usd), .khr), by: issuer) == .currencyNotSupported
        )
        #expect(try world.refusal(ask(yen(1), .khr), by: .participant(StepWorld.yenWallet)) == .notFound)
        world.now = world.now.adding(.milliseconds(60_001))
        #expect(try world.refusal(ask(yen(1), .khr), by: issuer) == .noRate)
        world.now = world.now.adding(Resolution.life)
        #expect(try world.refusal(ask(yen(1), .khr), by: issuer) == .qrExpired)
    }

    @Test func refundsOfOthersAndBeyondTheFunds() throws {
        var world = try StepWorld()
        let payment = try world.submit()
        try world.answerCreditRequest(of: payment.id, .accepted)
        let refund = Command.refund(
            RequestRefund(
                payment: payment.id,
                uetr: UETR(.version4(using: &world.dice)),
                amount: nil,
                reason: .customerRequest
            )
        )
        #expect(try world.refusal(refund, by: .participant(StepWorld.rielAcquirer)) == .notFound)
        #expect(try world.refusal(refund, by: .participant(StepWorld.rielBank)) == .forbidden)
        try world.join(StepWorld.yenAcquirer, .japan, .acquirer, cap: -1)
        let lines = journal(world)
        #expect(try world.refusal(refund, by: .participant(StepWorld.yenAcquirer)) == .liquidity)
        #expect(journal(world) == lines)
    }
}

@Suite struct IdempotencyTests {
    static let key = IdempotencyKey(participant: StepWorld.rielBank, operation: .submit, text: "key-1")
    static let token = IdempotencyToken(key: key, fingerprint: UniqueID(high: 1, low: 1))

    @Test func givesTheFirstAnswerAgain() throws {
        var world = try StepWorld()
        let quote = try world.quote("1980")
        let submission = Submission(
            caller: .participant(StepWorld.rielBank),
            command: .submit(world.submission(of: quote)),
            idempotency: Self.token
        )
        let first = try world.run(submission)
        guard case .success(.payment(let payment)) = first.result else { throw StepWorld.Endless() }
        try world.answerCreditRequest(of: payment.id, .accepted)
        let again = try world.run(submission)
        #expect(again.isReplay && !first.isReplay)
        #expect(again.result == first.result)
        #expect(world.position(StepWorld.rielBank, .khr) == "-53375")
    }

    @Test func refusesAnotherBodyUnderTheSameKey() throws {
        var world = try StepWorld()
        let quote = try world.quote("1980")
        let command = Command.submit(world.submission(of: quote))
        let issuer = Caller.participant(StepWorld.rielBank)
        _ = try world.run(command, by: issuer, key: Self.token)
        let other = IdempotencyToken(key: Self.key, fingerprint: UniqueID(high: 1, low: 2))
        let outcome = try world.run(command, by: issuer, key: other)
        #expect(throws: Refusal.self) { try outcome.result.get() }
        guard case .failure(let refusal) = outcome.result else { throw StepWorld.Endless() }
        #expect(refusal.code == .idempotencyConflict)
    }

    @Test func keepsLastingRefusalsAndForgetsPassingOnes() throws {
        var world = try StepWorld()
        let quote = try world.quote("1980")
        let submission = Submission(
            caller: .participant(StepWorld.rielBank),
            command: .submit(world.submission(of: quote)),
            idempotency: Self.token
        )
        _ = try world.succeed(.setParticipantStatus(StepWorld.yenAcquirer, .suspended), by: .operations)
        #expect(throws: Refusal.self) { try world.run(submission).result.get() }
        _ = try world.succeed(.setParticipantStatus(StepWorld.yenAcquirer, .active), by: .operations)
        world.now = world.now.adding(Quote.life)
        let expired = try world.run(submission)
        #expect(!expired.isReplay)
        let again = try world.run(submission)
        #expect(again.isReplay)
        #expect(again.result == expired.result)
    }
}
