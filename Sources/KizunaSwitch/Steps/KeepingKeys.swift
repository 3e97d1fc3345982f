import KizunaLedger
import KizunaMoney
import KizunaPayments

/// The operator gives a participant, or a person who works for the switch, a key.
func addAPIKey(
    _ command: AddAPIKey,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    switch command.owner {
    case .participant(let id):
        try transaction.require(.participant(id))
        guard transaction.participants[id] != nil else {
            throw .refused(Refusal(.notFound, "No participant \(id)."))
        }
    case .person(let id):
        try transaction.require(.person(id))
        guard transaction.people[id]?.standing != .suspended else {
            throw .refused(Refusal(.forbidden, "\(id) is suspended; let the person come back first."))
        }
    }
    if let expiresAt = command.expiresAt, expiresAt <= now {
        throw .refused(Refusal(.missingData, "This has lapsed already; it is worth nothing."))
    }
    let key = APIKey(
        id: .version7(at: now, using: &random),
        owner: command.owner,
        kind: command.kind,
        digest: command.digest,
        grants: command.grants,
        createdAt: now,
        expiresAt: command.expiresAt
    )
    transaction.apiKeys.set(key.id, key)
    transaction.log(
        AccessChange.Act(making: key.kind),
        of: key.owner,
        key: key.id,
        grants: key.grants,
        by: caller,
        at: now,
        using: &random
    )
    return .apiKey(key.id)
}

extension AccessChange.Act {
    fileprivate init(making kind: APIKey.Kind) {
        self =
            switch kind {
            case .secret: .makeKey
            case .certificate: .bindCertificate
            case .signing: .takeSigningKey
            }
    }
}

/// The operator makes a key useless. A repeat changes nothing. That a session ends is no change of anybody's access.
func revokeAPIKey(
    _ id: UniqueID,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    guard var key = transaction.apiKeys[id] else { throw .refused(Refusal(.notFound, "No key \(id).")) }
    if key.revokedAt == nil {
        key.revokedAt = now
        transaction.apiKeys.set(id, key)
        if !key.grants.contains(.session) {
            transaction.log(
                .revokeKey,
                of: key.owner,
                key: id,
                before: key.grants,
                by: caller,
                at: now,
                using: &random
            )
        }
    }
    return .apiKey(id)
}

/// The switch notes which keys have been used; a key's last use only ever moves on.
func noteKeyUses(
    _ uses: [UniqueID: Timestamp],
    by caller: Caller,
    in transaction: inout Transaction
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    for (id, usedAt) in uses.sorted(by: { $0.key < $1.key }) {
        guard var key = transaction.apiKeys[id], key.lastUsedAt.map({ $0 < usedAt }) ?? true else { continue }
        key.lastUsedAt = usedAt
        transaction.apiKeys.set(id, key)
    }
    return .done
}
