import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaQR
import KizunaSwitch

/// A shop of a world, with what it can print.
struct Shop: Sendable {
    let acquirer: ParticipantID
    let key: MerchantKey
    let currency: Currency
    /// What the bank tells the switch about it.
    let registration: RegisterMerchant

    static func japanese(_ number: Int, _ acquirer: ParticipantID) -> Shop {
        let levels = [
            "0000000000001", "0001", "00000\(number)", acquirer.description == "edo-switch" ? "000002" : "000001",
        ]
        return Shop(acquirer, .jpqr(levels: levels), .jpy, city: "TOKYO")
    }

    static func cambodian(_ currency: Currency, _ acquirer: ParticipantID) -> Shop {
        let account = "shop\(currency.numeric)@\(acquirer.description.prefix(4))"
        return Shop(
            acquirer,
            .khqr(account: account, merchantID: "KZN\(currency.numeric)"),
            currency,
            city: "Phnom Penh"
        )
    }

    private init(_ acquirer: ParticipantID, _ key: MerchantKey, _ currency: Currency, city: String) {
        self.acquirer = acquirer
        self.key = key
        self.currency = currency
        registration = RegisterMerchant(
            key: key,
            name: "KIZUNA SHOP",
            localName: nil,
            city: city,
            categoryCode: "5812",
            acceptsForeignPayers: true
        )
    }

    /// The text of a code for this shop.
    ///
    /// - Parameters:
    ///   - amount: `nil` for the printed code, on which payers type the amount.
    ///   - expires: for codes with an amount where the scheme has an expiry.
    func payload(amount: Money?, reference: String, from created: Timestamp, until expires: Timestamp) -> String {
        do throws(QRFault) {
            switch key {
            case .khqr(let account, let merchantID):
                guard let account = BakongAccount(account) else { preconditionFailure("Not an account") }
                var draft = KHQRDraft(
                    account: account,
                    holder: .merchant(id: merchantID, bank: "KIZUNA BANK"),
                    name: "KIZUNA SHOP"
                )
                draft.price = amount.map { .fixed($0) } ?? .payerTypes(currency)
                if amount != nil {
                    draft.additional = [.billNumber: reference]
                    draft.validity = KHQRDraft.Validity(created: created, expires: expires)
                }
                return try draft.written().payload.text
            case .jpqr(let levels):
                guard
                    let store = StoreIdentifier(
                        level1: levels[0],
                        level2: levels[1],
                        level3: levels[2],
                        level4: levels[3]
                    )
                else { preconditionFailure("Not a store identifier") }
                var draft = JPQRDraft(
                    store: store,
                    name: "KIZUNA SHOP",
                    city: "TOKYO",
                    postalCode: "1000001",
                    localName: "きずな"
                )
                draft.amount = amount
                if amount != nil { draft.additional = [.billNumber: reference] }
                return try draft.written().payload.text
            }
        } catch {
            preconditionFailure("A shop's code could not be written: \(error.message)")
        }
    }
}

/// A code as a wallet scans it.
struct ScannableCode: Sendable {
    let shop: Shop
    let payload: String
    let digest: CodeDigest
    /// What the code asks for; `nil` when the payer types it.
    let amount: Money?
    let expiresAt: Timestamp?

    var isSingleUse: Bool { amount != nil }
}
