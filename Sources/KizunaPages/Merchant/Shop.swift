import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaQR
import KizunaSwitch

/// A shop with its bank, as the shop's own device knows it.
package struct Shop: Sendable {
    /// In addresses: `kizuna-cafe`.
    package let name: String
    /// In Latin letters.
    let latinName: String
    /// As people there write it.
    let localName: String
    let city: String
    let bankName: String
    let bank: any BankWay
    /// The code on its counter.
    let payload: String
    let key: MerchantKey
    let currency: Currency
    private let code: Code

    private enum Code: Sendable { case khqr(KHQR), jpqr(JPQR) }

    /// How long a code with an amount can be paid (`flows.md` 4.5).
    static let codeLife = Duration.seconds(600)

    /// - Parameter payload: the code on its counter, without an amount.
    /// - Returns: `nil` for a payload that is neither a KHQR nor a JPQR.
    package init?(
        name: String,
        latinName: String,
        localName: String,
        city: String,
        bankName: String,
        payload: String,
        bank: any BankWay
    ) {
        switch try? QRCode.read(payload, at: nil) {
        case .khqr(let khqr):
            code = .khqr(khqr)
            key = .khqr(account: khqr.account.description, merchantID: khqr.merchantID)
            currency = khqr.currency
        case .jpqr(let jpqr):
            code = .jpqr(jpqr)
            let store = jpqr.store
            key = .jpqr(levels: [store.level1, store.level2, store.level3, store.level4])
            currency = .jpy
        case .consumer, .other, nil: return nil
        }
        self.name = name
        self.latinName = latinName
        self.localName = localName
        self.city = city
        self.bankName = bankName
        self.payload = payload
        self.bank = bank
    }

    var country: Country { key.country }

    /// A code for one amount, which can be paid once.
    ///
    /// - Parameters:
    ///   - reference: what the purchase is called; at most 25 characters.
    ///   - now: when it is made.
    /// - Returns: `nil` for an amount or a reference that no code can carry.
    func payload(asking amount: Money, reference: String, at now: Timestamp) -> String? {
        switch code {
        case .khqr(let khqr):
            var draft = KHQRDraft(khqr)
            draft.name = latinName
            draft.price = .fixed(amount)
            draft.additional[.billNumber] = reference
            draft.validity = KHQRDraft.Validity(created: now, expires: now.adding(Shop.codeLife))
            return (try? draft.written())?.payload.text
        case .jpqr(let jpqr):
            var draft = JPQRDraft(jpqr)
            draft.amount = amount
            draft.additional[.billNumber] = reference
            return (try? draft.written())?.payload.text
        }
    }
}
