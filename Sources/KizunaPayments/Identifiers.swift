public import KizunaLedger

/// An id of one kind of thing, so that no two kinds can be mixed up.
public struct Identifier<Subject>: Sendable, Hashable, Comparable, LosslessStringConvertible {
    public let value: UniqueID

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

public typealias PaymentID = Identifier<Payment>
public typealias QuoteID = Identifier<Quote>
public typealias ResolutionID = Identifier<Resolution>
public typealias RefundID = Identifier<Refund>
public typealias MerchantID = Identifier<Merchant>

/// The Unique End-to-end Transaction Reference of ISO 20022: a version 4 UUID, the same across all hops.
public typealias UETR = Identifier<EndToEndTransaction>
