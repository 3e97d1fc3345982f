import KizunaLedger
import KizunaMoney
import KizunaPayments

/// An acquirer registers a shop, or brings what is known of it up to date.
func registerMerchant(
    _ command: RegisterMerchant,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let acquirer = try acting(caller, as: .acquirer, in: transaction)
    let known = transaction.merchants[command.key]
    let merchant = try command.registered(by: acquirer, known: known, at: now, using: &random)
    transaction.merchants.set(merchant.key, merchant)
    return .merchant(merchant)
}

extension RegisterMerchant {
    /// The shop as it is known once an acquirer has registered it: it keeps its id and its standing.
    ///
    /// - Throws: ``RefusalCode/forbidden`` for another country's code, ``RefusalCode/duplicate`` for another acquirer's
    ///   shop.
    func registered(
        by acquirer: Participant,
        known: Merchant?,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) throws(StepFailure) -> Merchant {
        guard key.country == acquirer.country else {
            throw .refused(Refusal(.forbidden, "This code belongs to another country than \(acquirer.id)."))
        }
        guard known == nil || known?.acquirer == acquirer.id else {
            throw .refused(Refusal(.duplicate, "Another acquirer has registered this shop."))
        }
        return Merchant(
            id: known?.id ?? MerchantID(.version7(at: now, using: &random)),
            acquirer: acquirer.id,
            key: key,
            name: name,
            localName: localName,
            city: city,
            categoryCode: categoryCode,
            acceptsForeignPayers: acceptsForeignPayers,
            status: known?.status ?? .active
        )
    }
}

/// An FX provider publishes its rates for the next minute.
func publishRates(
    _ rates: [PublishRate],
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp
) throws(StepFailure) -> Reply {
    let provider = try acting(caller, as: .fxProvider, in: transaction)
    try transaction.require(rates.flatMap(\.improvements).map { .participant($0.issuer) })
    for rate in rates {
        let published = ProviderRate(
            provider: provider.id,
            mid: rate.mid,
            spreadBasisPoints: rate.spreadBasisPoints,
            tiers: rate.tiers,
            improvements: rate.improvements,
            publishedAt: now
        )
        try ruled { () throws(Refusal) in try published.check(for: rate.pair) }
        for improvement in rate.improvements {
            guard transaction.participants[improvement.issuer]?.roles.contains(.issuer) == true else {
                throw .refused(Refusal(.notFound, "A rate can be better for issuers only, and one named here is none."))
            }
        }
        var board = transaction.rateBoards[rate.pair] ?? RateBoard(pair: rate.pair)
        board.publish(published)
        transaction.rateBoards.set(rate.pair, board)
    }
    return .ratesPublished(count: rates.count)
}

/// The operator lets an institution join, or changes what is known of it; its accounts are opened, its caps are set.
func join(
    _ participant: Participant,
    caps: [Currency: Int64],
    by caller: Caller,
    in transaction: inout Transaction
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    let accounts = participant.accountIDs + Participant.switchAccountIDs
    try transaction.require([.participant(participant.id)] + accounts.map { .account($0) })
    for id in accounts {
        var account = transaction.accounts[id] ?? Account(id: id)
        if id.role == .settlement, id.owner == participant.id { account.netDebitCapMinorUnits = caps[id.currency] }
        if transaction.accounts[id] != account { transaction.accounts.set(id, account) }
    }
    transaction.participants.set(participant.id, participant)
    return .participant(participant)
}

func setStatus(
    of id: ParticipantID,
    to status: Participant.Status,
    by caller: Caller,
    in transaction: inout Transaction
) throws(StepFailure) -> Reply {
    try requireAuthority(caller)
    guard var participant = transaction.participants[id] else {
        throw .refused(Refusal(.notFound, "No participant \(id)."))
    }
    participant.status = status
    transaction.participants.set(id, participant)
    return .participant(participant)
}
