/// Checks signatures that callers make with keys of their own.
package protocol SignatureChecker: Sendable {
    /// - Parameters:
    ///   - signature: 64 bytes (RFC 8032); any other count is not valid.
    ///   - publicKey: 32 bytes.
    func isValidEd25519(_ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool
}
