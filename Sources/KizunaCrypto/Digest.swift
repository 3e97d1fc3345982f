import COpenSSL

/// Hashes of whole messages.
package enum Digest {
    /// SHA-256 (FIPS 180-4): 32 bytes.
    package static func sha256(_ message: [UInt8]) -> [UInt8] { DigestAlgorithm.sha256.digest(of: message) }

    /// MD5 (RFC 1321): 16 bytes. It resists nobody; it is here because Bakong names a code by the MD5 of its text.
    package static func md5(_ message: [UInt8]) -> [UInt8] { DigestAlgorithm.md5.digest(of: message) }
}

/// A hash function, looked up in OpenSSL's providers once.
///
/// The look-up walks the providers under a lock and costs more than hashing a short message does.
final class DigestAlgorithm: @unchecked Sendable {
    // Sendable because an `EVP_MD` never changes after the look-up, and OpenSSL lets any thread use it.
    let handle: OpaquePointer
    let byteCount: Int

    static let sha256 = DigestAlgorithm(required: "SHA2-256")
    static let md5 = DigestAlgorithm(required: "MD5")

    /// - Throws: ``CryptoError`` with `algorithmMissing`.
    init(named name: String) throws(CryptoError) {
        guard let handle = EVP_MD_fetch(nil, name, nil) else { throw .last(.algorithmMissing) }
        self.handle = handle
        self.byteCount = Int(EVP_MD_get_size(handle))
    }

    private convenience init(required name: String) {
        do {
            try self.init(named: name)
        } catch {
            preconditionFailure("Kizuna cannot run without \(name): \(error)")
        }
    }

    deinit { EVP_MD_free(handle) }

    func digest(of message: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            let code = EVP_Digest(message, message.count, buffer.baseAddress, nil, handle, nil)
            require(code == 1, "hash a message")
            count = byteCount
        }
    }
}
