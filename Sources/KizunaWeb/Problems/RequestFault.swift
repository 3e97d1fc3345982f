/// What can be wrong with a request before the switch has seen it.
///
/// What the switch itself refuses has the codes of `RefusalCode`.
package enum RequestFault: String, Sendable, Hashable, CaseIterable {
    /// The path or the query is not spelt as a URL is.
    case malformedRequest = "malformed_request"
    case malformedJSON = "malformed_json"
    case idempotencyKeyMissing = "idempotency_key_missing"
    case idempotencyKeyInvalid = "idempotency_key_invalid"
    case unauthorized
    case methodNotAllowed = "method_not_allowed"
    case payloadTooLarge = "payload_too_large"
    case unsupportedMediaType = "unsupported_media_type"
    case unknownField = "unknown_field"
    case fieldInvalid = "field_invalid"
    /// Too much is waiting; this was not begun.
    case overloaded
    /// The store could not say, or could not write.
    case storeUnavailable = "store_unavailable"
}
