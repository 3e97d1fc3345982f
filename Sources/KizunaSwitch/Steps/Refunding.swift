import KizunaLedger
import KizunaMoney
import KizunaPayments

/// Sends money back from a shop to its payer (`flows.md` 6.4 and 7).
func refund(
    _ command: RequestRefund,
    by caller: Caller,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Reply {
    let acquirer = try acting(caller, as: .acquirer, in: transaction)
    guard var payment = transaction.payments[command.payment], payment.acquirer == acquirer.id else {
        throw .refused(Refusal(.notFound, "No such payment to a shop of yours."))
    }
    if let bearer = transaction.uetrs[command.uetr] {
        return .refund(try refund(RefundID(bearer), repeatedBy: command, in: transaction))
    }
    let refund = try giveBack(
        command.amount,
        of: &payment,
        because: command.reason,
        basis: .shop,
        uetr: command.uetr,
        in: &transaction,
        at: now,
        using: &random
    )
    return .refund(refund)
}

/// Moves a refund along both legs, keeps it and has the issuer credit the payer. Once all of a payment has gone back,
/// nothing is open any more about it.
///
/// - Parameters:
///   - uetr: the refund's own; `nil` to make one, which nobody can have used.
///   - claim: the recall or dispute that it follows from, which ends by itself.
func giveBack(
    _ amount: Money?,
    of payment: inout Payment,
    because reason: Refund.Reason,
    basis: Refund.Basis,
    uetr: UETR?,
    for claim: UniqueID? = nil,
    in transaction: inout Transaction,
    at now: Timestamp,
    using random: inout some RandomNumberGenerator
) throws(StepFailure) -> Refund {
    if let uetr {
        try transaction.require(.uetr(uetr))
        guard transaction.uetrs[uetr] == nil else {
            throw .refused(Refusal(.uetrUsed, "This UETR has been used; every refund needs a new one."))
        }
    }
    let uetr = uetr ?? UETR(.version4(using: &random))
    let id = RefundID(.version7(at: now, using: &random))
    let refund = try ruled { () throws(Refusal) in
        try payment.refund(amount, id: id, uetr: uetr, reason: reason, basis: basis, at: now)
    }
    try transaction.require {
        $0.addAccounts(of: payment)
        $0.addWebhooks(of: payment)
    }
    try transaction.postRefund(refund, of: payment, at: now)
    try transaction.bookRounding(of: refund, of: payment, at: now, using: &random)
    transaction.payments.set(payment.id, payment)
    transaction.refunds.set(id, refund)
    transaction.uetrs.set(uetr, id.value)
    transaction.send(.refundNotice, to: payment.issuer, about: payment, refund: id, at: now, using: &random)
    try transaction.announce(id, of: payment, at: now, using: &random)
    if payment.state == .refunded {
        try endClaims(of: payment.id, by: refund, except: claim, in: &transaction, at: now, using: &random)
    }
    return refund
}

/// The same refund asked for again, under whatever key: it is shown, and nothing goes back twice (`flows.md` 4.7).
private func refund(
    _ id: RefundID,
    repeatedBy command: RequestRefund,
    in transaction: Transaction
) throws(StepFailure) -> Refund {
    try transaction.require(.refund(id))
    guard let refund = transaction.refunds[id], refund.payment == command.payment, refund.reason == command.reason,
        command.amount ?? refund.merchantAmount == refund.merchantAmount
    else { throw .refused(Refusal(.uetrUsed, "This UETR has been used; every refund needs a new one.")) }
    return refund
}
