import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A shop's bank gives back a part of a payment, or what is left of it; it does not look whether that is possible.
struct RefundAction: Action {
    let payment: Int
    /// In hundredths of the payment; `nil` for all that is left.
    let percent: Int64?
    let reason: Refund.Reason
    let seed: UInt64
    /// What is wrong with it.
    var flaw: Flaw?

    enum Flaw: Sendable, Hashable {
        /// One customer unit more than is left.
        case onePastTheRest
        /// Bears the UETR of a payment.
        case uetrOf(Int)
    }

    var title: String {
        let flaw = flaw.map { ", \($0)" } ?? ""
        return "payment \(payment): its bank refunds \(percent.map { "\($0) %" } ?? "the rest")\(flaw)"
    }

    func perform(in world: World) {
        guard let story = world.stories[payment], let id = story.payment, let paid = world.paidAmount(of: id),
            let bank = world.cast.participant(story.pay.shop.acquirer)
        else { return }
        var amount = percent.map { paid.part(inHundred: $0) }
        var dice = SeededDice(seed: seed)
        var uetr = UETR(.version4(using: &dice))
        switch flaw {
        case .onePastTheRest?:
            world.count(Fault.refundTooLarge)
            amount = onePastTheRest(of: id, in: world)
        case .uetrOf(let other)?:
            guard let theirs = world.stories[other]?.uetr else { break }
            world.count(Fault.uetrUsedAgain)
            uetr = theirs
        case nil: break
        }
        world.request(
            Submission(
                caller: .participant(bank.id),
                command: .refund(
                    RequestRefund(payment: id, uetr: uetr, amount: amount, reason: reason)
                ),
                idempotency: world.token(bank, .refund, "refund-\(seed)", body: seed)
            ),
            about: (payment, .refund)
        ) { _ in }
    }

    private func onePastTheRest(of id: PaymentID, in world: World) -> Money? {
        let found = try? world.disk.read { reader throws(StoreError) in try reader.payment(id) }
        guard let payment = found else { return nil }
        let whole = payment.price.merchantAmount
        let left = whole.minorUnits - payment.refunded.merchantMinorUnits
        return Money(minorUnits: left + whole.currency.customerUnitMinorUnits, currency: whole.currency)
    }
}
