import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaWeb

/// A payment as the payer sees it.
struct WalletPayment: Sendable {
    let id: UniqueID
    let uetr: String
    let account: String
    let offer: WalletOffer
    let startedAt: Timestamp
    private(set) var state: PaymentState
    private(set) var outcome: String
    /// Why it was refused, as the API's code.
    private(set) var reason: String?
    private(set) var changedAt: Timestamp
    /// What came back, by the refund's id.
    private(set) var refunds: [UniqueID: Money] = [:]
    /// Counts what has changed, for those who wait.
    private(set) var version = 1

    /// - Parameter payment: as the API gave it.
    init(_ payment: JSON, of offer: WalletOffer, from account: String) throws(BankRefusal) {
        id = try payment.id("id")
        uetr = try payment.value("uetr") { $0 }
        self.account = account
        self.offer = offer
        startedAt = try payment.moment("submittedAt")
        state = try payment.state("state")
        outcome = try payment.value("outcome") { $0 }
        reason = payment["reason"]?.text(at: "code")
        changedAt = try payment.moment("changedAt")
    }

    /// Takes what the switch says; what is older than what is known changes nothing.
    mutating func update(_ payment: JSON) {
        guard let state = try? payment.state("state"), let changedAt = try? payment.moment("changedAt"),
            changedAt >= self.changedAt, state != self.state
        else { return }
        self.state = state
        self.changedAt = changedAt
        outcome = payment.text(at: "outcome") ?? outcome
        reason = payment["reason"]?.text(at: "code")
        version += 1
    }

    /// Takes a refund's notice; the same again changes nothing.
    mutating func refund(_ notice: JSON) {
        guard let id = try? notice.id("id"), refunds[id] == nil, let amount = try? notice.money("payerAmount"),
            let fee = try? notice.money("issuerFeeReturned"), let sum = try? amount.adding(fee)
        else { return }
        refunds[id] = sum
        state = (try? notice.state("paymentState")) ?? state
        version += 1
    }

    /// Whether the payer need not wait any more.
    var isOver: Bool { outcome == "success" || outcome == "failure" }

    /// What came back in all; `nil` for nothing.
    var refunded: Money? {
        refunds.isEmpty
            ? nil
            : refunds.values.reduce(.zero(offer.price.payerDebit.currency)) { sum, part in
                (try? sum.adding(part)) ?? sum
            }
    }
}
