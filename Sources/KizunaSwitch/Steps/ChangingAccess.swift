import KizunaLedger
import KizunaMoney
import KizunaPayments

/// Changes who is let in, when two people want it.
func changeAccess(
    _ command: AccessCommand,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    switch command {
    case .propose(let proposal):
        let person = try transaction.colleague(caller, as: .operator)
        let change = try propose(proposal, by: person, in: transaction, at: now, using: &random)
        return transaction.keep(change)
    case .withdraw(let id):
        let person = try transaction.colleague(caller, as: .operator)
        var change = try transaction.accessChange(id)
        try ruled { () throws(Refusal) in try change.withdraw(by: person, at: now) }
        return transaction.keep(change)
    case .approve(let id, let keys):
        let person = try transaction.colleague(caller, as: .approver)
        var change = try transaction.accessChange(id)
        try ruled { () throws(Refusal) in try change.approve(by: person, at: now) }
        try transaction.carryOut(change, ending: keys, at: now)
        return transaction.keep(change)
    case .take(let id, let digest):
        let person = try transaction.colleague(caller, as: .operator)
        var change = try transaction.accessChange(id)
        let key = UniqueID.version7(at: now, using: &random)
        try ruled { () throws(Refusal) in try change.take(key, by: person, at: now) }
        transaction.apiKeys.set(key, APIKey(key, of: change, digest: digest, at: now))
        return transaction.keep(change)
    }
}

private func propose(
    _ proposal: ProposeAccess,
    by person: OperatorID,
    in transaction: Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> AccessChange {
    guard 1...AccessChange.longestNote ~= proposal.note.count else {
        throw .refused(Refusal(.missingData, "Say why, in at most \(AccessChange.longestNote) characters."))
    }
    let (act, subject, key, before, grants, days) = try transaction.facts(of: proposal.wish)
    return AccessChange(
        id: .version7(at: now, using: &random),
        act: act,
        subject: subject,
        key: key,
        grantsBefore: before,
        grants: grants,
        days: days,
        author: .person(person),
        note: proposal.note,
        createdAt: now,
        standing: .proposed
    )
}

extension APIKey {
    /// The key that people have agreed upon.
    fileprivate init(_ id: UniqueID, of change: AccessChange, digest: [UInt8], at now: Timestamp) {
        self.init(
            id: id,
            owner: change.subject,
            digest: digest,
            grants: change.grants,
            createdAt: now,
            expiresAt: change.days.map { now.adding(.seconds($0 * 86_400)) }
        )
    }
}

extension Transaction {
    /// The person who asks, as one who works for the switch now and has a role.
    fileprivate func colleague(_ caller: Caller, as role: Grants) throws(StepFailure) -> OperatorID {
        let id = try person(caller)
        try require(.person(id))
        guard let person = people[id], person.standing == .active, person.roles.contains(role) else {
            throw .refused(Refusal(.forbidden, "This needs the role \(role.names.joined())."))
        }
        return id
    }

    fileprivate func accessChange(_ id: UniqueID) throws(StepFailure) -> AccessChange {
        try require(.accessChange(id))
        guard let change = accessChanges[id] else {
            throw .refused(Refusal(.notFound, "Nobody has proposed anything under this id."))
        }
        return change
    }

    fileprivate mutating func keep(_ change: AccessChange) -> Reply {
        accessChanges.set(change.id, change)
        return .accessChange(change)
    }

    // MARK: What is wished

    fileprivate typealias Facts = (
        act: AccessChange.Act, subject: APIKey.Owner, key: UniqueID?, before: Grants, grants: Grants, days: Int?
    )

    /// What a wish comes to as things are now.
    ///
    /// - Throws: ``RefusalCode/notFound`` for whom or what there is not, ``RefusalCode/decisionNotPossible`` for what is
    ///   so already, ``RefusalCode/missingData`` for grants and days that nobody can have.
    fileprivate func facts(of wish: ProposeAccess.Wish) throws(StepFailure) -> Facts {
        switch wish {
        case .roles(let id, let roles):
            let person = try known(id)
            try check(roles, among: .ofPersons)
            guard person.roles != roles else { throw .isSoAlready }
            return (.setRoles, .person(id), nil, person.roles, roles, nil)
        case .standing(let id, let standing):
            let person = try known(id)
            guard person.standing != standing else { throw .isSoAlready }
            let act = standing == .active ? AccessChange.Act.reinstate : .suspend
            return (act, .person(id), nil, person.roles, person.roles, nil)
        case .key(let id, let grants, let days):
            try require(.participant(id))
            guard participants[id] != nil else { throw .refused(Refusal(.notFound, "No participant \(id).")) }
            try check(grants, among: .ofParticipants)
            guard days.map({ 1...AccessChange.mostDays ~= $0 }) ?? true else {
                throw .refused(Refusal(.missingData, "A key is made for 1 to \(AccessChange.mostDays) days."))
            }
            return (.makeKey, .participant(id), nil, [], grants, days)
        case .revocation(let id):
            let key = try keyOfParticipant(id)
            return (.revokeKey, key.owner, id, key.grants, [], nil)
        }
    }

    private func known(_ id: OperatorID) throws(StepFailure) -> Person {
        try require(.person(id))
        guard let person = people[id] else { throw .refused(Refusal(.notFound, "There is no person \(id).")) }
        return person
    }

    private func keyOfParticipant(_ id: UniqueID) throws(StepFailure) -> APIKey {
        try require(.apiKey(id))
        guard let key = apiKeys[id], case .participant = key.owner else {
            throw .refused(Refusal(.notFound, "No participant has a key \(id)."))
        }
        guard key.revokedAt == nil else { throw .isSoAlready }
        return key
    }

    private func check(_ grants: Grants, among all: Grants) throws(StepFailure) {
        guard !grants.isEmpty, all.isSuperset(of: grants) else {
            throw .refused(Refusal(.missingData, "Choose some of \(all.names.joined(separator: ", "))."))
        }
    }

    // MARK: What is approved

    fileprivate mutating func carryOut(
        _ change: AccessChange,
        ending keys: [UniqueID],
        at now: Timestamp
    ) throws(StepFailure) {
        switch (change.act, change.subject) {
        case (.setRoles, .person(let id)):
            guard try known(id).roles == change.grantsBefore else {
                throw .refused(Refusal(.decisionNotPossible, "The roles have changed since; propose it again."))
            }
            try apply(.roles(change.grants), to: id, at: now)
        case (.suspend, .person(let id)):
            try apply(.standing(.suspended), to: id, at: now)
            for key in keys { try end(key, of: id, at: now) }
        case (.reinstate, .person(let id)): try apply(.standing(.active), to: id, at: now)
        case (.revokeKey, _):
            guard let id = change.key else { preconditionFailure("A revocation without a key was proposed") }
            var key = try keyOfParticipant(id)
            key.revokedAt = now
            apiKeys.set(id, key)
        case (.makeKey, _): break
        case (.addPerson, _), (.setPassword, _), (.setAuthenticator, _), (.bindCertificate, _), (.takeSigningKey, _),
            (.setRoles, .participant), (.suspend, .participant), (.reinstate, .participant):
            preconditionFailure("Nobody can have proposed \(change.act) for \(change.subject)")
        }
    }

    private mutating func end(_ id: UniqueID, of person: OperatorID, at now: Timestamp) throws(StepFailure) {
        try require(.apiKey(id))
        guard var key = apiKeys[id], key.owner == .person(person), key.revokedAt == nil else { return }
        key.revokedAt = now
        apiKeys.set(id, key)
    }
}

extension StepFailure {
    fileprivate static let isSoAlready = StepFailure.refused(
        Refusal(.decisionNotPossible, "It is so already; there is nothing to change.")
    )
}

// MARK: The log

extension Transaction {
    /// Keeps what was done without a second person.
    mutating func log(
        _ act: AccessChange.Act,
        of subject: APIKey.Owner,
        key: UniqueID? = nil,
        before: Grants = [],
        grants: Grants = [],
        by caller: Caller,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) {
        let change = AccessChange(
            id: .version7(at: now, using: &random),
            act: act,
            subject: subject,
            key: key,
            grantsBefore: before,
            grants: grants,
            author: caller == .system ? .theSwitch : .commandLine,
            createdAt: now,
            standing: .done,
            endedAt: now
        )
        accessChanges.set(change.id, change)
    }
}
