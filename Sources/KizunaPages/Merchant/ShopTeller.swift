import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaWeb

/// Does for a shop what its bank's app would: makes codes, gives money back.
struct ShopTeller: Sendable {
    let shop: Shop
    let book: ShopBook
    /// Makes numbers for codes and UETRs for refunds.
    let newID: @Sendable () -> UniqueID

    /// How much of a new id goes into a reference: enough for the codes of a day, short enough to be read aloud.
    private static let referenceDigits = 8

    /// - Returns: `nil` for an amount that no code can carry.
    func makeCode(asking amount: Money, at now: Timestamp) -> ShopCode? {
        let id = newID()
        let reference = "K-\(id.compact.suffix(ShopTeller.referenceDigits).uppercased())"
        guard amount.isPositive, amount.isPayable,
            let payload = shop.payload(asking: amount, reference: reference, at: now)
        else { return nil }
        let expiresAt = now.adding(Shop.codeLife)
        let code = ShopCode(id: id, payload: payload, amount: amount, reference: reference, expiresAt: expiresAt)
        book.keep(code)
        return code
    }

    func refund(_ sale: Sale, _ amount: Money, reason: Refund.Reason) async throws(BankRefusal) {
        let refund = try await shop.bank.post(
            "/v1/payments/\(sale.id)/refunds",
            ["uetr": JSON(name: newID()), "amount": JSON(amount), "reason": .string(reason.rawValue)]
        )
        book.add(refund, to: sale.id)
    }
}
