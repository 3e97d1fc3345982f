import COpenSSL
import Foundation

/// What a PEM file says of a caller's public side.
package enum PEM {
    /// A certificate as it is bound to a participant.
    package struct Certificate: Sendable, Hashable {
        /// The SHA-256 of its DER, 32 bytes.
        package let fingerprint: [UInt8]
        /// In seconds since 1970.
        package let notAfterSeconds: Int64
    }

    // The callback says that there is no password: without it OpenSSL asks for an encrypted file's at the terminal.

    /// The first certificate of a file; `nil` for anything else.
    package static func certificate(_ text: [UInt8]) -> Certificate? {
        let certificate = reading(text) { PEM_read_bio_X509($0, nil, { _, _, _, _ in 0 }, nil) }
        guard let certificate else { return nil }
        defer { X509_free(certificate) }
        var (bytes, count): ([UInt8], UInt32) = (Array(repeating: 0, count: Digest.sha256([]).count), 0)
        var end = tm()
        guard X509_digest(certificate, DigestAlgorithm.sha256.handle, &bytes, &count) == 1,
            ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) == 1
        else { return nil }
        return Certificate(fingerprint: bytes, notAfterSeconds: Int64(timegm(&end)))
    }

    /// The Ed25519 public key of a file, 32 bytes; `nil` for anything else.
    package static func ed25519PublicKey(_ text: [UInt8]) -> [UInt8]? {
        guard let key = reading(text, { PEM_read_bio_PUBKEY($0, nil, { _, _, _, _ in 0 }, nil) }) else { return nil }
        defer { EVP_PKEY_free(key) }
        guard EVP_PKEY_is_a(key, "ED25519") == 1 else { return nil }
        var (bytes, count) = ([UInt8](repeating: 0, count: Ed25519.publicKeyByteCount), Ed25519.publicKeyByteCount)
        guard EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1, count == bytes.count else { return nil }
        return bytes
    }

    /// Whether a file holds the private key of the first certificate of another; `nil` where it holds no key, or one
    /// that is behind a password.
    package static func isKey(_ key: [UInt8], of certificate: [UInt8]) -> Bool? {
        guard let key = reading(key, { PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in 0 }, nil) }) else { return nil }
        defer { EVP_PKEY_free(key) }
        let certificate = reading(certificate) { PEM_read_bio_X509($0, nil, { _, _, _, _ in 0 }, nil) }
        guard let certificate else { return false }
        defer { X509_free(certificate) }
        let fits = X509_check_private_key(certificate, key) == 1
        if !fits { ERR_clear_error() }
        return fits
    }

    private static func reading(_ text: [UInt8], _ read: (OpaquePointer) -> OpaquePointer?) -> OpaquePointer? {
        guard let source = BIO_new_mem_buf(text, Int32(clamping: text.count)) else {
            preconditionFailure("OpenSSL could not allocate a buffer")
        }
        defer { BIO_free(source) }
        let found = read(source)
        if found == nil { ERR_clear_error() }
        return found
    }
}
