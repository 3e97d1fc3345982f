import KizunaLedger
import KizunaMoney
import KizunaPayments

/// Keeps who may ask the Bakong facade, what its tokens are signed with, and its links.
func keepBakong(
    _ command: BakongCommand,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    switch command {
    case .register(let command): return try register(command, in: &transaction, at: now, using: &random)
    case .confirm(let email, let digest): return try confirm(email, digest, in: &transaction, at: now)
    case .revoke(let email): return try revoke(email, in: &transaction)
    case .makeKey(let number, let removing):
        return makeKey(number, removing: removing, in: &transaction, at: now, using: &random)
    case .createLink(let command): return create(command, in: &transaction, at: now, using: &random)
    }
}

private func register(
    _ command: RegisterBakongProject,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    for email in command.removing where transaction.bakongProjects[email]?.isLapsed(at: now) == true {
        transaction.bakongProjects.set(email, nil)
    }
    if let known = transaction.bakongProjects[command.email], !known.mayBeReplaced(by: command, at: now) {
        throw .refused(Refusal(.duplicate, "This address is registered already, or was sent a code a moment ago."))
    }
    let project = BakongProject(
        id: random.next(),
        email: command.email,
        organisation: command.organisation,
        name: command.name,
        createdAt: now,
        standing: command.codeDigest == nil ? .active : .unconfirmed,
        codeDigest: command.codeDigest
    )
    transaction.bakongProjects.set(project.email, project)
    return .bakongProject(project)
}

extension BakongProject {
    /// Somebody who was shut out comes back by the operator only.
    fileprivate func mayBeReplaced(by command: RegisterBakongProject, at now: Timestamp) -> Bool {
        switch standing {
        case .unconfirmed: command.codeDigest == nil || now.since(createdAt) >= BakongProject.codePause
        case .active: false
        case .revoked: command.codeDigest == nil
        }
    }
}

private func confirm(
    _ email: String,
    _ digest: [UInt8],
    in transaction: inout Transaction,
    at now: Timestamp
) throws(StepFailure) -> Reply {
    guard var project = transaction.bakongProjects[email], project.standing == .unconfirmed,
        project.codeDigest == digest, !project.isLapsed(at: now)
    else { throw .refused(Refusal(.notFound, "This code is not known, or is too old; ask for a new one.")) }
    project.standing = .active
    project.codeDigest = nil
    transaction.bakongProjects.set(email, project)
    return .bakongProject(project)
}

private func revoke(_ email: String, in transaction: inout Transaction) throws(StepFailure) -> Reply {
    guard var project = transaction.bakongProjects[email] else {
        throw .refused(Refusal(.notFound, "No project is registered under this address."))
    }
    project.standing = .revoked
    project.codeDigest = nil
    transaction.bakongProjects.set(email, project)
    return .bakongProject(project)
}

private func makeKey(
    _ number: Int,
    removing: [Int],
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) -> Reply {
    for old in removing where transaction.bakongKeys[old]?.isSpent(at: now) == true {
        transaction.bakongKeys.set(old, nil)
    }
    if transaction.bakongKeys[number] == nil {
        let words = (0..<4).map { _ in random.next() }
        let secret = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } }
        transaction.bakongKeys.set(number, BakongKey(number: number, secret: secret, createdAt: now))
    }
    return .done
}

private func create(
    _ command: CreateDeepLink,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) -> Reply {
    for id in command.removing where (transaction.deepLinks[id]?.expiresAt ?? now) < now {
        transaction.deepLinks.set(id, nil)
    }
    let end = now.adding(DeepLink.life)
    let link = DeepLink(
        id: .version4(using: &random),
        payload: command.payload,
        source: command.source,
        expiresAt: command.codeExpiresAt.map { min($0, end) } ?? end
    )
    transaction.deepLinks.set(link.id, link)
    return .deepLink(link)
}
