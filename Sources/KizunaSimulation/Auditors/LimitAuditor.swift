import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Payers keep their limits (`flows.md` 11): counted here once more from payments alone, with those given back that never
/// came to pass.
final class LimitAuditor: Auditor {
    private struct Paid {
        let at: Timestamp
        let yen: Int64
    }

    private unowned let world: World
    private var counted: [PayerKey: [PaymentID: Paid]] = [:]
    private var firsts: [PayerKey: Timestamp] = [:]
    /// Whatever each payer has ever submitted, given back or not.
    private(set) var submitted: [PayerKey: (yen: Int64, count: Int)] = [:]

    init(_ world: World) { self.world = world }

    func committed(_ commit: Commit) {
        for change in commit.payments {
            guard let payment = change.row else { continue }
            let isCounted = payment.reason == nil
            guard change.isNew || isCounted != (counted[payment.payer]?[payment.id] != nil) else { continue }
            let paid = Paid(at: payment.submittedAt, yen: LimitAuditor.yen(payment.price))
            counted[payment.payer, default: [:]][payment.id] = isCounted ? paid : nil
            if change.isNew { begin(payment, paid) }
        }
    }

    /// What limits count in: the side of the price that is in yen.
    private static func yen(_ price: Price) -> Int64 {
        (price.merchantAmount.currency == .jpy ? price.merchantAmount : price.interbankAmount).minorUnits
    }

    private func begin(_ payment: Payment, _ paid: Paid) {
        let first = firsts[payment.payer] ?? paid.at
        firsts[payment.payer] = first
        let before = submitted[payment.payer] ?? (0, 0)
        submitted[payment.payer] = (before.yen + paid.yen, before.count + 1)
        // A clock that went back can put later payments on an earlier day.
        guard !world.mischief.hasClockJumped else { return }
        let all = (counted[payment.payer] ?? [:]).values
        let hours: Int64 = payment.price.merchantAmount.currency == .jpy ? 7 : 9
        let day = { (moment: Timestamp) in (moment.milliseconds + hours * 3_600_000) / 86_400_000 }
        let today = all.filter { day($0.at) == day(paid.at) }
        let new = all.filter { $0.at.since(first) < .seconds(86_400) }
        if today.reduce(0, { $0 + $1.yen }) > 500_000 || today.count > 30 {
            world.violate("payers-keep-their-day", "More than 500,000 JPY or 30 payments in a day")
        }
        if paid.at.since(first) < .seconds(86_400), new.reduce(0, { $0 + $1.yen }) > 50_000 {
            world.violate("new-payers-pay-little", "More than 50,000 JPY in the first 24 hours")
        }
    }
}
