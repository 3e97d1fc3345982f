import KizunaLedger
import KizunaMoney
import KizunaWeb

/// A price that the payer is asked to agree to.
struct WalletOffer: Sendable {
    let id: UniqueID
    let shop: ScannedShop
    /// As the API gave it, for the submission.
    let quote: JSON
    let price: ShownPrice
    let expiresAt: Timestamp
    /// Whether the payer paid the same to the same shop a moment before.
    let possibleDuplicate: Bool

    init(_ quote: JSON, of shop: ScannedShop) throws(BankRefusal) {
        self.quote = quote
        self.shop = shop
        id = try quote.id("id")
        price = try ShownPrice(quote)
        expiresAt = try quote.moment("expiresAt")
        possibleDuplicate = quote["possibleDuplicate"] == true
    }
}
