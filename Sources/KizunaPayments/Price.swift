public import KizunaMoney

/// Everything that a payment costs, computed once with the quote and fixed with it (`flows.md` 6.2).
public struct Price: Sendable, Hashable {
    /// `M`: exact and first; the shop's bank is credited this.
    public let merchantAmount: Money
    /// `S`: what the issuer owes the FX provider.
    public let interbankAmount: Money
    /// `F`: what the issuer charges the payer on top.
    public let issuerFee: Money
    /// `R`: payer-currency units for one merchant-currency unit; `S` is `M × R` rounded up, on every route.
    public let rate: Rate
    /// The market's middle at that moment; shown beside `R`.
    public let midRate: Rate
    /// By which exchanges `M` came to cost `S`.
    public let route: ExchangeRoute
    /// What the acquirer keeps from the merchant, out of which the next two are paid.
    public let merchantDiscount: Money
    /// What the acquirer owes the issuer.
    public let interchange: Money
    /// What the acquirer owes the switch.
    public let switchFee: Money

    public init(
        merchantAmount: Money,
        interbankAmount: Money,
        issuerFee: Money,
        rate: Rate,
        midRate: Rate,
        route: ExchangeRoute = .direct,
        merchantDiscount: Money,
        interchange: Money,
        switchFee: Money
    ) {
        self.merchantAmount = merchantAmount
        self.interbankAmount = interbankAmount
        self.issuerFee = issuerFee
        self.rate = rate
        self.midRate = midRate
        self.route = route
        self.merchantDiscount = merchantDiscount
        self.interchange = interchange
        self.switchFee = switchFee
    }

    /// Prices a merchant amount at an offer.
    ///
    /// - Throws: ``MoneyError/overflow``, and ``MoneyError/currencyMismatch`` for fees of other currencies.
    public init(of merchantAmount: Money, at offer: Offer, fees: Fees) throws(MoneyError) {
        let interbank = offer.interbankAmount
        self.init(
            merchantAmount: merchantAmount,
            interbankAmount: interbank,
            issuerFee: try fees.issuerFee.fee(on: interbank),
            rate: offer.rate,
            midRate: offer.mid,
            route: offer.route,
            merchantDiscount: try fees.merchantDiscount.fee(on: merchantAmount),
            interchange: try fees.interchange.fee(on: merchantAmount),
            switchFee: try fees.switchFee.fee(on: merchantAmount)
        )
        _ = try interbank.adding(issuerFee)
        _ = try roundingGains(by: offer.provider)
    }

    /// `D = S + F`: what leaves the payer's account.
    public var payerDebit: Money {
        Money(minorUnits: interbankAmount.minorUnits + issuerFee.minorUnits, currency: interbankAmount.currency)
    }

    /// The payment in whole yen, in which limits are counted: `M` for a shop in Japan, `S` for a payer there.
    public var yen: Int64 {
        merchantAmount.currency == .jpy ? merchantAmount.minorUnits : interbankAmount.minorUnits
    }

    /// What the shop receives from its acquirer: `M` less the discount.
    public var merchantReceives: Money {
        Money(minorUnits: merchantAmount.minorUnits - merchantDiscount.minorUnits, currency: merchantAmount.currency)
    }

    /// `D / M`, rounded half up to 8 decimals: what one merchant unit really costs the payer.
    public var effectiveRate: Rate? {
        let payer = payerDebit
        let scale = 8
        let dividend = Int128(payer.minorUnits) * Int128(merchantAmount.currency.minorUnitsPerMajor) * 100_000_000
        let divisor = Int128(merchantAmount.minorUnits) * Int128(payer.currency.minorUnitsPerMajor)
        guard divisor > 0, let digits = Int64(exactly: Rounding.halfUp.quotient(dividend, by: divisor)) else {
            return nil
        }
        return try? Rate(digits: digits, decimals: scale)
    }
}
