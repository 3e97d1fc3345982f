import KizunaSwitch

/// The key that signs the webhooks to one receiver, in the form of Standard Webhooks: `whsec_` and base64.
///
/// Prints without its key.
package struct WebhookSecret: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    let key: [UInt8]

    private static let prefix = "whsec_"
    /// What Standard Webhooks 1.0 allows: between 192 and 512 bits.
    package static let keyByteCounts = 24...64

    /// Accepts `whsec_` and the padded base64 of 24 to 64 bytes.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix),
            let key = Base64.standard.decode(String(text.dropFirst(Self.prefix.count))),
            Self.keyByteCounts.contains(key.count)
        else { return nil }
        self.key = key
    }

    /// A new secret of 256 random bits.
    package static func generate(using random: inout some RandomNumberGenerator) -> WebhookSecret {
        WebhookSecret(
            key: (0..<4).flatMap { _ in withUnsafeBytes(of: random.next().bigEndian) { Array($0) } }
        )
    }

    /// The secret of one receiver, derived from a master secret so that only that one is kept (HMAC-SHA-256).
    package func derived(for receiver: String) -> WebhookSecret {
        WebhookSecret(key: HMAC.sha256(key: key, message: Array("webhook:\(receiver)".utf8)))
    }

    private init(key: [UInt8]) { self.key = key }

    /// The text to hand to the receiver.
    package var text: String { Self.prefix + Base64.standard.encode(key) }

    package var description: String { "whsec_…" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
