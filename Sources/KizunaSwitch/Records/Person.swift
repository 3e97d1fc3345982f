package import KizunaMoney
package import KizunaPayments

/// Somebody who works for the switch and signs in to its pages.
package struct Person: Sendable, Hashable {
    package enum Standing: Int, Sendable, Hashable, CaseIterable {
        case active = 1
        /// Signs in no more, and whose sessions have ended.
        case suspended = 2
    }

    /// As much as ISO 20022 has for a name (Max140Text), halved.
    package static let longestName = 70

    package let id: OperatorID
    /// What colleagues call the person: 1 to ``longestName`` characters.
    package let name: String
    /// What the person may do: some of ``Grants/ofPersons``.
    package var roles: Grants
    package var standing: Standing
    /// What ``CredentialChecker`` makes of the password; the password itself is kept nowhere.
    package var passwordHash: String
    /// What the person's authenticator makes its codes of (RFC 6238).
    package var authenticatorKey: [UInt8]
    /// The time step of the last code that was taken, in 30 s since 1970: no code is good twice. 0 before the first.
    package var lastStep: Int64
    package let createdAt: Timestamp
    /// Sessions from before are void: what the person shows or may do has changed since.
    package var changedAt: Timestamp

    package init(
        id: OperatorID,
        name: String,
        roles: Grants,
        standing: Standing = .active,
        passwordHash: String,
        authenticatorKey: [UInt8],
        lastStep: Int64 = 0,
        createdAt: Timestamp,
        changedAt: Timestamp
    ) {
        self.id = id
        self.name = name
        self.roles = roles
        self.standing = standing
        self.passwordHash = passwordHash
        self.authenticatorKey = authenticatorKey
        self.lastStep = lastStep
        self.createdAt = createdAt
        self.changedAt = changedAt
    }

    /// Whether a session that began at a moment still holds, as far as the person goes.
    package func holds(sessionFrom began: Timestamp) -> Bool { standing == .active && changedAt <= began }
}
