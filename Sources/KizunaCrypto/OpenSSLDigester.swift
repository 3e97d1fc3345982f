import KizunaSwitch

/// The switch's digests by OpenSSL.
package struct OpenSSLDigester: Digester {
    package init() {}

    package func sha256(_ bytes: [UInt8]) -> [UInt8] { Digest.sha256(bytes) }
    package func md5(_ bytes: [UInt8]) -> [UInt8] { Digest.md5(bytes) }
}
