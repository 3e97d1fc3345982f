import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// One payment of the plan, as its wallet sees it.
final class Story {
    let pay: PayAction
    var code: ScannableCode?
    var resolution: Resolution?
    var quote: Quote?
    /// The request for the quote, as it was sent first.
    var quoteRequest: Submission?
    /// The submission, as it was sent first.
    var submission: Submission?
    /// The payment, once the switch has answered.
    var payment: PaymentID?
    /// No once the network has turned one of the bank's answers around.
    var isBankHonest = true
    var hasAnsweredLate = false

    init(_ pay: PayAction) { self.pay = pay }
}

extension World {
    /// Whether what the switch heard from a payment's bank is what the bank said.
    func isBankHonest(about payment: PaymentID) -> Bool {
        numbers[payment].flatMap { stories[$0]?.isBankHonest } ?? true
    }

    /// Whether somebody is not the bank of the shop that a payment goes to.
    func isStranger(_ caller: Caller, to payment: PaymentID) -> Bool {
        let found = try? disk.read { reader throws(StoreError) in try reader.payment(payment) }
        guard let acquirer = found?.acquirer else { return false }
        return caller != .participant(acquirer)
    }

    /// What a payment's shop was to be paid: what its wallet paid on, which may be another wallet's quote.
    func paidAmount(of id: PaymentID) -> Money? {
        let found = try? disk.read { reader throws(StoreError) in try reader.payment(id) }
        return found?.price.merchantAmount
    }

    /// An idempotency token of a participant's.
    func token(
        _ participant: Participant,
        _ operation: IdempotencyKey.Operation,
        _ text: String,
        body: UInt64 = 0
    ) -> IdempotencyToken {
        IdempotencyToken(
            key: IdempotencyKey(participant: participant.id, operation: operation, text: text),
            fingerprint: UniqueID(high: body, low: SeededDice.mixed(plan.seed ^ body))
        )
    }
}
