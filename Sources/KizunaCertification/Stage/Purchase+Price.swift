import KizunaLedger
import KizunaMoney
import KizunaPayments

/// What an invented payment costs, and whom it pays.
extension Purchase {
    /// Payer-currency units for one of the merchant's, about what they have been (`flows.md` 6.3).
    private static let rates: [(payer: Currency, merchant: Currency, rate: String, mid: String)] = [
        (.khr, .jpy, "26.956856188", "26.8227424749"), (.usd, .jpy, "0.0067224081", "0.0066889632"),
        (.jpy, .khr, "0.0374682045", "0.0372817955"), (.jpy, .usd, "150.2475", "149.5"),
    ]
    private static let issuerFeeBasisPoints: Int64 = 50

    static func price(of amount: Money, in payerCurrency: Currency) -> Price {
        let corridor = amount.currency == .jpy ? Corridor.cambodiaToJapan : .japanToCambodia
        guard let row = rates.first(where: { $0.payer == payerCurrency && $0.merchant == amount.currency }) else {
            preconditionFailure("There is a rate between the two countries' currencies")
        }
        do throws(MoneyError) {
            let (rate, fees) = (try Rate(row.rate), corridor.standardFees(issuerFeeBasisPoints: issuerFeeBasisPoints))
            let interbank = try rate.converting(amount, to: payerCurrency, rounding: .up)
            return Price(
                merchantAmount: amount,
                interbankAmount: interbank,
                issuerFee: try fees.issuerFee.fee(on: interbank),
                rate: rate,
                midRate: try Rate(reference: row.mid),
                merchantDiscount: try fees.merchantDiscount.fee(on: amount),
                interchange: try fees.interchange.fee(on: amount),
                switchFee: try fees.switchFee.fee(on: amount)
            )
        } catch { preconditionFailure("What may be paid can be priced: \(error)") }
    }

    /// A shop of the other country, for payments that an issuer is told of.
    static func inventedShop(for currency: Currency, at now: Timestamp) -> Merchant {
        let isInJapan = currency == .jpy
        return Merchant(
            id: MerchantID(.fresh(at: now)),
            acquirer: counterpart,
            key: isInJapan
                ? .jpqr(levels: ["0000000000000", "0001", "000001", "000001"])
                : .khqr(account: "certification@kizuna", merchantID: nil),
            name: "KIZUNA CERTIFICATION",
            localName: isInJapan ? "きずな商店" : "គីហ្ស៊ូណា",
            city: isInJapan ? "Tokyo" : "Phnom Penh",
            categoryCode: "5812",
            acceptsForeignPayers: true
        )
    }
}
