import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Fees and gains through the steps.
@Suite struct TariffTests {
    static func fee(
        _ kind: FeeRule.Kind,
        _ basisPoints: Int64,
        participant: ParticipantID? = nil,
        categories: ClosedRange<Int>? = nil,
        from: Timestamp? = nil,
        line: Int? = nil
    ) -> RecordFee {
        RecordFee(
            corridor: Corridor.cambodiaToJapan.id,
            scope: FeeRule.Scope(kind, participant: participant, categories: categories),
            terms: FeeTerms(basisPoints: basisPoints),
            effectiveFrom: from,
            line: line
        )
    }

    @Test func holdFromTheirMomentAndAreFixedWithTheQuote() throws {
        var world = try StepWorld()
        let later = world.now.adding(.seconds(30))
        let lines = [
            Self.fee(.merchantDiscount, 100, categories: 5_812...5_812, from: later),
            Self.fee(.issuerFee, 10, participant: StepWorld.rielBank, from: later),
            Self.fee(.switchFee, 20, from: later),
        ]
        #expect(try world.succeed(.recordFees(lines), by: .operations) == .feesRecorded(count: 3))
        #expect(try world.succeed(.recordFees(lines), by: .operations) == .feesRecorded(count: 0))
        let before = try world.quote("1980")
        #expect(
            [before.price.issuerFee, before.price.merchantDiscount, before.price.switchFee].map(\.majorUnits) == [
                "267", "32", "2",
            ]
        )
        world.now = later
        let after = try world.quote("1980")
        #expect(
            [after.price.issuerFee, after.price.merchantDiscount, after.price.switchFee].map(\.majorUnits) == [
                "53", "20", "4",
            ]
        )
        // What was promised before is paid at what was promised.
        let reply = try world.succeed(.submit(world.submission(of: before)), by: .participant(StepWorld.rielBank))
        guard case .payment(let payment) = reply else { throw StepWorld.Endless() }
        try world.answerCreditRequest(of: payment.id, .accepted)
        let income = AccountID(owner: .theSwitch, role: .feeIncome, currency: .jpy)
        #expect(world.transaction.accounts[income]?.positionMinorUnits == 2)
        // The other direction has its own tariff.
        #expect(try world.quote("42000", .khr, payer: .jpy).price.merchantDiscount.majorUnits == "336")
    }

    @Test func areTheOperatorsAllOrNone() throws {
        var world = try StepWorld()
        let good = Self.fee(.switchFee, 20)
        #expect(try world.refusal(.recordFees([good]), by: .participant(StepWorld.rielBank)) == .forbidden)
        let past = Self.fee(.switchFee, 30, from: world.now.adding(.milliseconds(-1)), line: 7)
        let stranger = Self.fee(.switchFee, 30, participant: StepWorld.participant("nobody"), line: 8)
        for (bad, code, place) in [(past, RefusalCode.tooLate, "Line 7: "), (stranger, .notFound, "Line 8: ")] {
            let outcome = try world.run(.recordFees([good, bad]), by: .operations)
            guard case .failure(let refusal) = outcome.result else { throw StepWorld.Endless() }
            #expect(refusal.code == code)
            #expect(refusal.detail.hasPrefix(place))
            #expect(world.transaction.feeTables[Corridor.cambodiaToJapan.id] == nil)
        }
    }

    // MARK: Gains

    static func rest(_ world: StepWorld, _ provider: ParticipantID, _ currency: Currency) -> String? {
        world.transaction.roundingRests[RoundingKey(provider: provider, currency: currency)]?.majorUnits
    }

    @Test func gainsAreBookedWhenMoneyMoves() throws {
        var world = try BridgingTests.world()
        let refused = try world.submit()
        try world.answerCreditRequest(of: refused.id, .refused(.merchantClosed))
        #expect(world.transaction.roundingRests.isUnchanged)
        let payment = try world.submit()
        #expect(world.transaction.roundingRests.isUnchanged)
        try world.answerCreditRequest(of: payment.id, .accepted)
        #expect(Self.rest(world, BridgingTests.riel, .khr) == "0.9472")
        #expect(Self.rest(world, BridgingTests.yen, .usd) == "0.009364424")
        let refund = RequestRefund(
            payment: payment.id,
            uetr: UETR(.version4(using: &world.dice)),
            amount: nil,
            reason: .customerRequest
        )
        _ = try world.succeed(.refund(refund), by: .participant(StepWorld.yenAcquirer))
        #expect(Self.rest(world, BridgingTests.riel, .khr) == "0")
        #expect(Self.rest(world, BridgingTests.yen, .usd) == "0")
    }

    /// The account and the rest say together what the payments say, and the settlement positions say nothing else than
    /// before.
    @Test func accountAndRestAreTheSum() throws {
        var world = try StepWorld()
        var (gains, interbank): (Int64, Int64) = (0, 0)
        var payments: Set<UniqueID> = []
        for number in 1...300 {
            let account = PayerKey(UniqueID(high: 9, low: UInt64(number)))
            let payment = try world.submit(String(1_000 + number * 7), account: account)
            try world.answerCreditRequest(of: payment.id, .accepted)
            gains += try #require(payment.price.roundingGains(by: payment.provider).first?.parts)
            interbank += payment.price.interbankAmount.minorUnits
            payments.insert(payment.id.value)
        }
        let key = RoundingKey(provider: StepWorld.provider, currency: .khr)
        let shown = try #require(world.transaction.accounts[key.account]?.positionMinorUnits)
        let rest = try #require(world.transaction.roundingRests[key]?.parts)
        #expect(shown > 0)
        // A lot comes from many payments, so its line is none of theirs.
        let lots = world.transaction.journal.filter { $0.credit == key.account }
        #expect(!lots.isEmpty && lots.allSatisfy { !payments.contains($0.transaction) })
        #expect(shown / 100 * RoundingGain.partsPerMajorUnit + rest == gains)
        #expect(world.transaction.accounts[key.contra]?.positionMinorUnits == -shown)
        let settlement = AccountID(owner: StepWorld.provider, role: .settlement, currency: .khr)
        #expect(world.transaction.accounts[settlement]?.positionMinorUnits == interbank)
        #expect(world.audit().violations.isEmpty)
    }

    // MARK: Rates

    @Test func ratesNameIssuersOnly() throws {
        var world = try StepWorld()
        let publish = { (issuer: ParticipantID, tiers: [ProviderRate.Tier]) in
            Command.publishRates([
                PublishRate(
                    pair: CurrencyPair(payer: .khr, merchant: .jpy),
                    mid: try Rate(reference: "26.8227424749"),
                    spreadBasisPoints: 50,
                    tiers: tiers,
                    improvements: [.init(issuer: issuer, basisPoints: 10)]
                )
            ])
        }
        let provider = Caller.participant(StepWorld.provider)
        #expect(try world.refusal(publish(StepWorld.participant("nobody"), []), by: provider) == .notFound)
        #expect(try world.refusal(publish(StepWorld.yenAcquirer, []), by: provider) == .notFound)
        let narrow = [ProviderRate.Tier(fromMinorUnits: 1, spreadBasisPoints: 9)]
        #expect(try world.refusal(publish(StepWorld.rielBank, narrow), by: provider) == .amountInvalid)
        let tiers = [ProviderRate.Tier(fromMinorUnits: 1_980, spreadBasisPoints: 20)]
        _ = try world.succeed(publish(StepWorld.rielBank, tiers), by: provider)
        let mid = try Rate(reference: "26.8227424749")
        #expect(try world.quote("1979").price.rate == mid.adding(basisPoints: 40))
        #expect(try world.quote("1980").price.rate == mid.adding(basisPoints: 10))
    }
}
