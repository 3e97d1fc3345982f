import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What payers have paid lately.
final class PayerTable {
    private let select: Statement
    private let upsert: Statement

    init(_ connection: borrowing Connection) throws(StoreError) {
        select = try connection.prepare("SELECT \(PayerTally.columnList) FROM payers WHERE payer = ?")
        upsert = try connection.prepare(
            "INSERT OR REPLACE INTO payers (\(PayerTally.columnList)) VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
    }

    func tally(_ payer: PayerKey) throws(StoreError) -> PayerTally? {
        try select.first({ $0.add(payer) }) { columns throws(StoreError) in try PayerTally(&columns) }
    }

    func write(_ changes: [RecordTable<PayerKey, PayerTally>.Change]) throws(StoreError) {
        for change in changes {
            guard let tally = change.row else { throw .brokenRule("A payer is not forgotten") }
            let purchases = PurchaseBytes.encode(tally.purchases)
            try upsert.run {
                $0.add(tally.payer)
                $0.add(tally.knownSince)
                $0.add(tally.newPayerYen)
                $0.add(tally.day)
                $0.add(tally.dayYen)
                $0.add(tally.dayPayments)
                $0.add(purchases)
            }
        }
    }
}

extension PayerTally {
    fileprivate static let columnList =
        "payer, known_since, new_payer_yen, day, day_yen, day_payments, purchases"

    fileprivate init(_ columns: inout Columns) throws(StoreError) {
        self.init(
            payer: try columns.id(),
            knownSince: columns.timestamp(),
            newPayerYen: columns.int64(),
            day: columns.int(),
            dayYen: columns.int64(),
            dayPayments: columns.int(),
            purchases: try PurchaseBytes.decode(columns.bytes())
        )
    }
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
