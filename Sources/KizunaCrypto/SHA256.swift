import COpenSSL

/// SHA-256 of a message that comes in parts; made once and used for many messages.
///
/// The journal's chain hashes every group with one of these, without an allocation in OpenSSL.
package struct SHA256: ~Copyable, @unchecked Sendable {
    // Sendable because the context has exactly one owner and moves with it.
    private let context: OpaquePointer

    package static let byteCount = 32

    package init() {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("OpenSSL could not allocate a hash context") }
        self.context = context
        begin()
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Appends to the message.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        require(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "take part of a message")
    }

    /// Appends to the message.
    package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// Appends the text's UTF-8 bytes to the message.
    package mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// Ends the message, gives its hash (32 bytes) and begins the next one.
    package mutating func finish() -> [UInt8] {
        let hash = [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
            require(EVP_DigestFinal_ex(context, buffer.baseAddress, nil) == 1, "finish a hash")
            count = Self.byteCount
        }
        begin()
        return hash
    }

    private func begin() {
        require(EVP_DigestInit_ex2(context, DigestAlgorithm.sha256.handle, nil) == 1, "begin a hash")
    }
}
