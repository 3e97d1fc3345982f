import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Shops that people have frozen.
final class ShopFreezeTable {
    private let select: Statement
    private let selectInForce: Statement
    private let upsert: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        select = try connection.prepare("SELECT \(ShopFreeze.columnList) FROM shop_freezes WHERE shop = ?")
        selectInForce = try connection.prepare(
            """
            SELECT \(ShopFreeze.columnList) FROM shop_freezes WHERE lifted_at IS NULL AND shop > ?
            ORDER BY shop LIMIT ?
            """
        )
        upsert = try connection.prepare(
            "INSERT OR REPLACE INTO shop_freezes (\(ShopFreeze.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
    }

    func freeze(of shop: MerchantID) throws(StoreError) -> ShopFreeze? {
        try select.first({ $0.add(shop) }) { columns throws(StoreError) in try ShopFreeze(&columns) }
    }

    func freezes(after: MerchantID?, limit: Int) throws(StoreError) -> [ShopFreeze] {
        try selectInForce.all({
            // Every id is behind no bytes at all.
            if let after { $0.add(after) } else { $0.add([] as [UInt8]) }
            $0.add(max(0, limit))
        }) { columns throws(StoreError) in try ShopFreeze(&columns) }
    }

    func write(_ changes: [RecordTable<MerchantID, ShopFreeze>.Change]) throws(StoreError) {
        for change in changes {
            guard let freeze = change.row else { throw .brokenRule("A freeze is lifted and never removed") }
            try upsert.run {
                $0.add(freeze.shop)
                $0.add(freeze.freezing.person.description)
                $0.add(freeze.freezing.at)
                $0.add(freeze.freezing.reason)
                $0.add(freeze.lifting?.person.description)
                $0.add(freeze.lifting?.at)
                $0.add(freeze.lifting?.reason)
            }
        }
    }
}

extension ShopFreeze {
    fileprivate static let columnList = "shop, frozen_by, frozen_at, reason, lifted_by, lifted_at, lift_reason"

    fileprivate init(_ columns: inout Columns) throws(StoreError) {
        let shop: MerchantID = try columns.id()
        guard let freezing = try columns.act() else { throw .unreadable("who froze a shop") }
        self.init(shop: shop, freezing: freezing, lifting: try columns.act())
    }
}

extension Columns {
    fileprivate mutating func act() throws(StoreError) -> ShopFreeze.Act? {
        let (person, at, reason) = (try optionalOperator(), optionalTimestamp(), try optionalText())
        guard let person, let at, let reason else { return nil }
        return ShopFreeze.Act(person: person, at: at, reason: reason)
    }
}
