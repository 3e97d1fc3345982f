import KizunaMoney
import KizunaPayments
import KizunaSwitch

extension Price {
    /// Columns of the tables `quotes` and `bridges`, by their full names.
    static let columnList = """
        quotes.merchant_currency, quotes.payer_currency, quotes.merchant_amount, quotes.interbank_amount, \
        quotes.issuer_fee, quotes.rate_digits, quotes.rate_decimals, quotes.mid_digits, quotes.mid_decimals, \
        quotes.merchant_discount, quotes.interchange, quotes.switch_fee, \(Bridge.columnList)
        """

    init(_ columns: inout Columns, _ names: Names) throws(StoreError) {
        let merchant = try columns.currency()
        let payer = try columns.currency()
        let (merchantAmount, interbankAmount) = (columns.money(merchant), columns.money(payer))
        let issuerFee = columns.money(payer)
        let (rate, midRate) = (try columns.rate(), try columns.rate())
        let (merchantDiscount, interchange) = (columns.money(merchant), columns.money(merchant))
        let switchFee = columns.money(merchant)
        self.init(
            merchantAmount: merchantAmount,
            interbankAmount: interbankAmount,
            issuerFee: issuerFee,
            rate: rate,
            midRate: midRate,
            route: try Bridge(&columns, names).map { .bridged($0) } ?? .direct,
            merchantDiscount: merchantDiscount,
            interchange: interchange,
            switchFee: switchFee
        )
    }
}

extension Column where Source == Quote {
    /// The columns of a price.
    static let price: [Column<Quote>] = [
        Column("merchant_currency", .int2) { $0.add($1.price.merchantAmount.currency) },
        Column("payer_currency", .int2) { $0.add($1.price.interbankAmount.currency) },
        Column("merchant_amount", .int8) { $0.add($1.price.merchantAmount.minorUnits) },
        Column("interbank_amount", .int8) { $0.add($1.price.interbankAmount.minorUnits) },
        Column("issuer_fee", .int8) { $0.add($1.price.issuerFee.minorUnits) },
        Column("rate_digits", .int8) { $0.add($1.price.rate.digits) },
        Column("rate_decimals", .int2) { $0.add($1.price.rate.decimals) },
        Column("mid_digits", .int8) { $0.add($1.price.midRate.digits) },
        Column("mid_decimals", .int2) { $0.add($1.price.midRate.decimals) },
        Column("merchant_discount", .int8) { $0.add($1.price.merchantDiscount.minorUnits) },
        Column("interchange", .int8) { $0.add($1.price.interchange.minorUnits) },
        Column("switch_fee", .int8) { $0.add($1.price.switchFee.minorUnits) },
    ]
}

extension Columns {
    mutating func money(_ currency: Currency) -> Money { Money(minorUnits: int64(), currency: currency) }
}
