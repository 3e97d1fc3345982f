import KizunaPayments
import KizunaSwitch

/// How often shops are paid. It raises alerts and decides nothing, so nodes do not wait for each other over it: of two
/// that count a shop at the same moment, the later one's count stands.
extension Table where Key == MerchantID, Row == ShopPace {
    static let paces = Table(
        "shop_paces",
        keys: [Column("merchant", .uuid) { $0.add($1) }],
        changing: [
            Column("day", .int8) { $0.add($1.day) },
            Column("today", .int8) { $0.add($1.today) },
            Column("usual_sixteenths", .int8) { $0.add($1.usualSixteenths) },
        ],
        isReplaced: true
    )
}

extension Lookup where Key == MerchantID, Row == ShopPace {
    static let paces = Lookup(
        Query("merchant, day, today, usual_sixteenths", from: "shop_paces") { columns, _ throws(StoreError) in
            ShopPace(
                merchant: try columns.id(),
                day: columns.int(),
                today: columns.int64(),
                usualSixteenths: columns.int64()
            )
        },
        by: [Column("merchant", .uuid) { $0.add($1) }],
        matching: ["merchant"]
    ) { $0.merchant }
}
