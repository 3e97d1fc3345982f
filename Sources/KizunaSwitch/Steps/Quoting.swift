import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaQR

/// Reads a scanned code and finds the shop that it names (`flows.md` 4.2).
func resolve(
    _ command: Resolve,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let issuer = try acting(caller, as: .issuer, in: transaction)
    let code = try ruled { () throws(Refusal) in try ScannedCode(reading: command.payload, at: now) }
    guard let corridor = Corridor.between(payer: issuer.country, merchant: code.merchantKey.country) else {
        throw .refused(
            Refusal(.merchantNotEnabled, "This is a domestic code: pay it as one, not through the cross-border link.")
        )
    }
    guard corridor.bounds[code.currency] != nil else {
        throw .refused(Refusal(.currencyNotSupported, "Shops in this direction are not paid in \(code.currency)."))
    }
    let key = code.merchantKey
    try transaction.require(.merchant(key))
    guard let merchant = transaction.merchants[key] else { throw .refused(.unregistered(code.scheme)) }
    try ruled { () throws(Refusal) in try merchant.checkPayable() }
    if let amount = code.amount { try ruled { () throws(Refusal) in try corridor.check(merchantAmount: amount) } }
    _ = try partner(merchant.acquirer, in: transaction)

    let lapse = now.adding(Resolution.life)
    let resolution = Resolution(
        id: ResolutionID(.version7(at: now, using: &random)),
        issuer: issuer.id,
        payerCountry: issuer.country,
        scheme: code.scheme.rawValue,
        merchantKey: key,
        merchantID: merchant.id,
        acquirer: merchant.acquirer,
        currency: code.currency,
        fixedAmount: code.amount,
        code: command.code,
        isSingleUse: code.isSingleUse,
        reference: code.reference,
        createdAt: now,
        expiresAt: code.expiresAt.map { min($0, lapse) } ?? lapse
    )
    transaction.resolutions.set(resolution.id, resolution)
    return .resolution(resolution, merchant)
}

/// Prices a payment on a resolution with the best provider's rate (`flows.md` 4.3).
func quote(
    _ command: RequestQuote,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let issuer = try acting(caller, as: .issuer, in: transaction)
    guard let resolution = transaction.resolutions[command.resolution], resolution.issuer == issuer.id else {
        throw .refused(Refusal(.notFound, "No such resolution of yours; scan the code again."))
    }
    guard now < resolution.expiresAt else {
        throw .refused(Refusal(.qrExpired, "The resolution has expired; scan the code again."))
    }
    guard let corridor = Corridor.between(payer: issuer.country, merchant: resolution.merchantKey.country) else {
        preconditionFailure("A resolution exists only where there is a corridor")
    }
    try ruled { () throws(Refusal) in try corridor.check(payerCurrency: command.payerCurrency) }
    let amount = try merchantAmount(asked: command.amount, of: resolution)
    try ruled { () throws(Refusal) in try corridor.check(merchantAmount: amount) }
    let merchant = try checkPartners(of: resolution, in: transaction)
    try transaction.require(.feeTable(corridor.id))

    let offer = try bestOffer(for: amount, to: issuer, payingIn: command.payerCurrency, in: transaction, at: now)
    let price: Price
    do throws(MoneyError) {
        price = try Price(
            of: amount,
            at: offer,
            fees: fees(
                of: corridor,
                for: amount,
                from: issuer,
                in: command.payerCurrency,
                to: merchant,
                transaction,
                now
            )
        )
    } catch {
        throw .refused(Refusal(.amountInvalid, "The amount is too large to be converted."))
    }
    var standing: PayerStanding?
    if let payer = command.payer {
        standing = try PayerStanding(
            of: payer,
            from: issuer.country,
            paying: price,
            to: resolution.merchantID,
            in: transaction,
            at: now
        )
    }
    let quote = Quote(
        id: QuoteID(.version7(at: now, using: &random)),
        resolution: resolution.id,
        issuer: issuer.id,
        provider: offer.provider,
        price: price,
        createdAt: now,
        expiresAt: min(now.adding(Quote.life), resolution.expiresAt),
        possibleDuplicate: standing?.possibleDuplicate
    )
    transaction.quotes.set(quote.id, quote)
    return .quote(quote)
}

/// The amount that the code fixes, or the one that the payer typed; both must agree.
private func merchantAmount(asked: Money?, of resolution: Resolution) throws(StepFailure) -> Money {
    switch (resolution.fixedAmount, asked) {
    case (let fixed?, nil):
        return fixed
    case (let fixed?, let asked?):
        guard fixed == asked else {
            throw .refused(Refusal(.amountMismatch, "The code asks for \(fixed); leave the amount out or repeat it."))
        }
        return fixed
    case (nil, let asked?):
        guard asked.currency == resolution.currency else {
            throw .refused(
                Refusal(.currencyNotSupported, "This shop is paid in \(resolution.currency), not \(asked.currency).")
            )
        }
        return asked
    case (nil, nil):
        throw .refused(Refusal(.amountInvalid, "The code names no amount; send the one that the payer typed."))
    }
}

/// The shop and its bank, once more before a price is promised.
private func checkPartners(
    of resolution: Resolution,
    in transaction: Transaction
) throws(StepFailure) -> Merchant {
    try transaction.require([.merchant(resolution.merchantKey), .participant(resolution.acquirer)])
    guard let merchant = transaction.merchants[resolution.merchantKey] else {
        throw .refused(Refusal(.merchantNotFound, "The shop is not registered any more."))
    }
    try ruled { () throws(Refusal) in try merchant.checkPayable() }
    _ = try partner(resolution.acquirer, in: transaction)
    return merchant
}

/// The fees that hold now; they are fixed with the quote.
private func fees(
    of corridor: Corridor,
    for amount: Money,
    from issuer: Participant,
    in payerCurrency: Currency,
    to merchant: Merchant,
    _ transaction: Transaction,
    _ now: Timestamp
) -> Fees {
    let standard = corridor.standardFees(issuerFeeBasisPoints: issuer.issuerFeeBasisPoints)
    guard let table = transaction.feeTables[corridor.id] else { return standard }
    let occasion = FeeTable.Occasion(
        issuer: issuer.id,
        acquirer: merchant.acquirer,
        category: Int(merchant.categoryCode),
        payerCurrency: payerCurrency,
        merchantAmount: amount
    )
    return table.fees(for: occasion, at: now, standard: standard)
}

private func bestOffer(
    for amount: Money,
    to issuer: Participant,
    payingIn payerCurrency: Currency,
    in transaction: Transaction,
    at now: Timestamp
) throws(StepFailure) -> Offer {
    let pair = CurrencyPair(payer: payerCurrency, merchant: amount.currency)
    try transaction.require(Market.pairs(for: pair).map { .rateBoard($0) })
    let market = Market(for: pair) { transaction.rateBoards[$0] }
    try transaction.require(market.deliverers(at: now).flatMap { [.account($0), .participant($0.owner)] })
    return try ruled { () throws(Refusal) in
        try market.bestOffer(for: amount, to: issuer.id, at: now) { account in
            guard transaction.participants[account.owner]?.status == .active else { return nil }
            return transaction.accounts[account]
        }
    }
}

extension Refusal {
    /// Nobody registered whom the code names. A private person's code would be a remittance, not a purchase.
    fileprivate static func unregistered(_ scheme: QRScheme) -> Refusal {
        scheme == .khqrIndividual
            ? Refusal(.merchantNotEnabled, "This is a private person's code; the link pays registered shops only.")
            : Refusal(.merchantNotFound, "No bank on the link has registered this shop.")
    }
}
