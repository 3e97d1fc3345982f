package import KizunaLedger
package import KizunaSwitch

/// A request that has found its operation.
package struct Call: Sendable {
    package let request: HTTPRequest
    package let parameters: PathParameters
}

/// A call from a participant, known by its key, with a body that has been read.
package struct ParticipantCall: Sendable {
    package let participant: ParticipantID
    package let request: HTTPRequest
    package let parameters: PathParameters
    package let query: Query
    /// The body's JSON; null for methods without a body.
    package let body: JSON
    package let idempotency: IdempotencyToken?
}
