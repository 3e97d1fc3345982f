import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaWeb

/// A payment as the shop sees it.
struct Sale: Sendable {
    enum Standing: Sendable, Hashable {
        /// The shop's bank has been asked; nothing is certain.
        case asked
        /// The switch has committed: goods may be handed over.
        case paid
        /// It came to nothing.
        case dropped
    }

    /// Money that went back.
    struct Refund: Sendable {
        let amount: Money
        let payerAmount: Money
        let at: Timestamp
    }

    let id: UniqueID
    let uetr: String
    let amount: Money
    let payerCountry: Country
    let reference: String?
    private(set) var standing = Standing.asked
    /// When it reached its last standing.
    private(set) var at: Timestamp
    private(set) var refunds: [UniqueID: Refund] = [:]

    /// - Parameter request: a credit request, as the switch sends it to the shop's bank.
    init(_ request: JSON, at now: Timestamp) throws(BankRefusal) {
        id = try request.id("paymentId")
        uetr = try request.value("uetr") { $0 }
        amount = try request.money("merchantAmount")
        payerCountry = try (request["payer"] ?? .null).country("country")
        reference = request.text(at: "reference")
        at = now
    }

    /// Takes the switch's decision. What is paid stays paid.
    mutating func decide(_ decision: JSON, at now: Timestamp) {
        guard standing != .paid else { return }
        standing = decision.text(at: "decision") == "COMMITTED" ? .paid : .dropped
        at = now
    }

    mutating func add(_ refund: JSON) throws(BankRefusal) {
        refunds[try refund.id("id")] = Refund(
            amount: try refund.money("merchantAmount"),
            payerAmount: try refund.money("payerAmount"),
            at: try refund.moment("createdAt")
        )
    }

    var refunded: Money {
        Money(minorUnits: refunds.values.reduce(0) { $0 + $1.amount.minorUnits }, currency: amount.currency)
    }

    /// What can still be given back.
    var left: Money { Money(minorUnits: amount.minorUnits - refunded.minorUnits, currency: amount.currency) }
}

/// A code that the shop has made for one amount.
struct ShopCode: Sendable {
    let id: UniqueID
    let payload: String
    let amount: Money
    let reference: String
    let expiresAt: Timestamp
}
