package import KizunaLedger

/// Signs what the switch sends, so that a participant knows that it comes from the switch (Standard Webhooks).
package protocol MessageSigner: Sendable {
    /// The value of `webhook-signature`.
    ///
    /// - Parameters:
    ///   - id: the value of `webhook-id`; stays the same when a message is sent again.
    ///   - timestampSeconds: the value of `webhook-timestamp`, in seconds since 1970.
    ///   - body: exactly what is sent.
    func signature(id: String, timestampSeconds: Int64, body: [UInt8], for participant: ParticipantID) -> String
}
