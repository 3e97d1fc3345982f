import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The second exchange of quotes that go over another currency.
extension Table where Key == QuoteID, Row == Bridge {
    static let bridges = Table(
        "bridges",
        keys: [Column("quote", .uuid) { $0.add($1) }],
        fixed: [
            Column("provider", .int4) { $0.add($1.provider) },
            Column("currency", .int2) { $0.add($1.amount.currency) },
            Column("amount", .int8) { $0.add($1.amount.minorUnits) },
            Column("payer_side_digits", .int8) { $0.add($1.payerSide.rate.digits) },
            Column("payer_side_decimals", .int2) { $0.add($1.payerSide.rate.decimals) },
            Column("payer_side_mid_digits", .int8) { $0.add($1.payerSide.mid.digits) },
            Column("payer_side_mid_decimals", .int2) { $0.add($1.payerSide.mid.decimals) },
            Column("merchant_side_digits", .int8) { $0.add($1.merchantSide.rate.digits) },
            Column("merchant_side_decimals", .int2) { $0.add($1.merchantSide.rate.decimals) },
            Column("merchant_side_mid_digits", .int8) { $0.add($1.merchantSide.mid.digits) },
            Column("merchant_side_mid_decimals", .int2) { $0.add($1.merchantSide.mid.decimals) },
        ]
    )
}

extension Bridge {
    static let columnList = """
        bridges.provider, bridges.currency, bridges.amount, bridges.payer_side_digits, bridges.payer_side_decimals, \
        bridges.payer_side_mid_digits, bridges.payer_side_mid_decimals, bridges.merchant_side_digits, \
        bridges.merchant_side_decimals, bridges.merchant_side_mid_digits, bridges.merchant_side_mid_decimals
        """

    /// Reads what an outer join found; `nil` where it found nothing.
    init?(_ columns: inout Columns, _ names: Names) throws(StoreError) {
        guard let provider = columns.optionalInt64() else {
            columns.skip(10)
            return nil
        }
        let currency = try columns.currency()
        self.init(
            provider: try names.institution(provider),
            amount: columns.money(currency),
            payerSide: QuotedRate(rate: try columns.rate(), mid: try columns.rate()),
            merchantSide: QuotedRate(rate: try columns.rate(), mid: try columns.rate())
        )
    }
}
