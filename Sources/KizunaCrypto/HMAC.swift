import COpenSSL

/// Keyed hashes of whole messages (RFC 2104).
package enum HMAC {
    /// HMAC-SHA-256: 32 bytes. A key may have any length, an empty one included.
    ///
    /// - Parameter message: the parts of one message, in their order.
    package static func sha256(key: [UInt8], message: [UInt8]...) -> [UInt8] {
        let context = MACContext(.sha256, key: key)
        for part in message { context.update(part) }
        return context.finish(byteCount: SHA256.byteCount)
    }

    /// HMAC-SHA-1: 20 bytes. Only for codes of authenticators, which are defined by it.
    static func sha1(key: [UInt8], message: [UInt8]) -> [UInt8] {
        let context = MACContext(.sha1, key: key)
        context.update(message)
        return context.finish(byteCount: 20)
    }
}

/// A message authentication code, looked up in OpenSSL's providers once.
final class MACAlgorithm: @unchecked Sendable {
    // Sendable because an `EVP_MAC` never changes after the look-up, and OpenSSL lets any thread use it.
    let handle: OpaquePointer

    static let hmac = MACAlgorithm(required: "HMAC")

    /// - Throws: ``CryptoError`` with `algorithmMissing`.
    init(named name: String) throws(CryptoError) {
        guard let handle = EVP_MAC_fetch(nil, name, nil) else { throw .last(.algorithmMissing) }
        self.handle = handle
    }

    private convenience init(required name: String) {
        do {
            try self.init(named: name)
        } catch {
            preconditionFailure("Kizuna cannot run without \(name): \(error)")
        }
    }

    deinit { EVP_MAC_free(handle) }
}

/// What the computations over one digest are copied from: OpenSSL looks a digest up for every context that is told its
/// name, and that was a good part of what a short message cost.
private final class MACTemplate: @unchecked Sendable {
    // Sendable because nothing changes the context after `init`, and copying it only reads.
    let handle: OpaquePointer

    static let sha256 = MACTemplate(digest: "SHA2-256")
    static let sha1 = MACTemplate(digest: "SHA1")

    private init(digest: String) {
        guard let handle = EVP_MAC_CTX_new(MACAlgorithm.hmac.handle) else {
            preconditionFailure("OpenSSL could not allocate a MAC context")
        }
        self.handle = handle
        // A context can be copied once it has a key, whichever.
        require(kizuna_mac_begin(handle, [], 0, digest) == 1, "begin a MAC")
    }
}

/// One computation of a message authentication code.
private struct MACContext: ~Copyable {
    private let handle: OpaquePointer

    init(_ template: MACTemplate, key: [UInt8]) {
        guard let handle = EVP_MAC_CTX_dup(template.handle) else {
            preconditionFailure("OpenSSL could not allocate a MAC context")
        }
        self.handle = handle
        // The empty array still has an address, without which OpenSSL would look for an earlier key.
        require(EVP_MAC_init(handle, key, key.count, nil) == 1, "begin a MAC")
    }

    deinit { EVP_MAC_CTX_free(handle) }

    func update(_ message: [UInt8]) {
        require(EVP_MAC_update(handle, message, message.count) == 1, "take part of a message")
    }

    func finish(byteCount: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
            require(EVP_MAC_final(handle, buffer.baseAddress, &count, byteCount) == 1, "finish a MAC")
        }
    }
}
