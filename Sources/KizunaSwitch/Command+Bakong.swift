package import KizunaLedger
package import KizunaMoney

/// What is asked for the Bakong facade; only the operator and the switch itself may.
package enum BakongCommand: Sendable {
    case register(RegisterBakongProject)
    /// The code that was mailed has come back.
    case confirm(email: String, codeDigest: [UInt8])
    case revoke(email: String)
    /// Makes the key of that number, unless it is there, and removes what is spent.
    case makeKey(number: Int, removing: [Int])
    case createLink(CreateDeepLink)
}

package struct RegisterBakongProject: Sendable {
    /// In lower case.
    package let email: String
    package let organisation: String
    package let name: String
    /// The SHA-256 of the code that is being mailed; `nil` where the operator vouches for the address.
    package let codeDigest: [UInt8]?
    /// Addresses whose codes have lapsed, to be forgotten.
    package let removing: [String]

    package init(email: String, organisation: String, name: String, codeDigest: [UInt8]?, removing: [String] = []) {
        self.email = email
        self.organisation = organisation
        self.name = name
        self.codeDigest = codeDigest
        self.removing = removing
    }
}

package struct CreateDeepLink: Sendable {
    package let payload: String
    package let source: DeepLink.Source?
    /// When the code itself ends, if it does.
    package let codeExpiresAt: Timestamp?
    /// Links that have lapsed, to be forgotten.
    package let removing: [UniqueID]

    package init(payload: String, source: DeepLink.Source?, codeExpiresAt: Timestamp?, removing: [UniqueID]) {
        self.payload = payload
        self.source = source
        self.codeExpiresAt = codeExpiresAt
        self.removing = removing
    }
}

extension BakongCommand {
    /// The records that the step reads.
    var firstRecords: [RecordKey] {
        switch self {
        case .register(let command): ([command.email] + command.removing).map { .bakongProject($0) }
        case .confirm(let email, _), .revoke(let email): [.bakongProject(email)]
        case .makeKey(let number, let removing): ([number] + removing).map { .bakongKey($0) }
        case .createLink(let command): command.removing.map { .deepLink($0) }
        }
    }
}
