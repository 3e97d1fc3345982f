import KizunaLedger
import KizunaPayments
import KizunaQR
import KizunaSwitch

/// What somebody has typed to find a shop, and what it may mean.
struct MerchantFinder {
    /// What a search came to.
    enum Found {
        /// Exactly one, by what only it has.
        case shop(MerchantID)
        case list(MerchantFindings)
    }

    /// Longer than any code that fits a symbol.
    static let longestText = 4_096

    let engine: Switch
    let text: String
    let bank: ParticipantID?
    let after: MerchantID?

    func find(_ reader: any StoreReader) throws(StoreError) -> Found {
        if let id = MerchantID(text), let merchant = try reader.merchant(id) { return .shop(merchant.id) }
        if let key = MerchantKey(text: text) ?? MerchantKey(ofCode: text), let merchant = try reader.merchant(key) {
            return .shop(merchant.id)
        }
        return .list(try reader.merchants(MerchantSearch(text, acquirer: bank, after: after)))
    }
}

extension MerchantKey {
    /// Whom a code names; `nil` for what is no shop's code.
    fileprivate init?(ofCode text: String) {
        switch try? QRCode.read(text, at: nil) {
        case .khqr(let code): self = .khqr(account: code.account.description, merchantID: code.merchantID)
        case .jpqr(let code):
            let store = code.store
            self = .jpqr(levels: [store.level1, store.level2, store.level3, store.level4])
        case .consumer, .other, nil: return nil
        }
    }
}
