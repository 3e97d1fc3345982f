package import KizunaMoney
import KizunaPayments
import KizunaQR
package import KizunaSwitch

/// A shop in a sandbox: what its bank says of it, and the codes that stand on its counter.
package struct SandboxCounter: Sendable {
    package let registration: RegisterMerchant
    /// What the shop is paid in.
    package let currency: Currency
    private let place: Place

    private enum Place {
        case khqr(BakongAccount)
        case jpqr(StoreIdentifier)
    }

    private static let merchantID = "0001"
    private static let japaneseLevels = ["0001", "000001", "000001"]

    /// A café in Phnom Penh, under its Bakong account.
    package static func cambodian(
        account text: String,
        currency: Currency = .khr,
        acceptsForeignPayers: Bool = true
    ) -> SandboxCounter {
        guard let account = BakongAccount(text) else { preconditionFailure("\(text) is no Bakong account") }
        let registration = RegisterMerchant(
            key: .khqr(account: text, merchantID: merchantID),
            name: "Sandbox Cafe",
            localName: "ហាងកាហ្វេ",
            city: "Phnom Penh",
            categoryCode: "5814",
            acceptsForeignPayers: acceptsForeignPayers
        )
        return SandboxCounter(registration: registration, currency: currency, place: .khqr(account))
    }

    /// A noodle shop in Tokyo, under its 13 letters or digits.
    package static func japanese(store text: String, acceptsForeignPayers: Bool = true) -> SandboxCounter {
        let levels = [text] + japaneseLevels
        guard let store = StoreIdentifier(level1: levels[0], level2: levels[1], level3: levels[2], level4: levels[3])
        else { preconditionFailure("\(text) is no store") }
        let registration = RegisterMerchant(
            key: .jpqr(levels: levels),
            name: "SANDBOX SHOTEN",
            localName: "サンドボックス商店",
            city: "CHIYODA-KU",
            categoryCode: "5812",
            acceptsForeignPayers: acceptsForeignPayers
        )
        return SandboxCounter(registration: registration, currency: .jpy, place: .jpqr(store))
    }

    /// The printed code, on which payers type the amount.
    package var printedCode: String { written(nil, from: nil, until: nil) }

    /// A code for one amount, to be paid once.
    ///
    /// - Parameter expires: the last moment at which it can be paid, where its scheme has one.
    package func code(for amount: Money, from created: Timestamp, until expires: Timestamp) -> String {
        written(amount, from: created, until: expires)
    }

    private func written(_ amount: Money?, from created: Timestamp?, until expires: Timestamp?) -> String {
        do throws(QRFault) {
            switch place {
            case .khqr(let account):
                let holder = KHQR.Holder.merchant(id: SandboxCounter.merchantID, bank: "Kizuna Sandbox")
                var draft = KHQRDraft(account: account, holder: holder, name: registration.name)
                draft.city = registration.city
                draft.category = registration.categoryCode
                draft.price = amount.map { .fixed($0) } ?? .payerTypes(currency)
                if let created, let expires { draft.validity = .init(created: created, expires: expires) }
                return try draft.written().payload.text
            case .jpqr(let store):
                var draft = JPQRDraft(
                    store: store,
                    name: registration.name,
                    city: registration.city,
                    postalCode: "1000001",
                    localName: registration.localName ?? registration.name
                )
                draft.category = registration.categoryCode
                draft.amount = amount
                // What makes it another code each time.
                if let created { draft.additional[.billNumber] = String(created.milliseconds) }
                return try draft.written().payload.text
            }
        } catch {
            preconditionFailure("A code of ours cannot be written: \(error.message)")
        }
    }
}
