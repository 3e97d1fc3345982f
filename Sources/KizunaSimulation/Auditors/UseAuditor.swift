import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What may be used once is used once: quotes, UETRs, codes with an amount. And in time: quotes before their expiry.
final class UseAuditor: Auditor {
    private unowned let world: World
    private var payers: [QuoteID: PaymentID] = [:]
    private var bearers: [UETR: PaymentID] = [:]
    /// Payments under way or paid, by the single-use code that they pay.
    private var holders: [CodeDigest: Set<PaymentID>] = [:]

    init(_ world: World) { self.world = world }

    func committed(_ commit: Commit) {
        for change in commit.payments {
            guard let payment = change.row else { continue }
            if change.isNew { begin(payment) }
            if payment.isSingleUse { follow(payment) }
        }
        for change in commit.idempotency where change.row == nil || change.stored != nil {
            world.violate("first-answers-stay", "A stored answer was changed")
        }
    }

    private func begin(_ payment: Payment) {
        if payers.updateValue(payment.id, forKey: payment.quote) != nil {
            world.violate("quote-pays-once", "Two payments on one quote")
        }
        if bearers.updateValue(payment.id, forKey: payment.uetr) != nil {
            world.violate("uetr-is-borne-once", "Two payments under one UETR")
        }
        let quote = try? world.disk.read { reader throws(StoreError) in try reader.quote(payment.quote) }
        guard let quote else { return world.violate("quote-pays-once", "A payment without its quote") }
        if quote.usedBy != payment.id { world.violate("quote-pays-once", "The quote does not name its payment") }
        if quote.price != payment.price || quote.issuer != payment.issuer {
            world.violate("payment-is-as-quoted", "It costs what was not quoted")
        }
        if payment.submittedAt >= quote.expiresAt { world.violate("quote-expires", "A payment on an expired quote") }
        checkSubmission(of: payment)
    }

    /// What the wallet sent must be what was quoted, and fresh.
    private func checkSubmission(of payment: Payment) {
        guard let number = world.numbers[payment.id], let submission = world.stories[number]?.submission,
            case .submit(let command) = submission.command, command.quote == payment.quote
        else { return }
        if command.merchantAmount != payment.price.merchantAmount || command.payerDebit != payment.price.payerDebit {
            world.violate("payer-agrees-to-the-debit", "Paid with other amounts than were sent")
        }
        guard let consent = command.acceptedAt else { return }
        if payment.submittedAt.since(consent) > .seconds(25) { world.violate("consent-is-fresh", "It was too old") }
        if consent.since(payment.submittedAt) > .seconds(60) { world.violate("consent-is-fresh", "It lies ahead") }
    }

    private func follow(_ payment: Payment) {
        if payment.reason == nil {
            holders[payment.code, default: []].insert(payment.id)
        } else {
            holders[payment.code, default: []].remove(payment.id)
        }
        if holders[payment.code, default: []].count > 1 {
            world.violate("code-is-paid-once", "Two payments of one single-use code are live or paid")
        }
    }
}
