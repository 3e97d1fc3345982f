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

    var title: String { "payment \(payment): its bank refunds \(percent.map { "\($0) %" } ?? "the rest")" }

    func perform(in world: World) {
        guard let story = world.stories[payment], let id = story.payment, let quote = story.quote,
            let bank = world.cast.participant(story.pay.shop.acquirer)
        else { return }
        let amount = percent.map { quote.price.merchantAmount.part(inHundred: $0) }
        var dice = SeededDice(seed: seed)
        world.request(
            Submission(
                caller: .participant(bank.id),
                command: .refund(
                    RequestRefund(payment: id, uetr: UETR(.version4(using: &dice)), amount: amount, reason: reason)
                ),
                idempotency: world.token(bank, .refund, "refund-\(seed)", body: seed)
            ),
            about: (payment, .refund)
        ) { _ in }
    }
}
