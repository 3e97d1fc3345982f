package import KizunaLedger
package import KizunaSwitch

/// Signs what the switch sends, so that a receiver knows that it comes from the switch (Standard Webhooks).
package protocol MessageSigner: Sendable {
    /// One signature, as `webhook-signature` holds it.
    ///
    /// - Parameters:
    ///   - id: the value of `webhook-id`; stays the same when a message is sent again.
    ///   - timestampSeconds: the value of `webhook-timestamp`, in seconds since 1970.
    ///   - body: exactly what is sent.
    func signature(id: String, timestampSeconds: Int64, body: [UInt8], with secret: SigningSecret) -> String

    /// The secret as its receiver needs it: `whsec_` and base64.
    func text(of secret: SigningSecret) -> String
}

extension MessageSigner {
    /// A signature to a participant itself.
    func signature(id: String, timestampSeconds: Int64, body: [UInt8], for participant: ParticipantID) -> String {
        signature(
            id: id,
            timestampSeconds: timestampSeconds,
            body: body,
            with: SigningSecret(of: participant)
        )
    }
}

/// Names a secret that the switch and one receiver share.
package struct SigningSecret: Sendable, Hashable {
    /// What the secret is derived from besides the switch's own; no two receivers have the same.
    package let name: String

    /// A participant's, for what comes to its own endpoint.
    package init(of participant: ParticipantID) { name = participant.description }

    /// A webhook's, of which there is a new one at each rotation.
    package init(of webhook: Webhook, number: Int, participant: ParticipantID) {
        // No participant's id holds a slash.
        name = "\(participant)/\(webhook.id)/\(number)"
    }
}
