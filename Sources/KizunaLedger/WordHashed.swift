/// A key of two machine words that is looked up many times a payment.
///
/// Dictionaries find it by one multiplication instead of the sixteen rounds of SipHash. What the words are mixed with is
/// drawn anew in every process, so that nobody outside can choose ids that all fall on one place.
public protocol WordHashed: Hashable {
    /// Equal for equal keys, and nearly always different for different ones.
    var hashWords: (high: UInt64, low: UInt64) { get }
}

extension WordHashed {
    public func hash(into hasher: inout Hasher) {
        let words = hashWords
        hasher.combine(words.high)
        hasher.combine(words.low)
    }

    /// What the standard library's dictionaries and sets ask, each with a seed of its own.
    @inlinable
    public func _rawHashValue(seed: Int) -> Int {
        let words = hashWords
        let secret = HashSecret.ofThisProcess
        let product = (words.high ^ secret.high)
            .multipliedFullWidth(by: words.low ^ secret.low ^ UInt64(truncatingIfNeeded: seed))
        return Int(truncatingIfNeeded: product.high ^ product.low)
    }
}

/// Two words that nobody outside the process knows.
@usableFromInline
struct HashSecret: Sendable {
    @usableFromInline let high: UInt64
    @usableFromInline let low: UInt64

    /// Drawn through the standard library's own hash, whose key is new in every process.
    @usableFromInline static let ofThisProcess = HashSecret(high: word(1), low: word(2))

    private static func word(_ number: Int) -> UInt64 { UInt64(bitPattern: Int64(number.hashValue)) | 1 }
}
