import COpenSSL
import KizunaSwitch

/// Signatures by Ed25519 (RFC 8032).
package enum Ed25519 {
    package static let publicKeyByteCount = 32
    package static let signatureByteCount = 64

    /// Whether a signature over a message was made with the private half of a key.
    ///
    /// - Parameter publicKey: 32 bytes; for anything that is no key, no signature is valid.
    package static func isValid(_ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool {
        guard signature.count == signatureByteCount, publicKey.count == publicKeyByteCount,
            let key = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, publicKey, publicKey.count)
        else { return false }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("OpenSSL could not allocate a digest context") }
        defer { EVP_MD_CTX_free(context) }
        let isValid =
            EVP_DigestVerifyInit_ex(context, nil, nil, nil, nil, key, nil) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        // What OpenSSL says about a wrong signature is no news to the next who asks it for an error.
        if !isValid { ERR_clear_error() }
        return isValid
    }
}

/// Checks the signatures of requests by OpenSSL.
package struct OpenSSLSignatureChecker: SignatureChecker {
    package init() {}

    package func isValidEd25519(_ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool {
        Ed25519.isValid(signature, of: message, publicKey: publicKey)
    }
}
