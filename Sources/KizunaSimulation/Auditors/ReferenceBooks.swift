import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// An independent model of the bookkeeping: it looks at what became of payments and refunds, and predicts every position
/// from that alone, by `flows.md` 6.3 and 6.4. It shares no code with the switch's postings.
final class ReferenceBooks: Auditor {
    private unowned let world: World
    private var positions: [AccountID: Int64] = [:]
    /// What is reserved against each account.
    private var reserved: [AccountID: Int64] = [:]
    /// What has gone back of each payment, in the merchant's minor units.
    private var refunded: [PaymentID: Int64] = [:]

    /// What rounding up has left with each provider, exactly, in 10^-13 of a major unit.
    private var gains: [AccountID: Int128] = [:]

    init(_ world: World) {
        self.world = world
        for rest in world.cast.rests { gains[rest.key.account] = Int128(rest.parts) }
    }

    func committed(_ commit: Commit) {
        for change in commit.payments {
            guard let payment = change.row else { continue }
            follow(payment, from: change.stored)
        }
        for change in commit.refunds { if let refund = change.row { follow(refund) } }
        for change in commit.accounts { if let account = change.row { check(account) } }
        for change in commit.rests { if let rest = change.row { check(rest) } }
    }

    /// Where a payment's money is (`flows.md` 4.6).
    private enum Place { case nowhere, reserved, suspended, paid }

    private static func place(of payment: Payment) -> Place {
        switch payment.state {
        case .completed, .partiallyRefunded, .refunded: .paid
        case .reserved, .sent, .accepted, .unknown, .reversing: payment.reason == nil ? .reserved : .nowhere
        case .exception: payment.reason == nil ? .suspended : .nowhere
        case .resolved, .quoted, .submitted, .rejected, .reversed, .expired: .nowhere
        }
    }

    private func follow(_ payment: Payment, from stored: Payment?) {
        let (before, after) = (stored.map(ReferenceBooks.place) ?? .nowhere, ReferenceBooks.place(of: payment))
        guard before != after else { return }
        for debt in ReferenceBooks.debts(of: payment) { settle(debt, before, after) }
        guard after == .paid else { return }
        let price = payment.price
        gain(of: payment, given: 0, 1)
        move(price.switchFee, from: payment.acquirer, .feesPayable, to: .theSwitch, .feeIncome)
        move(price.interchange, from: payment.acquirer, .feesPayable, to: payment.issuer, .interchangeReceivable)
    }

    private func settle(_ debt: Debt, _ before: Place, _ after: Place) {
        let debtor = account(debt.debtor, .settlement, debt.amount)
        if before == .reserved { reserved[debtor, default: 0] -= debt.amount.minorUnits }
        if after == .reserved { reserved[debtor, default: 0] += debt.amount.minorUnits }
        if after == .suspended { move(debt.amount, from: debt.debtor, .settlement, to: .theSwitch, .suspense) }
        if before == .suspended {
            let receiver = after == .paid ? debt.creditor : debt.debtor
            move(debt.amount, from: .theSwitch, .suspense, to: receiver, .settlement)
        } else if after == .paid {
            move(debt.amount, from: debt.debtor, .settlement, to: debt.creditor, .settlement)
        }
    }

    private typealias Debt = (debtor: ParticipantID, creditor: ParticipantID, amount: Money)

    /// Who owes whom for a payment: from the issuer over one or two providers to the shop's bank.
    private static func debts(of payment: Payment) -> [(debtor: ParticipantID, creditor: ParticipantID, amount: Money)]
    {
        let price = payment.price
        guard let bridge = price.route.bridge else {
            return [
                (payment.issuer, payment.provider, price.interbankAmount),
                (payment.provider, payment.acquirer, price.merchantAmount),
            ]
        }
        return [
            (payment.issuer, payment.provider, price.interbankAmount),
            (payment.provider, bridge.provider, bridge.amount),
            (bridge.provider, payment.acquirer, price.merchantAmount),
        ]
    }

    private func follow(_ refund: Refund) {
        let payment = try? world.disk.read { reader throws(StoreError) in try reader.payment(refund.payment) }
        guard let payment else { return world.violate("refund-has-payment", "A refund of nothing") }
        let price = payment.price
        let whole = price.merchantAmount.minorUnits
        let before = refunded[payment.id, default: 0]
        let after = before + refund.merchantAmount.minorUnits
        refunded[payment.id] = after
        if after > whole { return world.violate("refunds-fit", "More goes back than was paid") }
        let (given, due) = (ReferenceBooks.returned(before, of: price), ReferenceBooks.returned(after, of: price))
        if refund.payerAmount.minorUnits != due.payer - given.payer
            || refund.bridgeAmount?.minorUnits ?? 0 != due.bridge - given.bridge
        {
            world.violate("refunds-add-up", "A part of a refund is not floor(S × refunded / M) less what went before")
        }
        if refund.issuerFeeReturned.minorUnits != (after == whole ? price.issuerFee.minorUnits : 0) {
            world.violate("refunds-add-up", "The issuer's fee goes back with the last part, and only then")
        }
        gain(of: payment, given: before, -1)
        gain(of: payment, given: after, 1)
        let second = price.route.bridge?.provider ?? payment.provider
        move(refund.merchantAmount, from: payment.acquirer, .settlement, to: second, .settlement)
        if let amount = refund.bridgeAmount {
            move(amount, from: second, .settlement, to: payment.provider, .settlement)
        }
        move(refund.payerAmount, from: payment.provider, .settlement, to: payment.issuer, .settlement)
    }

    /// Adds what rounding leaves of a payment of which so much has gone back: taken less delivered times rate.
    private func gain(of payment: Payment, given merchant: Int64, _ sign: Int128) {
        let price = payment.price
        let back = ReferenceBooks.returned(merchant, of: price)
        let given = price.route.bridge == nil ? [back.payer, merchant] : [back.payer, back.bridge, merchant]
        for (place, exchange) in price.exchanges(by: payment.provider).enumerated() {
            let (taken, delivered, rate) = (exchange.taken, exchange.delivered, exchange.quoted.rate)
            let left = Int128(taken.minorUnits - given[place]) * ReferenceBooks.tenTo(13 - taken.currency.exponent)
            let worth = Int128(delivered.minorUnits - given[place + 1]) * Int128(rate.digits)
            let scale = ReferenceBooks.tenTo(13 - delivered.currency.exponent - rate.decimals)
            gains[account(exchange.provider, .roundingGain, taken), default: 0] += sign * (left - worth * scale)
        }
    }

    private static func tenTo(_ exponent: Int) -> Int128 { (0..<max(0, exponent)).reduce(1) { power, _ in power * 10 } }

    /// What has gone back to the payer, and between the providers, once so much of the merchant amount has: rounded down
    /// at each exchange.
    private static func returned(_ merchant: Int64, of price: Price) -> (bridge: Int64, payer: Int64) {
        let whole = price.merchantAmount.minorUnits
        guard let bridge = price.route.bridge?.amount else {
            return (0, floor(price.interbankAmount, merchant, whole))
        }
        let back = floor(bridge, merchant, whole)
        return (back, floor(price.interbankAmount, back, bridge.minorUnits))
    }

    private static func floor(_ amount: Money, _ part: Int64, _ whole: Int64) -> Int64 {
        let unit = Int128(amount.currency.customerUnitMinorUnits)
        return Int64(Int128(amount.minorUnits) * Int128(part) / (Int128(whole) * unit) * unit)
    }

    private func move(
        _ amount: Money,
        from debtor: ParticipantID,
        _ debit: AccountID.Role,
        to creditor: ParticipantID,
        _ credit: AccountID.Role
    ) {
        positions[account(debtor, debit, amount), default: 0] -= amount.minorUnits
        positions[account(creditor, credit, amount), default: 0] += amount.minorUnits
    }

    private func account(_ owner: ParticipantID, _ role: AccountID.Role, _ amount: Money) -> AccountID {
        AccountID(owner: owner, role: role, currency: amount.currency)
    }

    /// What is not shown on the account yet is kept to the last fraction.
    private func check(_ rest: RoundingRest) {
        let key = rest.key.account
        let found = try? world.disk.read { reader throws(StoreError) in try reader.accounts(of: key.owner) }
        let shown = found?.first { $0.id == key }?.positionMinorUnits ?? 0
        let parts = gains[key, default: 0] - Int128(shown) * ReferenceBooks.tenTo(13 - key.currency.exponent)
        if parts != Int128(rest.parts) { world.violate("gains-follow-from-rates", "What is left of \(key)") }
    }

    /// A provider's gains are a part of its position, shown in whole units; less than a hundred of them may wait.
    private func checkGains(on account: Account) {
        let sign: Int128 = account.id.role == .roundingGain ? 1 : -1
        let key = AccountID(owner: account.id.owner, role: .roundingGain, currency: account.id.currency)
        let shown = Int128(account.positionMinorUnits) * ReferenceBooks.tenTo(13 - key.currency.exponent) * sign
        let lot = Int128(100 * key.currency.customerUnitMinorUnits) * ReferenceBooks.tenTo(13 - key.currency.exponent)
        if (gains[key, default: 0] - shown).magnitude >= lot.magnitude {
            world.violate("gains-follow-from-rates", "\(account.id)")
        }
    }

    private func check(_ account: Account) {
        if [.roundingGain, .roundingContra].contains(account.id.role) { return checkGains(on: account) }
        if account.positionMinorUnits != positions[account.id, default: 0] {
            world.violate("positions-follow-from-outcomes", "\(account.id)")
        }
        if account.debitsHeld != reserved[account.id, default: 0] {
            world.violate("reserves-follow-from-states", "\(account.id)")
        }
    }

    func settled() {
        let accounts = try? world.disk.read { reader throws(StoreError) in try reader.accounts(of: nil) }
        for account in accounts ?? [] { check(account) }
    }
}
