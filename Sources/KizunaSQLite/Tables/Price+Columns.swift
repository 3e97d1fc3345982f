import KizunaLedger
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

    init(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
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
            route: try Bridge(&columns, institutions).map { .bridged($0) } ?? .direct,
            merchantDiscount: merchantDiscount,
            interchange: interchange,
            switchFee: switchFee
        )
    }
}

extension Bridge {
    static let columnList = """
        bridges.provider, bridges.currency, bridges.amount, bridges.payer_side_digits, bridges.payer_side_decimals, \
        bridges.payer_side_mid_digits, bridges.payer_side_mid_decimals, bridges.merchant_side_digits, \
        bridges.merchant_side_decimals, bridges.merchant_side_mid_digits, bridges.merchant_side_mid_decimals
        """

    /// Reads what an outer join found; `nil` where it found nothing.
    fileprivate init?(_ columns: inout Columns, _ institutions: Institutions) throws(StoreError) {
        guard let provider = columns.optionalInt64() else {
            columns.skip(10)
            return nil
        }
        let currency = try columns.currency()
        self.init(
            provider: try institutions.id(provider),
            amount: columns.money(currency),
            payerSide: QuotedRate(rate: try columns.rate(), mid: try columns.rate()),
            merchantSide: QuotedRate(rate: try columns.rate(), mid: try columns.rate())
        )
    }
}

extension Parameters {
    /// The columns of ``Bridge/columnList``.
    mutating func add(_ bridge: Bridge, provider: Int64) {
        add(provider)
        add(bridge.amount.currency)
        add(bridge.amount.minorUnits)
        for quoted in [bridge.payerSide, bridge.merchantSide] {
            add(quoted.rate)
            add(quoted.mid)
        }
    }

    /// Assumes ``Price/requireItsCurrencies()``.
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

    mutating func optionalCurrency() throws(StoreError) -> Currency? {
        guard let number = optionalInt64() else { return nil }
        guard let currency = Currency(numeric: Int(clamping: number)) else { throw .unreadable("a currency") }
        return currency
    }

    /// Reads a currency and an amount that are there or not together.
    mutating func optionalMoney() throws(StoreError) -> Money? {
        let (currency, minorUnits) = (try optionalCurrency(), optionalInt64())
        guard let currency, let minorUnits else { return nil }
        return Money(minorUnits: minorUnits, currency: currency)
    }
}
