import KizunaPayments
import KizunaSwitch

/// How often shops are paid.
final class ShopPaceTable {
    private let select: Statement
    private let upsert: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        select = try connection.prepare(
            "SELECT merchant, day, today, usual_sixteenths FROM shop_paces WHERE merchant = ?"
        )
        upsert = try connection.prepare("INSERT OR REPLACE INTO shop_paces VALUES (?, ?, ?, ?)")
    }

    func pace(_ merchant: MerchantID) throws(StoreError) -> ShopPace? {
        try select.first({ $0.add(merchant) }) { columns throws(StoreError) in
            ShopPace(
                merchant: try columns.id(),
                day: columns.int(),
                today: columns.int64(),
                usualSixteenths: columns.int64()
            )
        }
    }

    func write(_ changes: [RecordTable<MerchantID, ShopPace>.Change]) throws(StoreError) {
        for change in changes {
            guard let pace = change.row else { throw .brokenRule("A shop's pace is not forgotten") }
            try upsert.run {
                $0.add(pace.merchant)
                $0.add(pace.day)
                $0.add(pace.today)
                $0.add(pace.usualSixteenths)
            }
        }
    }
}
