package import KizunaMoney

/// What time it is: the machine's clock, or a test's.
package protocol Clock: Sendable {
    func now() -> Timestamp
}

/// Digests of bytes, for codes, fingerprints and the journal's chain.
package protocol Digester: Sendable {
    /// 32 bytes.
    func sha256(_ bytes: [UInt8]) -> [UInt8]
    /// 16 bytes; for Bakong's references only, never for secrecy.
    func md5(_ bytes: [UInt8]) -> [UInt8]
}
