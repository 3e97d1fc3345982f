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
    guard transaction.uetrs[command.uetr] == nil else {
        throw .refused(Refusal(.duplicate, "This UETR has been used; every refund needs a new one."))
    }
    let id = RefundID(.version7(at: now, using: &random))
    let refund = try ruled { () throws(Refusal) in
        try payment.refund(command.amount, id: id, uetr: command.uetr, reason: command.reason, at: now)
    }
    try transaction.require(PaymentSides(of: payment).all.map { .account($0) })
    try transaction.postRefund(refund, of: payment, at: now)
    transaction.payments.set(payment.id, payment)
    transaction.refunds.set(id, refund)
    transaction.uetrs.set(command.uetr, id.value)
    transaction.send(.refundNotice, to: payment.issuer, about: payment, refund: id, at: now, using: &random)
    return .refund(refund)
}
