public import KizunaLedger

/// An id of one kind of thing, so that no two kinds can be mixed up.
public struct Identifier<Subject>: Sendable, WordHashed, Comparable, LosslessStringConvertible {
    public let value: UniqueID

    /// The id itself.
    public var hashWords: (high: UInt64, low: UInt64) { value.hashWords }

    public init(_ value: UniqueID) { self.value = value }

    /// Accepts 32 hexadecimal digits, with the hyphens of RFC 9562 or without.
    public init?(_ text: String) {
        guard let value = UniqueID(text) else { return nil }
        self.value = value
    }

    public var description: String { value.description }

    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// What a ``UETR`` stands for: the payment as all banks on its way see it.
public enum EndToEndTransaction {}

/// What a ``CodeDigest`` stands for.
public enum ScannedCodeText {}

/// The MD5 of a code's text, exactly as scanned: what Bakong's own clients know a dynamic KHQR by (`qr.md` 3.6).
public typealias CodeDigest = Identifier<ScannedCodeText>

/// What a ``PayerKey`` stands for.
public enum PayerAccount {}

/// A payer, by a digest of its issuer and of its account there: an account itself is no key.
public typealias PayerKey = Identifier<PayerAccount>

/// Names a payment; version 7, so that payments sort by time.
public typealias PaymentID = Identifier<Payment>
/// Names a quote; version 4, so that nobody can guess another issuer's.
public typealias QuoteID = Identifier<Quote>
/// Names a resolution; version 7.
public typealias ResolutionID = Identifier<Resolution>
/// Names a refund; version 7.
public typealias RefundID = Identifier<Refund>
/// Names a registered shop; version 7.
public typealias MerchantID = Identifier<Merchant>

/// The Unique End-to-end Transaction Reference of ISO 20022: a version 4 UUID, the same across all hops.
public typealias UETR = Identifier<EndToEndTransaction>
