import KizunaSwitch

/// Signatures of Standard Webhooks 1.0, scheme `v1`: HMAC-SHA-256 over `id.timestamp.body`.
package enum WebhookSignature {
    /// Why a delivery is not believed.
    package enum Refusal: Error, Sendable, Hashable {
        case tooOld
        case tooNew
        /// No signature in the header is one of ours for this delivery.
        case noMatch
    }

    /// How far a delivery's timestamp may lie from our clock, either way: Standard Webhooks' own five minutes, long
    /// enough for clocks that drift and short enough that a captured delivery is soon worth nothing.
    package static let toleranceSeconds: Int64 = 300

    /// Signatures that are looked at in one header: receivers rotate between two keys, and a header full of guesses
    /// must not buy their sender work.
    package static let mostSignatures = 8

    /// The value for the `webhook-signature` header.
    ///
    /// - Parameters:
    ///   - id: the value of `webhook-id`; it stays the same when a delivery is repeated.
    ///   - timestampSeconds: the value of `webhook-timestamp`, in seconds since 1970.
    package static func sign(
        id: String,
        timestampSeconds: Int64,
        body: [UInt8],
        secret: WebhookSecret
    ) -> String {
        let code = authenticate(id: id, timestampSeconds: timestampSeconds, body: body, secret: secret)
        return "v1,\(Base64.standard.encode(code))"
    }

    /// Believes a delivery, or says why not.
    ///
    /// - Parameter header: the value of `webhook-signature`: signatures with spaces between them, of which one has to
    ///   match; those of other schemes are passed over.
    /// - Throws: ``Refusal``.
    package static func verify(
        _ header: String,
        id: String,
        timestampSeconds: Int64,
        body: [UInt8],
        secret: WebhookSecret,
        nowSeconds: Int64
    ) throws(Refusal) {
        let (age, overflow) = nowSeconds.subtractingReportingOverflow(timestampSeconds)
        guard !overflow else { throw nowSeconds > timestampSeconds ? .tooOld : .tooNew }
        guard age <= toleranceSeconds else { throw .tooOld }
        guard age >= -toleranceSeconds else { throw .tooNew }
        let expected = authenticate(id: id, timestampSeconds: timestampSeconds, body: body, secret: secret)
        let signatures = header.split(separator: " ", maxSplits: mostSignatures).prefix(mostSignatures)
        for signature in signatures where signature.hasPrefix("v1,") {
            guard let code = Base64.standard.decode(String(signature.dropFirst(3))) else { continue }
            if ConstantTime.equal(code, expected) { return }
        }
        throw .noMatch
    }

    private static func authenticate(
        id: String,
        timestampSeconds: Int64,
        body: [UInt8],
        secret: WebhookSecret
    ) -> [UInt8] {
        HMAC.sha256(key: secret.key, message: Array("\(id).\(timestampSeconds).".utf8), body)
    }
}
