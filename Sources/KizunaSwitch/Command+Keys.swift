package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// A new key to the API.
package struct AddAPIKey: Sendable, Hashable {
    package var owner: APIKey.Owner
    package var kind: APIKey.Kind
    /// 32 bytes; see ``APIKey/Kind``.
    package var digest: [UInt8]
    package var grants: Grants
    package var expiresAt: Timestamp?

    package init(
        owner: APIKey.Owner,
        kind: APIKey.Kind = .secret,
        digest: [UInt8],
        grants: Grants,
        expiresAt: Timestamp? = nil
    ) {
        self.owner = owner
        self.kind = kind
        self.digest = digest
        self.grants = grants
        self.expiresAt = expiresAt
    }

    /// A participant's secret that may do everything of a participant's.
    package init(participant: ParticipantID, digest: [UInt8]) {
        self.init(owner: .participant(participant), digest: digest, grants: .ofParticipants)
    }

    /// A person's secret in every role.
    package init(person: OperatorID, digest: [UInt8]) {
        self.init(owner: .person(person), digest: digest, grants: .ofPersons)
    }
}
