import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Payments over the dollar, through the steps: both exchanges in one commit, or neither.
@Suite struct BridgingTests {
    static let riel = StepWorld.participant("bassac-fx")
    static let yen = StepWorld.participant("hozu-fx")

    /// A world in which two more providers are together cheaper than the one alone.
    static func world(link: Participant.LinkKind = .twoPhase, cap: Int64? = nil) throws -> StepWorld {
        var world = try StepWorld(link: link)
        try world.join(riel, .cambodia, .fxProvider, cap: cap)
        try world.join(yen, .japan, .fxProvider)
        try publish(in: &world)
        return world
    }

    static func publish(in world: inout StepWorld) throws {
        for (provider, payer, merchant, mid, spread) in [
            (riel, Currency.khr, Currency.usd, "4010", Int64(10)), (yen, .usd, .jpy, "0.0066889632", 20),
        ] {
            let rate = PublishRate(
                pair: CurrencyPair(payer: payer, merchant: merchant),
                mid: try Rate(reference: mid),
                spreadBasisPoints: spread
            )
            _ = try world.succeed(.publishRates([rate]), by: .participant(provider))
        }
    }

    @Test func completesOverThreeCurrencies() throws {
        var world = try Self.world()
        let payment = try world.submit()
        #expect(payment.price.payerDebit.majorUnits == "53574")
        #expect((payment.provider, payment.price.route.bridge?.provider) == (Self.riel, Self.yen))
        #expect(world.audit().openHoldIDs == Set(payment.holds))
        #expect(payment.holds.count == 3)
        try world.answerCreditRequest(of: payment.id, .accepted)
        #expect(world.audit().openHoldIDs.isEmpty)
        #expect(world.audit().violations.isEmpty)
        let position = { world.position($0, $1) }
        #expect(position(StepWorld.rielBank, .khr) == "-53307")
        #expect((position(Self.riel, .khr), position(Self.riel, .usd)) == ("53307", "-13.28"))
        #expect((position(Self.yen, .usd), position(Self.yen, .jpy)) == ("13.28", "-1980"))
        #expect(position(StepWorld.yenAcquirer, .jpy) == "1980")
        #expect(position(StepWorld.provider, .jpy) == "0")
    }

    @Test func leavesNothingOfARefusal() throws {
        var world = try Self.world()
        let payment = try world.submit()
        try world.answerCreditRequest(of: payment.id, .refused(.merchantClosed))
        #expect(world.audit().openHoldIDs.isEmpty)
        for owner in [Self.riel, Self.yen, StepWorld.rielBank, StepWorld.yenAcquirer] {
            for currency in Participant.settlementCurrencies { #expect(world.position(owner, currency).hasPrefix("0")) }
        }
    }

    /// The cap was enough when the price was promised, and is not when it is paid: nothing at all is held.
    @Test func holdsAllOrNothing() throws {
        var world = try Self.world(cap: 20_00)
        let quotes = [try world.quote("1980"), try world.quote("1980")]
        #expect(quotes.allSatisfy { $0.price.route != .direct })
        _ = try world.succeed(.submit(world.submission(of: quotes[0])), by: .participant(StepWorld.rielBank))
        let lines = world.transaction.journal.count
        #expect(
            try world.refusal(.submit(world.submission(of: quotes[1])), by: .participant(StepWorld.rielBank))
                == .liquidity
        )
        #expect(world.transaction.journal.count == lines)
        #expect(world.audit().openHoldIDs.count == 3)
        // A new quote goes the way that can be paid.
        #expect(try world.quote("1980").price.route == .direct)
    }

    @Test func goesDirectWhileAProviderIsAway() throws {
        for change in [
            Command.setParticipantStatus(Self.riel, .suspended), .setParticipantStatus(Self.yen, .suspended),
        ] {
            var world = try Self.world()
            _ = try world.succeed(change, by: .operations)
            #expect(try world.quote("1980").price.route == .direct)
        }
        var world = try Self.world()
        world.now = world.now.adding(.milliseconds(60_001))
        try world.publishRates()
        #expect(try world.quote("1980").price.route == .direct)
        try Self.publish(in: &world)
        #expect(try world.quote("1980").price.route != .direct)
    }

    @Test func refundsAlongBothExchanges() throws {
        var world = try Self.world()
        let payment = try world.submit()
        try world.answerCreditRequest(of: payment.id, .accepted)
        for (amount, expected) in [(Int64?(500), "13447"), (500, "13447"), (nil, "26413")] {
            let request = RequestRefund(
                payment: payment.id,
                uetr: UETR(.version4(using: &world.dice)),
                amount: amount.map { Money(minorUnits: $0, currency: .jpy) },
                reason: .customerRequest
            )
            let reply = try world.succeed(.refund(request), by: .participant(StepWorld.yenAcquirer))
            guard case .refund(let refund) = reply else { throw StepWorld.Endless() }
            #expect(refund.payerAmount.majorUnits == expected)
            #expect(world.audit().violations.isEmpty)
        }
        for (owner, currency) in [
            (StepWorld.rielBank, Currency.khr), (Self.riel, .khr), (Self.riel, .usd), (Self.yen, .usd),
            (Self.yen, .jpy), (StepWorld.yenAcquirer, .jpy),
        ] {
            let account = world.transaction.accounts[AccountID(owner: owner, role: .settlement, currency: currency)]
            #expect(account?.positionMinorUnits == 0, "\(owner) \(currency)")
        }
    }
}
