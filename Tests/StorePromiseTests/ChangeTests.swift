import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// What was written can be changed where it may change, and stays as it is where it may not.
@Suite struct ChangeTests {
    @Test(arguments: StoreUnderTest.allCases)
    func rowsThatMayChangeDo(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let payment = World.payment(1)
        let message = World.message(1, payment: 1)
        try fixture.commit { transaction in
            World.pay(payment, in: &transaction)
            transaction.messages.set(message.id, message)
            transaction.apiKeys.set(World.apiKey(1).id, World.apiKey(1))
            transaction.codeClaims.set(payment.code, payment.id)
            transaction.rateBoards.set(World.pair, RateBoard(pair: World.pair, rates: [World.providerRate]))
        }

        var moved = World.payment(1, state: .rejected, reason: .tooLate, refunded: RefundTally())
        var merchant = World.merchant(name: "Another name")
        merchant.localName = "別の名前"
        merchant.status = .blocked
        var tried = message
        tried.standing = .givenUp
        tried.attempts = 3
        tried.dueAt = nil
        var suspended = Participant(id: World.issuer, name: "New name", country: .japan, roles: [.issuer, .acquirer])
        suspended.status = .suspended
        var account = Account(id: World.issuerAccount, debitsPosted: 1, creditsPosted: 2, debitsHeld: 3, creditsHeld: 4)
        account.netDebitCapMinorUnits = 99
        let board = RateBoard(pair: World.pair)

        try fixture.change(
            .payment(payment.id),
            .merchant(World.merchantKey),
            .message(message.id),
            .participant(World.issuer),
            .account(account.id),
            .apiKey(World.apiKey(1).id),
            .codeClaim(payment.code),
            .rateBoard(World.pair)
        ) { transaction in
            transaction.payments.set(moved.id, moved)
            transaction.merchants.set(merchant.key, merchant)
            transaction.messages.set(tried.id, tried)
            transaction.participants.set(suspended.id, suspended)
            transaction.accounts.set(account.id, account)
            transaction.apiKeys.set(World.apiKey(1).id, World.apiKey(1, revokedAt: World.now))
            transaction.codeClaims.set(payment.code, nil)
            transaction.rateBoards.set(World.pair, board)
        }
        try fixture.reopen()
        let transaction = try fixture.look(
            at: .payment(payment.id),
            .merchant(World.merchantKey),
            .message(message.id),
            .participant(World.issuer),
            .account(account.id),
            .apiKey(World.apiKey(1).id),
            .codeClaim(payment.code),
            .rateBoard(World.pair)
        )
        #expect(transaction.payments[moved.id] == moved)
        #expect(transaction.merchants[merchant.key] == merchant)
        #expect(transaction.messages[tried.id] == tried)
        #expect(transaction.participants[suspended.id] == suspended)
        #expect(transaction.accounts[account.id] == account)
        #expect(transaction.apiKeys[World.apiKey(1).id]?.revokedAt == World.now)
        #expect(transaction.codeClaims[payment.code] == nil)
        #expect(transaction.rateBoards[World.pair] == nil, "A board without rates reads like none")
        moved = payment
        #expect(transaction.payments[moved.id] != moved)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func refundsAddUp(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try fixture.commit { World.pay(World.payment(1, state: .completed), in: &$0) }
        let part = RefundTally(parts: 1, merchantMinorUnits: 980, payerMinorUnits: 2_641_700)
        let refunded = World.payment(1, state: .partiallyRefunded, refunded: part)
        try fixture.change(.payment(refunded.id)) { $0.payments.set(refunded.id, refunded) }
        #expect(try fixture.look(at: .payment(refunded.id)).payments[refunded.id] == refunded)
        try fixture.reopen()
        #expect(try fixture.look(at: .payment(refunded.id)).payments[refunded.id] == refunded)

        let tooMuch = World.payment(
            1,
            state: .refunded,
            refunded: RefundTally(parts: 2, merchantMinorUnits: 1_981, payerMinorUnits: 0)
        )
        try expectRefusal { try fixture.change(.payment(refunded.id)) { $0.payments.set(tooMuch.id, tooMuch) } }
        #expect(try fixture.look(at: .payment(refunded.id)).payments[refunded.id] == refunded)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aClaimPassesToAnotherPaymentInOneGroup(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let (first, second) = (World.payment(1), World.payment(2))
        let code = CodeDigest(World.id(.code, 9))
        try fixture.commit { transaction in
            World.pay(first, in: &transaction)
            World.pay(second, in: &transaction)
            transaction.codeClaims.set(code, first.id)
        }
        try fixture.change(.codeClaim(code)) { transaction in
            transaction.codeClaims.set(code, nil)
            transaction.codeClaims.set(code, second.id)
        }
        #expect(try fixture.look(at: .codeClaim(code)).codeClaims[code] == second.id)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func whatPassesAwayIsGone(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let (resolution, quote) = (World.resolution(1), World.quote(1))
        try fixture.commit { transaction in
            transaction.resolutions.set(resolution.id, resolution)
            transaction.quotes.set(quote.id, quote)
            transaction.idempotency.set(World.key("a"), World.record(.quote(quote.id)))
        }
        try fixture.change(.resolution(resolution.id), .quote(quote.id), .idempotency(World.key("a"))) { transaction in
            transaction.resolutions.set(resolution.id, nil)
            transaction.quotes.set(quote.id, nil)
            transaction.idempotency.set(World.key("a"), nil)
        }
        let after = try fixture.look(at: .resolution(resolution.id), .quote(quote.id), .idempotency(World.key("a")))
        #expect(after.resolutions[resolution.id] == nil)
        #expect(after.quotes[quote.id] == nil)
        #expect(after.idempotency[World.key("a")] == nil)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func whatStaysCannotBeRemoved(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let payment = World.payment(1)
        try fixture.commit { transaction in
            World.pay(payment, in: &transaction)
            transaction.refunds.set(World.refund(1, of: 1).id, World.refund(1, of: 1))
            transaction.apiKeys.set(World.apiKey(1).id, World.apiKey(1))
            transaction.payers.set(World.tally(1).payer, World.tally(1))
            transaction.paces.set(World.merchantID, ShopPace(merchant: World.merchantID, day: 1))
            transaction.alerts.set(World.alert("a").key, World.alert("a"))
        }
        let removals: [(RecordKey, @Sendable (inout Transaction) -> Void)] = [
            (.payment(payment.id), { $0.payments.set(payment.id, nil) }),
            (.quote(payment.quote), { $0.quotes.set(payment.quote, nil) }),
            (.refund(World.refund(1, of: 1).id), { $0.refunds.set(World.refund(1, of: 1).id, nil) }),
            (.account(World.issuerAccount), { $0.accounts.set(World.issuerAccount, nil) }),
            (.participant(World.issuer), { $0.participants.set(World.issuer, nil) }),
            (.merchant(World.merchantKey), { $0.merchants.set(World.merchantKey, nil) }),
            (.apiKey(World.apiKey(1).id), { $0.apiKeys.set(World.apiKey(1).id, nil) }),
            (.payer(World.tally(1).payer), { $0.payers.set(World.tally(1).payer, nil) }),
            (.pace(World.merchantID), { $0.paces.set(World.merchantID, nil) }),
            (.alert(World.alert("a").key), { $0.alerts.set(World.alert("a").key, nil) }),
        ]
        for (key, removal) in removals {
            try expectRefusal("\(key)") { try fixture.change(key, body: removal) }
        }
        #expect(try fixture.look(at: .payment(payment.id)).payments[payment.id] == payment)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func whatNeverChangesIsRefused(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let payment = World.payment(1)
        try fixture.commit { transaction in
            World.pay(payment, in: &transaction)
            transaction.resolutions.set(World.resolution(1).id, World.resolution(1))
            transaction.refunds.set(World.refund(1, of: 1).id, World.refund(1, of: 1))
            transaction.idempotency.set(World.key("a"), World.record(.payment(payment.id)))
        }
        let changes: [(RecordKey, @Sendable (inout Transaction) -> Void)] = [
            (
                .resolution(World.resolution(1).id),
                { $0.resolutions.set(World.resolution(1).id, World.resolution(1, reference: "x")) }
            ),
            (
                .refund(World.refund(1, of: 1).id),
                { $0.refunds.set(World.refund(1, of: 1).id, World.refund(1, of: 1, part: 2)) }
            ),
            (
                .idempotency(World.key("a")),
                { $0.idempotency.set(World.key("a"), World.record(.ratesPublished(count: 1))) }
            ),
            (.quote(payment.quote), { $0.quotes.set(payment.quote, World.quote(1)) }),
            (.merchant(World.merchantKey), { $0.merchants.set(World.merchantKey, World.merchant(99)) }),
        ]
        for (key, change) in changes {
            try expectRefusal("\(key)") { try fixture.change(key, body: change) }
        }
    }
}

/// Expects that a rule is said to be broken.
func expectRefusal(
    _ comment: Comment? = nil,
    _ location: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
) throws {
    let error = #expect(throws: StoreError.self, comment, sourceLocation: location) { try body() }
    #expect(error?.code == .constraint, comment, sourceLocation: location)
}
