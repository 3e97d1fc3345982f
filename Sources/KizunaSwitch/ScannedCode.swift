import KizunaMoney
import KizunaPayments
import KizunaQR

/// What the switch needs to know of a code.
struct ScannedCode {
    let scheme: String
    let merchantKey: MerchantKey
    let currency: Currency
    let amount: Money?
    let isSingleUse: Bool
    let reference: String?
    let expiresAt: Timestamp?

    init(reading payload: String, at now: Timestamp) throws(Refusal) {
        throw Refusal(.qrInvalid, "The reader has not been connected yet.")
    }
}
