import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Refunds of all kinds, ten thousand payments' worth, add up to nothing over everybody who takes part (`flows.md` 6.4).
@Suite struct RefundHistoryTests {
    @Test(arguments: 1...20) func everyHistoryAddsUp(seed: UInt64) async throws {
        try await check(.memory, seed: seed, payments: 500)
    }

    @Test(arguments: StoreUnderTest.allCases) func theyAddUpInEveryStore(kind: StoreUnderTest) async throws {
        try await check(kind, seed: 99, payments: 150)
    }

    private func check(_ kind: StoreUnderTest, seed: UInt64, payments count: Int) async throws {
        let fixture = try kind.make()
        let histories = try await RefundHistories(store: fixture.store, seed: seed, payments: count)
        try await histories.run(rounds: 8)
        var ends: [PaymentState: Int] = [:]
        let attempts = Dictionary(grouping: histories.attempts, by: \.command.payment)
        let borne = Set(histories.attempts.compactMap(\.refund?.uetr))
        for payment in histories.payments {
            let history = try History(
                of: payment.id,
                in: fixture.store,
                attempts: attempts[payment.id] ?? [],
                borne: borne
            )
            history.checkParts()
            history.checkAnswers()
            history.checkMoney()
            ends[history.payment.state, default: 0] += 1
        }
        // The proof is of something only when all of it happened.
        for state in [PaymentState.completed, .partiallyRefunded, .refunded] { #expect(ends[state, default: 0] > 0) }
        if !seed.isMultiple(of: 2) { #expect(histories.payments.contains { $0.price.route.bridge != nil }) }
        let refusals = Set(histories.attempts.compactMap(\.refusal))
        let expected: Set<RefusalCode> = [
            .amountMismatch, .amountInvalid, .currencyNotSupported, .uetrUsed, .liquidity, .notFound,
            .refundNotPossible,
        ]
        #expect(refusals.isSuperset(of: expected))
        #expect(try fixture.audit().violations == [])
    }
}

/// What became of one payment and of every request to refund it.
private struct History {
    let payment: Payment
    let refunds: [Refund]
    let lines: [Transfer]
    let attempts: [RefundHistories.Attempt]
    /// The UETRs of all refunds, of other payments too.
    let borne: Set<UETR>

    init(
        of id: PaymentID,
        in store: any Store,
        attempts: [RefundHistories.Attempt],
        borne: Set<UETR>
    ) throws {
        self.attempts = attempts
        self.borne = borne
        let found = try store.read { reader throws(StoreError) in
            let refunds = try reader.refunds(of: id)
            var lines = try reader.journal(of: id.value)
            for refund in refunds { lines += try reader.journal(of: refund.id.value) }
            return (payment: try reader.payment(id), refunds: refunds, lines: lines)
        }
        payment = try #require(found.payment)
        refunds = found.refunds
        lines = found.lines
    }

    private var price: Price { payment.price }
    private var merchantSum: Int64 { refunds.reduce(0) { $0 + $1.merchantAmount.minorUnits } }
    private var payerSum: Int64 { refunds.reduce(0) { $0 + $1.payerAmount.minorUnits } }
    private var feeSum: Int64 { refunds.reduce(0) { $0 + $1.issuerFeeReturned.minorUnits } }
    private var isWhole: Bool { merchantSum == price.merchantAmount.minorUnits }

    /// `toPayer(k) = floor(S × cum_k / M) − toPayer(1..k−1)`, in whole customer units, computed here once more; over two
    /// exchanges, each in turn.
    func checkParts() {
        #expect(refunds.map(\.part) == Array((1...Refund.maximumParts).prefix(refunds.count)))
        var (toShop, toPayer): (Int64, Int64) = (0, 0)
        for refund in refunds {
            toShop += refund.merchantAmount.minorUnits
            let due: Int64
            if let bridge = price.route.bridge?.amount {
                due = share(share(toShop, of: price.merchantAmount, in: bridge), of: bridge, in: price.interbankAmount)
            } else {
                due = share(toShop, of: price.merchantAmount, in: price.interbankAmount)
            }
            #expect(refund.payerAmount.minorUnits == due - toPayer)
            toPayer = due
            let isLast = toShop == price.merchantAmount.minorUnits
            #expect(refund.issuerFeeReturned == (isLast ? price.issuerFee : .zero(price.issuerFee.currency)))
            #expect(refund.createdAt.since(payment.submittedAt) <= Refund.window)
        }
        #expect(merchantSum <= price.merchantAmount.minorUnits)
        if isWhole { #expect(payerSum == price.interbankAmount.minorUnits) }
        #expect(payment.refunded.parts == refunds.count)
        #expect(payment.refunded.merchantMinorUnits == merchantSum)
        #expect(payment.refunded.payerMinorUnits == payerSum)
        #expect(payment.state == (isWhole ? .refunded : refunds.isEmpty ? .completed : .partiallyRefunded))
    }

    /// What a part of one amount is of another, rounded down to a whole customer unit.
    private func share(_ part: Int64, of whole: Money, in other: Money) -> Int64 {
        let unit = other.currency.customerUnitMinorUnits
        let units = Int128(other.minorUnits) * Int128(part) / (Int128(whole.minorUnits) * Int128(unit))
        return Int64(units) * unit
    }

    /// Each key made one refund at most, each refund was asked for under its own UETR, and each "no" had its reason.
    func checkAnswers() {
        var made: [IdempotencyToken: RefundID] = [:]
        for attempt in attempts {
            guard let refund = attempt.refund, let token = attempt.submission.idempotency else { continue }
            #expect(made.updateValue(refund.id, forKey: token) ?? refund.id == refund.id)
            #expect(refunds.contains(refund))
            #expect(refund.uetr == attempt.command.uetr)
        }
        #expect(Set(made.values) == Set(refunds.map(\.id)))
        for attempt in attempts { #expect(isJustified(attempt), "\(attempt.refusal?.rawValue ?? "") at \(attempt.at)") }
    }

    /// What was left then is at least what is left now, so a "no" for want of money must still stand.
    private func isJustified(_ attempt: RefundHistories.Attempt) -> Bool {
        let amount = attempt.command.amount
        let left = price.merchantAmount.minorUnits - merchantSum
        switch attempt.refusal {
        case nil, .liquidity, .idempotencyInProgress: return true
        case .amountMismatch: return amount.map { $0.minorUnits > left } ?? false
        case .amountInvalid: return amount.map { !$0.isPositive || !$0.isPayable } ?? false
        case .currencyNotSupported: return amount.map { $0.currency != price.merchantAmount.currency } ?? false
        case .uetrUsed: return borne.contains(attempt.command.uetr)
        case .notFound: return attempt.submission.caller != .participant(payment.acquirer)
        case .refundNotPossible:
            return isWhole || refunds.count == Refund.maximumParts
                || attempt.at.since(payment.submittedAt) > Refund.window
        default: return false
        }
    }

    /// Payer, shop, their banks, the providers and the switch: what one has less, the others have more.
    func checkMoney() {
        let (payerCurrency, merchantCurrency) = (price.interbankAmount.currency, price.merchantAmount.currency)
        let paid = price.interbankAmount.minorUnits - payerSum
        let received = price.merchantAmount.minorUnits - merchantSum
        #expect(position(payment.issuer, .settlement, payerCurrency) == -paid)
        #expect(position(payment.acquirer, .settlement, merchantCurrency) == received)
        for currency in Participant.settlementCurrencies {
            let providers = RefundHistories.providers.reduce(0) { $0 + position($1, .settlement, currency) }
            let exchanged = (currency == payerCurrency ? paid : 0) - (currency == merchantCurrency ? received : 0)
            #expect(providers == exchanged)
        }

        let payer = -price.payerDebit.minorUnits + payerSum + feeSum
        let payersBank = -payer + position(payment.issuer, .settlement, payerCurrency)
        #expect(payersBank == price.issuerFee.minorUnits - feeSum)
        #expect(payer + payersBank + paid == 0)

        let shop = price.merchantReceives.minorUnits - merchantSum
        let fees = position(payment.acquirer, .feesPayable, merchantCurrency)
        let shopsBank = -shop + received + fees
        let others =
            position(payment.issuer, .interchangeReceivable, merchantCurrency)
            + position(.theSwitch, .feeIncome, merchantCurrency)
        #expect(shop + shopsBank + others - received == 0)
        if isWhole {
            #expect(payer == 0)
            #expect(shop == -price.merchantDiscount.minorUnits)
            for provider in RefundHistories.providers {
                for currency in Participant.settlementCurrencies {
                    #expect(position(provider, .settlement, currency) == 0)
                }
            }
        }
    }

    /// What the lines of this payment and its refunds did to an account.
    private func position(_ owner: ParticipantID, _ role: AccountID.Role, _ currency: Currency) -> Int64 {
        let account = AccountID(owner: owner, role: role, currency: currency)
        return lines.reduce(0) { sum, line in
            guard line.kind == .direct || line.kind == .post else { return sum }
            return sum + (line.credit == account ? line.minorUnits : 0) - (line.debit == account ? line.minorUnits : 0)
        }
    }
}

extension RefundHistories.Attempt {
    fileprivate var refund: Refund? {
        guard case .success(.refund(let refund)) = result else { return nil }
        return refund
    }

    fileprivate var refusal: RefusalCode? {
        guard case .failure(let refusal) = result else { return nil }
        return refusal.code
    }
}
