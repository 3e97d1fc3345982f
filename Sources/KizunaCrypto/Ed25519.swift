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

extension Ed25519 {
    /// The private half of a key: 32 random bytes, the seed of RFC 8032.
    package struct PrivateKey: Sendable {
        private let seed: [UInt8]

        /// - Returns: `nil` for anything but 32 bytes.
        package init?(seed: [UInt8]) {
            guard seed.count == 32 else { return nil }
            self.seed = seed
        }

        package init(using random: inout some RandomNumberGenerator) {
            seed = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
        }

        /// 32 bytes.
        package var publicKey: [UInt8] {
            withKey { key in
                var (bytes, count) = ([UInt8](repeating: 0, count: publicKeyByteCount), publicKeyByteCount)
                precondition(EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1, "OpenSSL has no public half")
                return bytes
            }
        }

        /// The signature over a message, 64 bytes.
        package func sign(_ message: [UInt8]) -> [UInt8] {
            withKey { key in
                guard let context = EVP_MD_CTX_new() else {
                    preconditionFailure("OpenSSL could not allocate a digest context")
                }
                defer { EVP_MD_CTX_free(context) }
                var (bytes, count) = ([UInt8](repeating: 0, count: signatureByteCount), signatureByteCount)
                let isSigned =
                    EVP_DigestSignInit_ex(context, nil, nil, nil, nil, key, nil) == 1
                    && EVP_DigestSign(context, &bytes, &count, message, message.count) == 1
                precondition(isSigned, "OpenSSL could not sign")
                return bytes
            }
        }

        private func withKey<Answer>(_ body: (OpaquePointer) -> Answer) -> Answer {
            guard let key = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, seed.count) else {
                preconditionFailure("OpenSSL could not make a key of 32 bytes")
            }
            defer { EVP_PKEY_free(key) }
            return body(key)
        }
    }
}

/// Checks the signatures of requests by OpenSSL.
package struct OpenSSLSignatureChecker: SignatureChecker {
    package init() {}

    package func isValidEd25519(_ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool {
        Ed25519.isValid(signature, of: message, publicKey: publicKey)
    }
}
