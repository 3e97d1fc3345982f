import KizunaLedger
import KizunaMoney
import KizunaPayments

/// What people do about shops, and that they have looked at something.
func carryOut(
    _ command: ConsoleCommand,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let person = try person(caller)
    switch command {
    case .freeze(let command): return try freeze(command, by: person, in: &transaction, at: now)
    case .importShops(let command): return try importShops(command, in: &transaction, at: now, using: &random)
    case .look: return .done
    }
}

/// One person stops payments to a shop; another lets them go on.
private func freeze(
    _ command: FreezeShop,
    by person: OperatorID,
    in transaction: inout Transaction,
    at now: Timestamp
) throws(StepFailure) -> Reply {
    guard var merchant = transaction.merchants[command.shop] else {
        throw .refused(Refusal(.notFound, "No such shop."))
    }
    try transaction.require(.shopFreeze(merchant.id))
    let act = ShopFreeze.Act(person: person, at: now, reason: command.reason)
    let freeze: ShopFreeze
    if command.isFrozen {
        guard merchant.status == .active else {
            throw .refused(Refusal(.decisionNotPossible, "Nobody can pay this shop anyway: it is frozen or closed."))
        }
        freeze = ShopFreeze(shop: merchant.id, freezing: act)
        merchant.status = .blocked
    } else {
        guard merchant.status == .blocked, var found = transaction.shopFreezes[merchant.id], found.isInForce else {
            throw .refused(Refusal(.decisionNotPossible, "The shop is not frozen."))
        }
        try ruled { () throws(Refusal) in try found.lift(by: act) }
        freeze = found
        merchant.status = .active
    }
    transaction.shopFreezes.set(merchant.id, freeze)
    transaction.merchants.set(merchant.key, merchant)
    return .merchant(merchant)
}

/// Registers an acquirer's shops by the rules by which it registers them itself. What is known already stays untouched,
/// so that the same list again changes nothing.
private func importShops(
    _ command: ImportShops,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    guard let acquirer = transaction.participants[command.acquirer], acquirer.roles.contains(.acquirer) else {
        throw .refused(Refusal(.notFound, "No shops' bank \(command.acquirer)."))
    }
    var count = ImportCount()
    for shop in command.shops {
        let known = transaction.merchants[shop.key]
        let merchant = try shop.registered(by: acquirer, known: known, at: now, using: &random)
        if known == nil {
            count.added += 1
        } else if merchant != known {
            count.changed += 1
        } else {
            count.unchanged += 1
            continue
        }
        transaction.merchants.set(merchant.key, merchant)
    }
    return .shopsImported(count)
}
