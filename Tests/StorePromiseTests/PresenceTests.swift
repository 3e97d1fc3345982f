import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Every kind of record is reported as absent before it is written and as present afterwards.
@Suite struct PresenceTests {
    static let keys: [RecordKey] = [
        .account(World.issuerAccount), .hold(HoldID(transaction: World.id(.payment, 1), leg: 1)),
        .payment(PaymentID(World.id(.payment, 1))), .quote(QuoteID(World.id(.quote, 1))),
        .resolution(ResolutionID(World.id(.resolution, 1))), .refund(RefundID(World.id(.refund, 1))),
        .recall(RecallID(World.id(.recall, 1))), .openClaims(PaymentID(World.id(.payment, 1))),
        .dispute(World.dispute(1, of: 1).id), .disputeEvent(World.event(1, of: 1).key),
        .evidence(World.file(1, of: 1).id),
        .merchant(World.merchantKey), .participant(World.issuer), .rateBoard(World.pair),
        .feeTable(Corridor.cambodiaToJapan.id), .roundingRest(World.rest.key),
        .idempotency(World.key("a")), .uetr(UETR(World.id(.uetr, 1))), .uetr(UETR(World.id(.uetr, 1_001))),
        .codeClaim(CodeDigest(World.id(.code, 1))), .message(World.id(.message, 1)), .apiKey(World.id(.apiKey, 1)),
        .person(World.colleague("sokha").id), .accessChange(World.accessChange(1).id),
        .payer(World.tally(1).payer), .pace(World.merchantID), .alert(World.alert("a").key),
        .webhooks(World.issuer),
        .exceptionCase(World.payment(1).id), .shopFreeze(World.merchantID), .bakongProject(World.project(1).email),
        .bakongKey(1),
        .deepLink(World.deepLink(1).id),
    ]

    @Test(arguments: StoreUnderTest.allCases)
    func absentRecordsAreLoadedAsAbsent(kind: StoreUnderTest) throws {
        let fixture = try kind.make()
        let transaction = try fixture.fetch(Self.keys)
        fixture.store.abandon()
        for key in Self.keys {
            #expect(transaction.isLoaded(key))
            #expect(!transaction.has(key), "\(key)")
        }
        #expect(transaction.isUnchanged)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func committedRecordsAreLoaded(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try fixture.commit { transaction in
            World.pay(World.payment(1), in: &transaction)
            transaction.resolutions.set(World.resolution(1).id, World.resolution(1))
            transaction.refunds.set(World.refund(1, of: 1).id, World.refund(1, of: 1))
            transaction.recalls.set(World.recall(1, of: 1).id, World.recall(1, of: 1))
            transaction.disputes.set(World.dispute(1, of: 1).id, World.dispute(1, of: 1))
            transaction.disputeEvents.set(World.event(1, of: 1).key, World.event(1, of: 1))
            World.add(World.file(1, of: 1), in: &transaction)
            transaction.rateBoards.set(World.pair, RateBoard(pair: World.pair, rates: [World.providerRate]))
            transaction.feeTables.set(Corridor.cambodiaToJapan.id, World.feeTable(100))
            transaction.roundingRests.set(World.rest.key, World.rest)
            transaction.idempotency.set(World.key("a"), World.record(.ratesPublished(count: 1)))
            transaction.codeClaims.set(CodeDigest(World.id(.code, 1)), PaymentID(World.id(.payment, 1)))
            transaction.messages.set(World.id(.message, 1), World.message(1, payment: 1))
            transaction.apiKeys.set(World.id(.apiKey, 1), World.apiKey(1))
            transaction.payers.set(World.tally(1).payer, World.tally(1))
            transaction.paces.set(World.merchantID, ShopPace(merchant: World.merchantID, day: 1))
            transaction.alerts.set(World.alert("a").key, World.alert("a"))
            transaction.people.set(World.colleague("sokha").id, World.colleague("sokha"))
            transaction.accessChanges.set(World.accessChange(1).id, World.accessChange(1))
            transaction.webhooks.set(World.issuer, Webhooks([World.webhook(1)]))
            let act = ShopFreeze.Act(person: World.person("sokha"), at: World.now, reason: "x")
            transaction.shopFreezes.set(World.merchantID, ShopFreeze(shop: World.merchantID, freezing: act))
            transaction.exceptionCases.set(World.payment(1).id, World.exceptionCase(of: World.payment(1).id))
            transaction.bakongProjects.set(World.project(1).email, World.project(1))
            transaction.bakongKeys.set(1, World.bakongKey(1))
            transaction.deepLinks.set(World.deepLink(1).id, World.deepLink(1))
            transaction.append(World.line(.hold))
        }
        for isReopened in [false, true] {
            if isReopened { try fixture.reopen() }
            let transaction = try fixture.fetch(Self.keys)
            fixture.store.abandon()
            for key in Self.keys { #expect(transaction.has(key), "\(key), reopened: \(isReopened)") }
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func uetrsLeadToTheirBearers(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try fixture.commit { transaction in
            World.pay(World.payment(1), in: &transaction)
            transaction.refunds.set(World.refund(1, of: 1).id, World.refund(1, of: 1))
        }
        let ofPayment = UETR(World.id(.uetr, 1))
        let ofRefund = UETR(World.id(.uetr, 1_001))
        let transaction = try fixture.look(at: .uetr(ofPayment), .uetr(ofRefund))
        #expect(transaction.uetrs[ofPayment] == World.id(.payment, 1))
        #expect(transaction.uetrs[ofRefund] == World.id(.refund, 1))
        #expect(
            try fixture.read { reader throws(StoreError) in try reader.payment(uetr: ofPayment) }?.uetr == ofPayment
        )
        #expect(try fixture.read { reader throws(StoreError) in try reader.payment(uetr: ofRefund) } == nil)
    }
}

extension World {
    static let providerRate = ProviderRate(
        provider: provider,
        mid: rate("26.8227424749"),
        spreadBasisPoints: 50,
        publishedAt: now
    )

    static let rest = RoundingRest(key: RoundingKey(provider: provider, currency: .khr), parts: 4_247_477_600_000)

    /// A tariff with a line for each share.
    static func feeTable(_ basisPoints: Int64..., participant: ParticipantID? = nil) -> FeeTable {
        FeeTable(
            corridor: Corridor.cambodiaToJapan.id,
            rules: basisPoints.map {
                FeeRule(
                    scope: FeeRule.Scope(.switchFee, participant: participant),
                    terms: FeeTerms(basisPoints: $0),
                    effectiveFrom: now,
                    recordedAt: now
                )
            }
        )
    }

    static func record(_ answer: StoredAnswer) -> IdempotencyRecord {
        IdempotencyRecord(fingerprint: id(.fingerprint, 1), answer: answer, createdAt: now)
    }
}

extension Transaction {
    fileprivate func has(_ key: RecordKey) -> Bool {
        switch key {
        case .account(let id): accounts[id] != nil
        case .hold(let id): holds[id] != nil
        case .payment(let id): payments[id] != nil
        case .quote(let id): quotes[id] != nil
        case .resolution(let id): resolutions[id] != nil
        case .refund(let id): refunds[id] != nil
        case .recall(let id): recalls[id] != nil
        case .openClaims(let id): openClaims[id] != nil
        case .dispute(let id): disputes[id] != nil
        case .disputeEvent(let key): disputeEvents[key] != nil
        case .evidence(let id): evidence[id] != nil
        case .merchant(let key): merchants[key] != nil
        case .participant(let id): participants[id] != nil
        case .rateBoard(let pair): rateBoards[pair] != nil
        case .feeTable(let id): feeTables[id] != nil
        case .roundingRest(let key): roundingRests[key] != nil
        case .idempotency(let key): idempotency[key] != nil
        case .uetr(let uetr): uetrs[uetr] != nil
        case .codeClaim(let code): codeClaims[code] != nil
        case .message(let id): messages[id] != nil
        case .apiKey(let id): apiKeys[id] != nil
        case .person(let id): people[id] != nil
        case .accessChange(let id): accessChanges[id] != nil
        case .payer(let key): payers[key] != nil
        case .pace(let id): paces[id] != nil
        case .alert(let key): alerts[key] != nil
        case .webhooks(let id): webhooks[id] != nil
        case .exceptionCase(let id): exceptionCases[id] != nil
        case .shopFreeze(let id): shopFreezes[id] != nil
        case .bakongProject(let email): bakongProjects[email] != nil
        case .bakongKey(let number): bakongKeys[number] != nil
        case .deepLink(let id): deepLinks[id] != nil
        }
    }
}
