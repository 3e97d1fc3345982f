import KizunaLedger
import KizunaMoney
import KizunaPayments

/// Takes a payment on a quote: checks it, reserves both sides and hands it to the shop's bank, in one commit
/// (`flows.md` 4.1, steps 7 to 9).
func submit(
    _ command: SubmitPayment,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let issuer = try acting(caller, as: .issuer, in: transaction)
    if let bearer = transaction.uetrs[command.uetr] {
        return try report(on: PaymentID(bearer), to: command, by: issuer.id, in: transaction)
    }
    guard var quote = transaction.quotes[command.quote] else {
        throw .refused(Refusal(.notFound, "No such quote; ask for one."))
    }
    guard quote.issuer == issuer.id else {
        throw .refused(Refusal(.agentMismatch, "This quote was given to another issuer; ask for one of your own."))
    }
    try check(command, against: quote, at: now)
    try transaction.require(.resolution(quote.resolution))
    guard let resolution = transaction.resolutions[quote.resolution] else {
        throw .refused(Refusal(.quoteExpired, "What this quote was based on has expired; scan the code again."))
    }
    try transaction.require { $0.addWhatIsPaid(by: quote, resolution) }
    let id = PaymentID(.version7(at: now, using: &random))
    try ruled { () throws(Refusal) in try quote.use(by: id, at: now) }
    let merchant = try payee(of: resolution, in: transaction)
    let acquirer = try partner(resolution.acquirer, in: transaction)

    let standing = try PayerStanding(
        of: command.payer,
        from: issuer.country,
        paying: quote.price,
        to: merchant.id,
        in: transaction,
        at: now
    )
    var payment = Payment(
        id: id,
        uetr: command.uetr,
        quote: quote.id,
        issuer: issuer.id,
        acquirer: acquirer.id,
        provider: quote.provider,
        merchant: merchant.id,
        price: quote.price,
        link: acquirer.linkKind,
        code: resolution.code,
        isSingleUse: resolution.isSingleUse,
        submittedAt: now,
        payer: command.payer,
        possibleDuplicate: standing.possibleDuplicate
    )
    try claimCode(for: payment, in: &transaction)
    try transaction.count(payment, standing: standing, at: now)
    transaction.quotes.set(quote.id, quote)
    transaction.uetrs.set(command.uetr, id.value)
    transaction.parties.set(
        id,
        PaymentParties(
            payerName: command.payerName,
            payerAccount: command.payerAccount,
            merchantName: merchant.name,
            merchantLocalName: merchant.localName,
            merchantCity: merchant.city,
            merchantKey: merchant.key,
            reference: resolution.reference
        )
    )
    try advance(&payment, on: .checksPassed, by: .issuer, in: &transaction, at: now, using: &random)
    try advance(&payment, on: .handedToLink, by: .issuer, in: &transaction, at: now, using: &random)
    return .payment(payment)
}

/// The same payment submitted again, under whatever key: where it stands, and nothing is done twice (`flows.md` 4.7).
/// The same is what decides about money: quote, payer and amounts.
private func report(
    on id: PaymentID,
    to command: SubmitPayment,
    by issuer: ParticipantID,
    in transaction: Transaction
) throws(StepFailure) -> Reply {
    try transaction.require(.payment(id))
    guard let payment = transaction.payments[id], payment.issuer == issuer, payment.quote == command.quote,
        payment.payer == command.payer, payment.price.merchantAmount == command.merchantAmount,
        payment.price.payerDebit == command.payerDebit
    else { throw .refused(Refusal(.uetrUsed, "This UETR has been used; every payment needs a new one.")) }
    return .paymentReport(payment)
}

/// How old the payer's consent may be: the payer leg's limit (`flows.md` 4.5).
private let consentLife = Duration.seconds(25)
/// How far a participant's clock may run ahead of ours.
private let clockTolerance = Duration.seconds(60)

private func check(_ command: SubmitPayment, against quote: Quote, at now: Timestamp) throws(StepFailure) {
    guard command.merchantAmount == quote.price.merchantAmount else {
        throw .refused(
            Refusal(.amountMismatch, "The quote is for \(quote.price.merchantAmount); send exactly that amount.")
        )
    }
    guard command.payerDebit == quote.price.payerDebit else {
        throw .refused(
            Refusal(.amountMismatch, "The quote costs the payer \(quote.price.payerDebit); send exactly that debit.")
        )
    }
    guard let acceptedAt = command.acceptedAt else { return }
    guard now.since(acceptedAt) <= consentLife else {
        throw .refused(Refusal(.tooLate, "The payer agreed more than 25 seconds ago; ask again."))
    }
    guard acceptedAt.since(now) <= clockTolerance else {
        throw .refused(Refusal(.missingData, "acceptedAt lies in the future; check your clock."))
    }
}

private func payee(of resolution: Resolution, in transaction: Transaction) throws(StepFailure) -> Merchant {
    try transaction.require(.merchant(resolution.merchantKey))
    guard let merchant = transaction.merchants[resolution.merchantKey], merchant.id == resolution.merchantID else {
        throw .refused(Refusal(.merchantNotFound, "The shop is not registered any more."))
    }
    try ruled { () throws(Refusal) in try merchant.checkPayable() }
    return merchant
}

/// A code that may be paid once belongs to the payment that is under way or done.
private func claimCode(for payment: Payment, in transaction: inout Transaction) throws(StepFailure) {
    guard payment.isSingleUse else { return }
    try transaction.require(.codeClaim(payment.code))
    guard transaction.codeClaims[payment.code] == nil else {
        throw .refused(Refusal(.duplicate, "This code has been paid, or is being paid; ask the shop for a new one."))
    }
    transaction.codeClaims.set(payment.code, payment.id)
}
