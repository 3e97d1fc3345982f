import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What payers have paid lately. Two payments of one payer at two nodes must both count.
extension Table where Key == PayerKey, Row == PayerTally {
    static let payers = Table(
        "payers",
        keys: [Column("payer", .uuid) { $0.add($1) }],
        changing: [
            Column("known_since", .int8, isCompared: false) { $0.add($1.knownSince) },
            Column("new_payer_yen", .int8) { $0.add($1.newPayerYen) },
            Column("day", .int8) { $0.add($1.day) },
            Column("day_yen", .int8) { $0.add($1.dayYen) },
            Column("day_payments", .int8) { $0.add($1.dayPayments) },
            Column("purchases", .bytea, isCompared: false) { $0.add(PurchaseBytes.encode($1.purchases)) },
        ]
    )
}

extension Lookup where Key == PayerKey, Row == PayerTally {
    static let payers = Lookup(
        Query(
            "payer, known_since, new_payer_yen, day, day_yen, day_payments, purchases",
            from: "payers"
        ) { columns, _ throws(StoreError) in
            PayerTally(
                payer: try columns.id(),
                knownSince: columns.timestamp(),
                newPayerYen: columns.int64(),
                day: columns.int(),
                dayYen: columns.int64(),
                dayPayments: columns.int(),
                purchases: try PurchaseBytes.decode(columns.bytes())
            )
        },
        by: [Column("payer", .uuid) { $0.add($1) }],
        matching: ["payer"]
    ) { $0.payer }
}

/// Purchases side by side: the shop's id in 16 bytes, minor units in 8, the currency in 2, the moment in 8; highest byte
/// first.
private enum PurchaseBytes {
    static let size = 34

    static func encode(_ purchases: [PayerTally.Purchase]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(purchases.count * size)
        for purchase in purchases {
            append(purchase.merchant.value.high, to: &bytes)
            append(purchase.merchant.value.low, to: &bytes)
            append(UInt64(bitPattern: purchase.amount.minorUnits), to: &bytes)
            append(UInt16(purchase.amount.currency.numeric), to: &bytes)
            append(UInt64(bitPattern: purchase.at.milliseconds), to: &bytes)
        }
        return bytes
    }

    static func decode(_ bytes: [UInt8]) throws(StoreError) -> [PayerTally.Purchase] {
        guard bytes.count.isMultiple(of: size) else { throw .unreadable("purchases") }
        var purchases: [PayerTally.Purchase] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            let number = { (offset: Int, count: Int) in
                bytes[(start + offset)..<(start + offset + count)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            guard let currency = Currency(numeric: Int(number(24, 2))) else { throw .unreadable("a currency") }
            purchases.append(
                PayerTally.Purchase(
                    merchant: MerchantID(UniqueID(high: number(0, 8), low: number(8, 8))),
                    amount: Money(minorUnits: Int64(bitPattern: number(16, 8)), currency: currency),
                    at: Timestamp(milliseconds: Int64(bitPattern: number(26, 8)))
                )
            )
        }
        return purchases
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
