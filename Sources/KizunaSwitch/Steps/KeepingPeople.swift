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
    case .add(let command): return try add(command, in: &transaction, at: now)
    case .change(let id, let change): return try apply(change, to: id, in: &transaction, at: now)
    case .signIn(let command): return try signIn(command, in: &transaction, at: now, using: &random)
    }
}

private func add(
    _ command: AddPerson,
    in transaction: inout Transaction,
    at now: Timestamp
) throws(StepFailure) -> Reply {
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
    return .person(person)
}

private func apply(
    _ change: PersonChange,
    to id: OperatorID,
    in transaction: inout Transaction,
    at now: Timestamp
) throws(StepFailure) -> Reply {
    guard var person = transaction.people[id] else { throw .refused(Refusal(.notFound, "There is no person \(id).")) }
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
    transaction.people.set(id, person)
    return .person(person)
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
