package import KizunaMoney
package import KizunaPayments

/// What is asked about the people who work for the switch; only the operator and the switch itself may.
package enum PersonCommand: Sendable {
    case add(AddPerson)
    case change(OperatorID, PersonChange)
    case signIn(SignIn)
}

/// A new person.
package struct AddPerson: Sendable {
    package let id: OperatorID
    package let name: String
    package let roles: Grants
    package let passwordHash: String
    package let authenticatorKey: [UInt8]

    package init(id: OperatorID, name: String, roles: Grants, passwordHash: String, authenticatorKey: [UInt8]) {
        self.id = id
        self.name = name
        self.roles = roles
        self.passwordHash = passwordHash
        self.authenticatorKey = authenticatorKey
    }
}

/// What becomes different about a person. Each ends the person's sessions.
package enum PersonChange: Sendable {
    case roles(Grants)
    case standing(Person.Standing)
    case password(hash: String)
    case authenticator(key: [UInt8])
}

/// A person has shown a password and a code, and begins a session.
package struct SignIn: Sendable {
    package let person: OperatorID
    /// The password's hash as it was when the password was found right: one that has changed since is not.
    package let passwordHash: String
    /// The time step of the code, in 30 s since 1970.
    package let step: Int64
    /// The SHA-256 of the session's secret text.
    package let digest: [UInt8]
    package let endsAt: Timestamp

    package init(person: OperatorID, passwordHash: String, step: Int64, digest: [UInt8], endsAt: Timestamp) {
        self.person = person
        self.passwordHash = passwordHash
        self.step = step
        self.digest = digest
        self.endsAt = endsAt
    }
}

extension PersonCommand {
    /// The record that the step reads.
    var firstRecord: RecordKey {
        switch self {
        case .add(let command): .person(command.id)
        case .change(let id, _): .person(id)
        case .signIn(let command): .person(command.person)
        }
    }
}
