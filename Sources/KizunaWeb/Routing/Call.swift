package import KizunaLedger
package import KizunaPayments
package import KizunaSwitch

/// A request that has found its operation.
package struct Call: Sendable {
    package let request: HTTPRequest
    package let parameters: PathParameters
    /// The body's JSON; null where the operation takes none.
    package let body: JSON
    /// The table in which the operation was found.
    package let routes: [Route]
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

/// A call from a person who works for the switch, known by a key.
package struct PersonCall: Sendable {
    package let person: OperatorID
    package let parameters: PathParameters
    package let query: Query
    /// The body's JSON; null for methods without a body.
    package let body: JSON
}
