package import KizunaSwitch

/// A participant's key to the API: `kz_`, or `kz_test_` for a sandbox, and 43 characters that stand for 256 random bits.
///
/// Only the SHA-256 of the text is stored. With that many random bits there is nothing to guess, so a slow password
/// hash would protect nothing and cost every request.
package enum APIKey {
    private static let byteCount = 32

    /// A new key's text, to be shown once, and the hash to store.
    package static func generate(
        for environment: Environment = .live,
        using random: inout some RandomNumberGenerator
    ) -> (text: String, sha256: [UInt8]) {
        var bytes = [UInt8]()
        bytes.reserveCapacity(byteCount)
        while bytes.count < byteCount {
            withUnsafeBytes(of: random.next().bigEndian) { bytes.append(contentsOf: $0) }
        }
        let text = KizunaSwitch.APIKey.prefix(in: environment) + Base64.url.encode(bytes)
        return (text, Digest.sha256(Array(text.utf8)))
    }

    /// The hash under which a presented key is looked up; nothing for a text that no key has.
    package static func sha256(of text: String) -> [UInt8]? {
        let prefix = KizunaSwitch.APIKey.prefix(in: KizunaSwitch.APIKey.environment(ofText: text))
        guard text.hasPrefix(prefix), Base64.url.decode(String(text.dropFirst(prefix.count)))?.count == byteCount
        else { return nil }
        return Digest.sha256(Array(text.utf8))
    }
}
