import COpenSSL

/// Comparisons whose duration says nothing about where two secrets differ.
package enum ConstantTime {
    /// Whether two byte strings are the same. Only their lengths may show in the time it takes.
    package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
