import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Shops that people have frozen. Two persons may act at two nodes: the second finds that the shop is not what it was.
extension Table where Key == MerchantID, Row == ShopFreeze {
    static let shopFreezes = Table(
        "shop_freezes",
        keys: [Column("shop", .uuid) { $0.add($1) }],
        changing: [
            Column("frozen_by", .text) { $0.add($1.freezing.person.description) },
            Column("frozen_at", .int8) { $0.add($1.freezing.at) },
            Column("reason", .text) { $0.add($1.freezing.reason) },
            Column("lifted_by", .text) { $0.add($1.lifting?.person.description) },
            Column("lifted_at", .int8) { $0.add($1.lifting?.at) },
            Column("lift_reason", .text) { $0.add($1.lifting?.reason) },
        ]
    )
}

extension Query where Row == ShopFreeze {
    static let shopFreezes = Query(
        "shop, frozen_by, frozen_at, reason, lifted_by, lifted_at, lift_reason",
        from: "shop_freezes"
    ) { columns, _ throws(StoreError) in
        let shop: MerchantID = try columns.id()
        guard let freezing = try columns.act() else { throw .unreadable("who froze a shop") }
        return ShopFreeze(shop: shop, freezing: freezing, lifting: try columns.act())
    }
}

extension Lookup where Key == MerchantID, Row == ShopFreeze {
    static let shopFreezes = Lookup(
        .shopFreezes,
        by: [Column("shop", .uuid) { $0.add($1) }],
        matching: ["shop"]
    ) { $0.shop }
}

extension Columns {
    fileprivate mutating func act() throws(StoreError) -> ShopFreeze.Act? {
        let (person, at, reason) = (try optionalOperator(), optionalTimestamp(), try optionalText())
        guard let person, let at, let reason else { return nil }
        return ShopFreeze.Act(person: person, at: at, reason: reason)
    }
}
