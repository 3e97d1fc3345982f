import KizunaLedger
import KizunaMoney
import KizunaPayments

/// Keeps who works for the switch, and begins their sessions.
func keepPeople(
    _ command: PersonCommand,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    switch command {
    case .add(let command):
        let person = try add(command, in: &transaction, at: now)
        transaction.log(
            .addPerson,
            of: .person(person.id),
            grants: person.roles,
            by: caller,
            at: now,
            using: &random
        )
        return .person(person)
    case .change(let id, let change):
        let before = try transaction.apply(change, to: id, at: now)
        guard let person = transaction.people[id] else { preconditionFailure("A person has gone") }
        transaction.log(
            AccessChange.Act(change),
            of: .person(id),
            before: before.roles,
            grants: person.roles,
            by: caller,
            at: now,
            using: &random
        )
        return .person(person)
    case .signIn(let command): return try signIn(command, in: &transaction, at: now, using: &random)
    }
}

private func add(
    _ command: AddPerson,
    in transaction: inout Transaction,
    at now: Timestamp
) throws(StepFailure) -> Person {
    guard transaction.people[command.id] == nil else {
        throw .refused(Refusal(.duplicate, "There is a person \(command.id) already; choose another name."))
    }
    let person = Person(
        id: command.id,
        name: command.name,
        roles: command.roles,
        passwordHash: command.passwordHash,
        authenticatorKey: command.authenticatorKey,
        createdAt: now,
        changedAt: now
    )
    transaction.people.set(person.id, person)
    return person
}

extension Transaction {
    /// Makes something different about a person, and ends the sessions.
    ///
    /// - Returns: the person as before.
    @discardableResult
    mutating func apply(
        _ change: PersonChange,
        to id: OperatorID,
        at now: Timestamp
    ) throws(StepFailure) -> Person {
        try require(.person(id))
        guard let before = people[id] else { throw .refused(Refusal(.notFound, "There is no person \(id).")) }
        var person = before
        switch change {
        case .roles(let roles): person.roles = roles
        case .standing(let standing): person.standing = standing
        case .password(let hash): person.passwordHash = hash
        case .authenticator(let key):
            person.authenticatorKey = key
            person.lastStep = 0
        }
        // Sessions of this very millisecond end too.
        person.changedAt = now.adding(.milliseconds(1))
        people.set(id, person)
        return before
    }
}

extension AccessChange.Act {
    fileprivate init(_ change: PersonChange) {
        self =
            switch change {
            case .roles: .setRoles
            case .standing(.active): .reinstate
            case .standing(.suspended): .suspend
            case .password: .setPassword
            case .authenticator: .setAuthenticator
            }
    }
}

/// The code is used up and the session begins in one commit, so that no two sessions come of one code.
private func signIn(
    _ command: SignIn,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    guard var person = transaction.people[command.person], person.standing == .active,
        person.passwordHash == command.passwordHash, command.step > person.lastStep
    else { throw .refused(Refusal(.forbidden, "This name, password or code is not right, or the code was used.")) }
    person.lastStep = command.step
    transaction.people.set(person.id, person)
    let session = APIKey(
        id: .version7(at: now, using: &random),
        owner: .person(person.id),
        digest: command.digest,
        grants: .session,
        createdAt: now,
        expiresAt: command.endsAt
    )
    transaction.apiKeys.set(session.id, session)
    return .apiKey(session.id)
}
