/// What can be wrong with a request before the switch has seen it.
///
/// What the switch itself refuses has the codes of `RefusalCode`.
package enum RequestFault: String, Sendable, Hashable, CaseIterable {
    /// The head of the request, its path or its query is not spelt as it must be.
    case malformedRequest = "malformed_request"
    case malformedJSON = "malformed_json"
    case idempotencyKeyMissing = "idempotency_key_missing"
    case idempotencyKeyInvalid = "idempotency_key_invalid"
    case unauthorized
    case methodNotAllowed = "method_not_allowed"
    case payloadTooLarge = "payload_too_large"
    case targetTooLong = "target_too_long"
    case headTooLarge = "head_too_large"
    case unsupportedMediaType = "unsupported_media_type"
    case unknownField = "unknown_field"
    case fieldInvalid = "field_invalid"
    /// The caller calls more often than it may.
    case rateLimited = "rate_limited"
    /// Too much is waiting; this was not begun.
    case overloaded
    /// The server ended before the answer was there.
    case interrupted
    /// The store could not say, or could not write.
    case storeUnavailable = "store_unavailable"
}
