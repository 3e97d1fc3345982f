import KizunaLedger
import KizunaMoney
package import KizunaPayments

/// Purchases side by side, as every store keeps them in a payer's row: the shop's id in 16 bytes, minor units in 8, the
/// currency in 2, the moment in 8; highest byte first.
package enum PurchaseBytes {
    private static let size = 34

    package static func encode(_ purchases: [PayerTally.Purchase]) -> [UInt8] {
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

    /// - Throws: ``StoreError/Code/corrupt`` for bytes that no store has written.
    package static func decode(_ bytes: [UInt8]) throws(StoreError) -> [PayerTally.Purchase] {
        guard bytes.count.isMultiple(of: size) else { throw unreadable("purchases") }
        var purchases: [PayerTally.Purchase] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            let number = { (offset: Int, count: Int) in
                bytes[(start + offset)..<(start + offset + count)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            guard let currency = Currency(numeric: Int(number(24, 2))) else { throw unreadable("a currency") }
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

    private static func unreadable(_ what: String) -> StoreError {
        StoreError(.corrupt, "A payer's row holds \(what) that cannot be read: restore a backup.")
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
