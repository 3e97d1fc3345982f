import KizunaMoney
import KizunaPayments
import KizunaSwitch

extension Price {
    /// Columns of the table `quotes`, by their full names.
    static let columnList = """
        quotes.merchant_currency, quotes.payer_currency, quotes.merchant_amount, quotes.interbank_amount, \
        quotes.issuer_fee, quotes.rate_digits, quotes.rate_decimals, quotes.mid_digits, quotes.mid_decimals, \
        quotes.merchant_discount, quotes.interchange, quotes.switch_fee
        """

    init(_ columns: inout Columns) throws(StoreError) {
        let merchant = try columns.currency()
        let payer = try columns.currency()
        self.init(
            merchantAmount: columns.money(merchant),
            interbankAmount: columns.money(payer),
            issuerFee: columns.money(payer),
            rate: try columns.rate(),
            midRate: try columns.rate(),
            merchantDiscount: columns.money(merchant),
            interchange: columns.money(merchant),
            switchFee: columns.money(merchant)
        )
    }

    /// The columns name two currencies only, so the amounts must keep to them.
    func requireTwoCurrencies() throws(StoreError) {
        guard issuerFee.currency == interbankAmount.currency, merchantDiscount.currency == merchantAmount.currency,
            interchange.currency == merchantAmount.currency, switchFee.currency == merchantAmount.currency
        else { throw .brokenRule("A price is in two currencies") }
    }
}

extension Parameters {
    /// Assumes ``Price/requireTwoCurrencies()``.
    mutating func add(_ price: Price) {
        add(price.merchantAmount.currency)
        add(price.interbankAmount.currency)
        add(price.merchantAmount.minorUnits)
        add(price.interbankAmount.minorUnits)
        add(price.issuerFee.minorUnits)
        add(price.rate)
        add(price.midRate)
        add(price.merchantDiscount.minorUnits)
        add(price.interchange.minorUnits)
        add(price.switchFee.minorUnits)
    }
}

extension Columns {
    mutating func money(_ currency: Currency) -> Money { Money(minorUnits: int64(), currency: currency) }
}
