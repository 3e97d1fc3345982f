import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Addresses for events: registered, told, changed and removed.
@Suite struct WebhookTests {
    private static let issuer = StepWorld.rielBank
    private static let acquirer = StepWorld.yenAcquirer

    private func add(
        _ events: Set<Webhook.Event>,
        for participant: ParticipantID,
        merchant: MerchantKey? = nil,
        in world: inout StepWorld
    ) throws -> Webhook {
        let command = AddWebhook(url: "https://events.example", events: events, merchant: merchant)
        let reply = try world.succeed(.addWebhook(command), by: .participant(participant))
        guard case .webhook(let webhook) = reply else { throw StepWorld.Endless() }
        return webhook
    }

    /// Events on their way about a payment, in the order of their numbers.
    private func events(_ world: StepWorld, about payment: PaymentID) -> [Webhook.Event] {
        world.messages(about: payment).compactMap(\.target?.event).sorted { $0.rawValue < $1.rawValue }
    }

    // MARK: Telling

    @Test func theEndOfAPaymentIsToldToBothBanksWebhooks() throws {
        var world = try StepWorld()
        _ = try add([.paymentUpdated, .refundCreated], for: Self.issuer, in: &world)
        _ = try add([.paymentDecided, .merchantPaid, .merchantRefunded], for: Self.acquirer, in: &world)
        let payment = try world.submit()
        #expect(events(world, about: payment.id).isEmpty)
        try world.answerCreditRequest(of: payment.id, .accepted)
        #expect(events(world, about: payment.id) == [.paymentUpdated, .paymentDecided, .merchantPaid])
        let refund = RequestRefund(
            payment: payment.id,
            uetr: UETR(.version4(using: &world.dice)),
            amount: Money(minorUnits: 500, currency: .jpy),
            reason: .customerRequest
        )
        _ = try world.succeed(.refund(refund), by: .participant(Self.acquirer))
        #expect(
            events(world, about: payment.id) == [
                .paymentUpdated, .refundCreated, .paymentDecided, .merchantPaid, .merchantRefunded,
            ]
        )
        let told = world.messages(about: payment.id).filter { $0.target != nil }
        #expect(told.allSatisfy { $0.kind == .event && $0.dueAt == world.now })
        #expect(told.filter { $0.refund != nil }.count == 2)
    }

    @Test func aRejectedPaymentIsNoNewsForAShop() throws {
        var world = try StepWorld()
        _ = try add([.paymentUpdated], for: Self.issuer, in: &world)
        _ = try add([.paymentDecided, .merchantPaid], for: Self.acquirer, in: &world)
        let payment = try world.submit()
        world.now = world.now.adding(Payment.decisionTime)
        _ = try world.succeed(.timerDue(TimerKey(kind: .decisionDeadline, payment: payment.id)), by: .system)
        #expect(!events(world, about: payment.id).contains(.merchantPaid))
        #expect(events(world, about: payment.id).contains(.paymentUpdated))
    }

    @Test func aWebhookIsToldWhatItAskedForAboutItsShopOnly() throws {
        var world = try StepWorld()
        let first = try world.submit()
        let key = try #require(world.transaction.merchants.changes.compactMap(\.row).first?.key)
        let own = try add([.merchantPaid], for: Self.acquirer, merchant: key, in: &world)
        let all = try add([.merchantPaid], for: Self.acquirer, in: &world)
        let other = Webhook(
            id: UniqueID(high: 7, low: 7),
            url: "https://other.example",
            events: [.merchantPaid],
            merchant: MerchantID(UniqueID(high: 8, low: 8)),
            createdAt: world.now
        )
        let known = try #require(world.transaction.webhooks[Self.acquirer])
        world.transaction.webhooks.set(Self.acquirer, Webhooks(known.all + [other]))
        try world.answerCreditRequest(of: first.id, .accepted)
        let told = world.messages(about: first.id).compactMap(\.target?.webhook)
        #expect(Set(told) == [own.id, all.id])
        #expect(told.count == 2)
    }

    // MARK: Answers

    @Test func whatAWebhookAnsweredIsKeptAndDecides() throws {
        var world = try StepWorld()
        let webhook = try add([.merchantPaid], for: Self.acquirer, in: &world)
        let payment = try world.submit()
        try world.answerCreditRequest(of: payment.id, .accepted)
        let message = try #require(world.messages(about: payment.id).first { $0.target != nil })
        for (status, isTaken) in [(500, false), (nil, false), (301, false), (199, false), (200, true)] as [(Int?, Bool)]
        {
            world.now = world.now.adding(.seconds(60))
            let report = WebhookReport(
                participant: Self.acquirer,
                webhook: webhook.id,
                message: message.id,
                status: status
            )
            #expect(try world.refusal(.webhookAnswered(report), by: .participant(Self.acquirer)) == .forbidden)
            _ = try world.succeed(.webhookAnswered(report), by: .system)
            let outcome = world.transaction.webhooks[Self.acquirer]?[webhook.id]?.lastOutcome
            #expect(outcome == Webhook.Outcome(at: world.now, status: status))
            #expect((world.transaction.messages[message.id] == nil) == isTaken)
        }
    }

    @Test func anEventThatNobodyTakesIsGivenUp() throws {
        var world = try StepWorld()
        let webhook = try add([.merchantPaid], for: Self.acquirer, in: &world)
        let payment = try world.submit()
        try world.answerCreditRequest(of: payment.id, .accepted)
        let message = try #require(world.messages(about: payment.id).first { $0.target != nil })
        for _ in 0..<12 {
            let report = WebhookReport(
                participant: Self.acquirer,
                webhook: webhook.id,
                message: message.id,
                status: 503
            )
            _ = try world.succeed(.webhookAnswered(report), by: .system)
        }
        #expect(world.transaction.messages[message.id]?.standing == .givenUp)
    }

    // MARK: Changing

    @Test(arguments: [(86_399_999, [2, 1]), (86_400_000, [2])] as [(Int64, [Int])])
    func anOldSecretSignsForADay(after milliseconds: Int64, numbers: [Int]) throws {
        var world = try StepWorld()
        let webhook = try add([.merchantPaid], for: Self.acquirer, in: &world)
        #expect(webhook.secretNumbers(at: world.now) == [1])
        _ = try world.succeed(.rotateWebhookSecret(webhook.id), by: .participant(Self.acquirer))
        let rotated = try #require(world.transaction.webhooks[Self.acquirer]?[webhook.id])
        #expect(rotated.secretNumbers(at: world.now.adding(.milliseconds(milliseconds))) == numbers)
    }

    @Test func aRepeatOfARotationRotatesNothing() throws {
        var world = try StepWorld()
        let webhook = try add([.merchantPaid], for: Self.acquirer, in: &world)
        func rotate(_ text: String) throws -> Outcome {
            let key = IdempotencyKey(participant: Self.acquirer, operation: .rotateWebhookSecret, text: text)
            let token = IdempotencyToken(key: key, fingerprint: UniqueID(high: 1, low: 1))
            return try world.run(.rotateWebhookSecret(webhook.id), by: .participant(Self.acquirer), key: token)
        }
        let first = try rotate("a")
        let other = try rotate("b")
        let again = try rotate("a")
        #expect(again.isReplay && again.result == first.result && other.result != first.result)
        #expect(world.transaction.webhooks[Self.acquirer]?[webhook.id]?.secretNumber == 3)
    }

    @Test(arguments: [(7, true), (8, false)])
    func aParticipantHasEightAtMost(known: Int, isTaken: Bool) throws {
        var world = try StepWorld()
        for _ in 0..<known { _ = try add([.paymentUpdated], for: Self.issuer, in: &world) }
        let command = Command.addWebhook(AddWebhook(url: "https://x.example", events: [.paymentUpdated], merchant: nil))
        #expect(try world.refusal(command, by: .participant(Self.issuer)) == (isTaken ? nil : .forbidden))
    }

    @Test func otherRolesEventsAndOthersShopsAreRefused() throws {
        var world = try StepWorld()
        _ = try world.submit()
        let key = try #require(world.transaction.merchants.changes.compactMap(\.row).first?.key)
        let refused: [(Set<Webhook.Event>, MerchantKey?, ParticipantID, RefusalCode)] = [
            ([.merchantPaid], nil, Self.issuer, .forbidden), ([.paymentUpdated], nil, Self.acquirer, .forbidden),
            ([.paymentUpdated, .merchantPaid], nil, Self.issuer, .forbidden),
            ([.merchantPaid], nil, StepWorld.provider, .forbidden),
            ([.merchantPaid], key, StepWorld.rielAcquirer, .notFound),
            ([.merchantPaid], .khqr(account: "nobody@aclb", merchantID: nil), Self.acquirer, .notFound),
        ]
        for (events, merchant, participant, code) in refused {
            let command = AddWebhook(url: "https://x.example", events: events, merchant: merchant)
            #expect(try world.refusal(.addWebhook(command), by: .participant(participant)) == code)
        }
        #expect(try world.refusal(.removeWebhook(UniqueID(high: 1, low: 1)), by: .operations) == .forbidden)
    }

    @Test func nobodyTouchesAnothersWebhook() throws {
        var world = try StepWorld()
        let webhook = try add([.merchantPaid], for: Self.acquirer, in: &world)
        for command in [Command.rotateWebhookSecret(webhook.id), .removeWebhook(webhook.id)] {
            #expect(try world.refusal(command, by: .participant(StepWorld.rielAcquirer)) == .notFound)
        }
        _ = try world.succeed(.removeWebhook(webhook.id), by: .participant(Self.acquirer))
        #expect(world.transaction.webhooks[Self.acquirer] == nil)
        let payment = try world.submit()
        try world.answerCreditRequest(of: payment.id, .accepted)
        #expect(events(world, about: payment.id).isEmpty)
    }
}
