public import KizunaMoney

/// One direction of the link: who pays in which currencies, within which limits, at which fees.
public struct Corridor: Sendable, Hashable {
    public let payerCountry: Country
    public let merchantCountry: Country
    public let payerCurrencies: [Currency]
    /// The merchant's discount and what it is made of, where no tariff says otherwise (`flows.md` 6.3).
    private let standard: Standard

    /// In basis points.
    private struct Standard: Sendable, Hashable {
        let merchantDiscount: Int64
        let interchange: Int64
        let switchFee: Int64
    }

    /// The smallest and the largest payment in each currency that a merchant here may ask for (`flows.md` 11).
    public let bounds: [Currency: ClosedRange<Int64>]

    /// A Cambodian payer at a JPQR: 1 to 300,000 yen.
    public static let cambodiaToJapan = Corridor(
        payerCountry: .cambodia,
        merchantCountry: .japan,
        payerCurrencies: [.khr, .usd],
        standard: Standard(merchantDiscount: 160, interchange: 80, switchFee: 10),
        bounds: [.jpy: 1...300_000]
    )

    /// A Japanese payer at a KHQR: 100 to 8,000,000 riel, or 0.01 to 2,000 dollars.
    public static let japanToCambodia = Corridor(
        payerCountry: .japan,
        merchantCountry: .cambodia,
        payerCurrencies: [.jpy],
        standard: Standard(merchantDiscount: 80, interchange: 40, switchFee: 10),
        bounds: [.khr: 100_00...8_000_000_00, .usd: 1...2_000_00]
    )

    /// Which direction it is, for records and files.
    public var id: CorridorID { CorridorID(payer: payerCountry, merchant: merchantCountry) }

    /// Every direction of the link.
    public static let all = [cambodiaToJapan, japanToCambodia]

    /// What holds where the tariff has no line.
    ///
    /// - Parameter issuerFeeBasisPoints: what the payer's issuer charges by itself.
    public func standardFees(issuerFeeBasisPoints: Int64) -> Fees {
        Fees(
            issuerFee: FeeTerms(basisPoints: issuerFeeBasisPoints),
            merchantDiscount: FeeTerms(basisPoints: standard.merchantDiscount),
            interchange: FeeTerms(basisPoints: standard.interchange),
            switchFee: FeeTerms(basisPoints: standard.switchFee)
        )
    }

    /// The corridor from a payer's country to a merchant's; none inside one country.
    public static func between(payer: Country, merchant: Country) -> Corridor? {
        switch (payer, merchant) {
        case (.cambodia, .japan): cambodiaToJapan
        case (.japan, .cambodia): japanToCambodia
        case (.cambodia, .cambodia), (.japan, .japan): nil
        }
    }

    /// Whether a merchant amount may be paid here.
    ///
    /// - Throws: ``RefusalCode/currencyNotSupported``, ``RefusalCode/amountInvalid`` or
    ///   ``RefusalCode/limitExceeded``.
    public func check(merchantAmount: Money) throws(Refusal) {
        guard let bounds = bounds[merchantAmount.currency] else {
            throw Refusal(
                .currencyNotSupported,
                "Shops in this direction are paid in \(currencyList(Array(bounds.keys))), not \(merchantAmount.currency)."
            )
        }
        guard merchantAmount.isPositive else { throw Refusal(.amountInvalid, "The amount must be more than zero.") }
        guard merchantAmount.isPayable else {
            throw Refusal(.amountInvalid, "\(merchantAmount.currency) is paid in whole units.")
        }
        let limit = { Money(minorUnits: $0, currency: merchantAmount.currency) }
        guard merchantAmount.minorUnits >= bounds.lowerBound else {
            throw Refusal(.amountInvalid, "The smallest payment is \(limit(bounds.lowerBound)).")
        }
        guard merchantAmount.minorUnits <= bounds.upperBound else {
            throw Refusal(.limitExceeded, "The largest payment is \(limit(bounds.upperBound)).")
        }
    }

    /// Whether payers may pay from an account in this currency.
    public func check(payerCurrency: Currency) throws(Refusal) {
        guard payerCurrencies.contains(payerCurrency) else {
            throw Refusal(
                .currencyNotSupported,
                "Payers in this direction pay in \(currencyList(payerCurrencies)), not \(payerCurrency)."
            )
        }
    }

    private func currencyList(_ currencies: [Currency]) -> String {
        currencies.map(\.code).sorted().joined(separator: " or ")
    }
}
