package import KizunaLedger
package import KizunaMoney

/// Somebody's software that asks the Bakong facade, known by an e-mail address: one project of one organisation.
package struct BakongProject: Sendable, Hashable {
    package enum Standing: Int, Sendable, Hashable, CaseIterable {
        /// A code was mailed and has not come back.
        case unconfirmed = 1
        case active = 2
        /// The operator has shut it out.
        case revoked = 3
    }

    /// How long a mailed code may be used.
    package static let codeLife = Duration.seconds(30 * 60)
    /// How soon another code may be asked for.
    package static let codePause = Duration.seconds(60)

    /// What tokens name it by; another one each time that it is registered, so that older tokens are void.
    package let id: UInt64
    /// In lower case.
    package let email: String
    package let organisation: String
    package let name: String
    package let createdAt: Timestamp
    package var standing: Standing
    /// The SHA-256 of the mailed code, while it is unconfirmed.
    package var codeDigest: [UInt8]?

    package init(
        id: UInt64,
        email: String,
        organisation: String,
        name: String,
        createdAt: Timestamp,
        standing: Standing,
        codeDigest: [UInt8]? = nil
    ) {
        self.id = id
        self.email = email
        self.organisation = organisation
        self.name = name
        self.createdAt = createdAt
        self.standing = standing
        self.codeDigest = codeDigest
    }

    /// Whether a mailed code is too old to be used.
    package func isLapsed(at now: Timestamp) -> Bool {
        standing == .unconfirmed && now.since(createdAt) >= BakongProject.codeLife
    }
}

/// A key that tokens of the Bakong facade are signed with (HMAC-SHA-256).
package struct BakongKey: Sendable, Hashable {
    /// How long tokens hold.
    package static let tokenLife = Duration.seconds(90 * 24 * 60 * 60)
    /// How long a key signs new ones.
    package static let signingTime = Duration.seconds(30 * 24 * 60 * 60)

    /// Counted from 1.
    package let number: Int
    /// 32 bytes.
    package let secret: [UInt8]
    package let createdAt: Timestamp

    package init(number: Int, secret: [UInt8], createdAt: Timestamp) {
        self.number = number
        self.secret = secret
        self.createdAt = createdAt
    }

    package func signs(at now: Timestamp) -> Bool { now.since(createdAt) < BakongKey.signingTime }

    /// Whether no token that it signed holds any more.
    package func isSpent(at now: Timestamp) -> Bool {
        now.since(createdAt) >= BakongKey.signingTime + BakongKey.tokenLife
    }
}

/// A KHQR behind a short address, which a phone opens to pay it.
package struct DeepLink: Sendable, Hashable {
    /// The app that asked for the link, and where it wants to be called back.
    package struct Source: Sendable, Hashable {
        package let appName: String
        package let iconURL: String
        package let callback: String

        package init(appName: String, iconURL: String, callback: String) {
            self.appName = appName
            self.iconURL = iconURL
            self.callback = callback
        }
    }

    /// How long a link leads somewhere, unless its code ends before.
    package static let life = Duration.seconds(24 * 60 * 60)
    /// The most that are kept at one time.
    package static let most = 20_000

    /// Random, for who knows it sees the code.
    package let id: UniqueID
    /// The text of the code.
    package let payload: String
    package let source: Source?
    package let expiresAt: Timestamp

    package init(id: UniqueID, payload: String, source: Source?, expiresAt: Timestamp) {
        self.id = id
        self.payload = payload
        self.source = source
        self.expiresAt = expiresAt
    }
}
