import KizunaLedger
import KizunaMoney
package import KizunaPayments

/// The SHA-256 that names a payment at a KHQR to Bakong's clients, over what its commit made final.
///
/// Its first eight digits are the short hash on receipts, and its first eight bytes what stores look it up by.
package struct PaymentHash: Sendable, Hashable {
    /// 32 bytes.
    package let bytes: [UInt8]

    package init(of payment: Payment, digester: any Digester) { bytes = digester.sha256(payment.commitRecord) }

    /// 64 hexadecimal digits in lower case.
    package var hexadecimal: String {
        [0, 16].map { UniqueID(bytes: bytes[$0..<$0 + 16]).compact }.joined()
    }

    /// The first eight bytes as one number, the first of them highest; hashes of one short hash stand side by side.
    package var prefix: Int64 { Int64(bitPattern: UniqueID(bytes: bytes[..<16]).high) }

    /// The prefixes of all hashes that begin with these digits, 1 to 16 of them; `nil` for other texts.
    package static func prefixes(beginningWith digits: some StringProtocol) -> ClosedRange<Int64>? {
        guard 1...16 ~= digits.utf8.count,
            digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let start = UInt64(digits, radix: 16)
        else { return nil }
        let open = UInt64((16 - digits.utf8.count) * 4)
        let rest: UInt64 = open == 0 ? 0 : .max >> (64 - open)
        return Int64(bitPattern: start << open)...Int64(bitPattern: start << open | rest)
    }
}

extension Payment {
    /// Whether the shop's code is a KHQR: its scheme knows riel and dollars, the other one yen.
    package var isAtKHQR: Bool { price.merchantAmount.currency != .jpy }

    /// Whether a commit that makes this of it is the one by which the shop has its money, at a KHQR: then a store keeps
    /// its hash.
    package func needsHash(after stored: Payment?) -> Bool {
        isAtKHQR && state.isPaid && stored?.state.isPaid != true
    }

    /// What never changes about a payment, in one fixed form.
    fileprivate var commitRecord: [UInt8] {
        let fields = [
            "kizuna payment", id.description, uetr.description, quote.description, code.description,
            merchant.description, issuer.description, acquirer.description, provider.description,
            "\(price.merchantAmount.minorUnits)", price.merchantAmount.currency.code, "\(submittedAt.milliseconds)",
        ]
        return Array(fields.joined(separator: "\n").utf8)
    }
}
