import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@Suite struct RefundTests {
    static func refund(
        _ payment: inout Payment,
        _ minorUnits: Int64?,
        number: UInt64 = 1,
        after: Duration = .zero
    ) throws(Refusal) -> Refund {
        try payment.refund(
            minorUnits.map { Money(minorUnits: $0, currency: payment.price.merchantAmount.currency) },
            id: RefundID(UniqueID(high: 7, low: number)),
            uetr: UETR(UniqueID(high: 8, low: number)),
            reason: .customerRequest,
            at: World.now.adding(after)
        )
    }

    /// The three refunds of `flows.md` 6.4.
    @Test func addsUpToTheWhole() throws {
        var payment = try World.payment(state: .completed)
        let parts = try [500, 500, 980].enumerated().map { index, amount in
            try Self.refund(&payment, amount, number: UInt64(index))
        }
        #expect(parts.map(\.payerAmount.majorUnits) == ["13478", "13479", "26418"])
        #expect(parts.map(\.issuerFeeReturned.majorUnits) == ["0", "0", "267"])
        #expect(parts.map(\.part) == [1, 2, 3])
        #expect(payment.state == .refunded)
        #expect(payment.refunded.payerMinorUnits == payment.price.interbankAmount.minorUnits)
    }

    /// Each exchange gives back by the rule of 6.4, the second's amount being the first's merchant amount.
    @Test func goesBackAlongBothExchanges() throws {
        var payment = try World.payment(.bridged, state: .completed)
        let parts = try [500, 500, 980].enumerated().map { index, amount in
            try Self.refund(&payment, amount, number: UInt64(index))
        }
        #expect(parts.map(\.bridgeAmount?.majorUnits) == ["3.35", "3.35", "6.58"])
        #expect(parts.map(\.payerAmount.majorUnits) == ["13447", "13447", "26413"])
        #expect(payment.refunded.payerMinorUnits == payment.price.interbankAmount.minorUnits)
    }

    @Test(arguments: Example.all + [.bridged], 1...25) func neverMakesOrLosesAUnit(example: Example, seed: UInt64)
        throws
    {
        var dice = Dice(seed: seed)
        var payment = try World.payment(example, state: .completed)
        let unit = example.merchant.customerUnitMinorUnits
        var (toPayer, overBridge, fromMerchant): (Int64, Int64, Int64) = (0, 0, 0)
        while payment.state != .refunded {
            let left = (payment.price.merchantAmount.minorUnits - payment.refunded.merchantMinorUnits) / unit
            let isLast = payment.refunded.parts == Refund.maximumParts - 1
            let units = isLast ? left : 1 + Int64(dice.next(upperBound: UInt64(left)))
            let part = try Self.refund(&payment, units * unit, number: dice.next())
            #expect(part.payerAmount.minorUnits >= 0)
            #expect(part.payerAmount.isPayable)
            toPayer += part.payerAmount.minorUnits
            overBridge += part.bridgeAmount?.minorUnits ?? 0
            #expect(part.bridgeAmount?.minorUnits ?? 0 >= 0)
            #expect(Self.noProviderIsShort(payment, toPayer: toPayer, overBridge: overBridge))
            fromMerchant += part.merchantAmount.minorUnits
        }
        #expect(toPayer == payment.price.interbankAmount.minorUnits)
        #expect(fromMerchant == payment.price.merchantAmount.minorUnits)
        #expect(overBridge == payment.price.route.bridge?.amount.minorUnits ?? 0)
    }

    /// What a provider has kept is at least its rate's worth of what it has not got back.
    private static func noProviderIsShort(_ payment: Payment, toPayer: Int64, overBridge: Int64) -> Bool {
        let back = [toPayer, overBridge, payment.refunded.merchantMinorUnits]
        let exchanges = payment.price.exchanges(by: payment.provider)
        let amounts = exchanges.count == 1 ? [back[0], back[2]] : back
        return exchanges.enumerated().allSatisfy { index, exchange in
            let kept = exchange.taken.minorUnits - amounts[index]
            let delivered = exchange.delivered.minorUnits - amounts[index + 1]
            let scale = (0..<exchange.quoted.rate.decimals).reduce(Int128(1)) { power, _ in power * 10 }
            return Int128(kept) * scale * Int128(exchange.delivered.currency.minorUnitsPerMajor)
                >= Int128(delivered) * Int128(exchange.quoted.rate.digits)
                * Int128(exchange.taken.currency.minorUnitsPerMajor)
        }
    }

    @Test func refusesWhatIsNotThere() throws {
        let code = { (payment: inout Payment, amount: Int64?, after: Duration) -> RefusalCode? in
            do throws(Refusal) {
                _ = try Self.refund(&payment, amount, after: after)
                return nil
            } catch { return error.code }
        }
        var payment = try World.payment(state: .completed)
        #expect(code(&payment, 1_981, .zero) == .amountMismatch)
        #expect(code(&payment, 0, .zero) == .amountInvalid)
        #expect(code(&payment, -1, .zero) == .amountInvalid)
        #expect(code(&payment, 1, .seconds(30 * 86_400) + .milliseconds(1)) == .refundNotPossible)
        #expect(code(&payment, 1, .seconds(30 * 86_400)) == nil)
        #expect(code(&payment, nil, .zero) == nil)
        #expect(code(&payment, nil, .zero) == .refundNotPossible)
        for state in PaymentState.allCases where !state.isPaid {
            var other = try World.payment(state: state)
            #expect(code(&other, 1, .zero) == .refundNotPossible)
        }
    }

    /// A payment that was long unknown is refunded as long as any other: its time counts from the commit.
    @Test func countsItsTimeFromTheCommit() throws {
        var payment = try World.payment(state: .sent)
        let twoDays = Duration.seconds(2 * 86_400)
        _ = try payment.handle(.destinationAccepted, by: .destination, at: World.now.adding(twoDays))
        _ = try payment.handle(.commitRecorded, by: .destination, at: World.now.adding(twoDays))
        #expect(payment.paidAt == World.now.adding(twoDays))
        _ = try Self.refund(&payment, 1, number: 1, after: twoDays + Refund.window)
        #expect(payment.paidAt == World.now.adding(twoDays))
        _ = try Self.refund(&payment, 1, number: 2, after: twoDays + Refund.window)
        #expect(throws: Refusal.self) {
            try Self.refund(&payment, 1, number: 3, after: twoDays + Refund.window + .milliseconds(1))
        }
    }

    /// What follows a claim may come later and be a further part, up to twenty.
    @Test func hasOtherBoundsWhereAClaimIsGranted() throws {
        var payment = try World.payment(state: .completed)
        let claim = { (payment: inout Payment, number: UInt64) in
            try payment.refund(
                Money(minorUnits: 1, currency: .jpy),
                id: RefundID(UniqueID(high: 7, low: number)),
                uetr: UETR(UniqueID(high: 8, low: number)),
                reason: .followingRecall,
                basis: .claim,
                at: World.now.adding(Refund.window * 2)
            )
        }
        for number in 1...10 { _ = try Self.refund(&payment, 1, number: UInt64(number)) }
        for number in 11...20 { _ = try claim(&payment, UInt64(number)) }
        #expect(throws: Refusal.self) { try claim(&payment, 21) }
    }

    @Test func stopsAfterTenParts() throws {
        var payment = try World.payment(state: .completed)
        for number in 1...10 { _ = try Self.refund(&payment, 1, number: UInt64(number)) }
        #expect(throws: Refusal.self) { try Self.refund(&payment, 1, number: 11) }
    }
}

@Suite struct PostingTests {
    @Test func movesA1AsTheTableSays() throws {
        let payment = try World.payment()
        let sides = PaymentSides(of: payment)
        var books = Ledger(accounts: sides.all.map { Account(id: $0) })
        try books.placeHolds(for: payment, at: World.now)
        try books.postHolds(for: payment, at: World.now)
        let position = { (id: AccountID) in books.account(id)?.positionMinorUnits }
        #expect(position(sides.issuer) == -53_375_00)
        #expect(position(sides.providerPayerSide) == 53_375_00)
        #expect(position(sides.providerMerchantSide) == -1_980)
        #expect(position(sides.acquirer) == 1_980)
        #expect(position(sides.acquirerFees) == -18)
        #expect(position(sides.feeIncome) == 2)
        #expect(position(sides.issuerInterchange) == 16)
        #expect(books.holds.isEmpty)
    }

    @Test func movesTheBridgedExampleOverThreeCurrencies() throws {
        var payment = try World.payment(.bridged, state: .completed)
        let sides = PaymentSides(of: payment)
        let bridge = try #require(sides.bridge)
        var books = Ledger(accounts: sides.all.map { Account(id: $0) })
        let position = { (id: AccountID) in books.account(id)?.positionMinorUnits }
        try books.placeHolds(for: payment, at: World.now)
        #expect(books.holds.count == 3)
        try books.postHolds(for: payment, at: World.now)
        #expect(books.holds.isEmpty)
        #expect(position(sides.issuer) == -53_307_00)
        #expect(position(sides.providerPayerSide) == 53_307_00)
        #expect(sides.providerPayerSide.owner == World.provider)
        #expect((bridge.payer.owner, bridge.payee.owner) == (World.provider, World.secondProvider))
        #expect((position(bridge.payer), position(bridge.payee)) == (-13_28, 13_28))
        #expect(sides.providerMerchantSide.owner == World.secondProvider)
        #expect(position(sides.providerMerchantSide) == -1_980)
        #expect(position(sides.acquirer) == 1_980)
        try books.postRefund(try RefundTests.refund(&payment, 500), of: payment, at: World.now)
        try books.postRefund(try RefundTests.refund(&payment, nil, number: 2), of: payment, at: World.now)
        for account in [sides.issuer, sides.acquirer, bridge.payer, bridge.payee, sides.providerPayerSide] {
            #expect(position(account) == 0)
        }
    }

    @Test(arguments: [Example.a1, .bridged]) func leavesNothingOfAnAbort(example: Example) throws {
        let payment = try World.payment(example)
        let accounts = PaymentSides(of: payment).all.map { Account(id: $0) }
        var books = Ledger(accounts: accounts)
        try books.placeHolds(for: payment, at: World.now)
        try books.voidHolds(for: payment, at: World.now)
        for account in accounts { #expect(books.account(account.id) == account) }
    }
}

/// SplitMix64: the seed says everything.
struct Dice: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
