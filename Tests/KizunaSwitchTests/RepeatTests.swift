import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// The same payment or refund again, and another one under the same UETR (`flows.md` 4.7).
@Suite struct RepeatTests {
    private static let issuer = Caller.participant(StepWorld.rielBank)
    private static let acquirer = Caller.participant(StepWorld.yenAcquirer)

    private func token(_ text: String) -> IdempotencyToken {
        let key = IdempotencyKey(participant: StepWorld.rielBank, operation: .submit, text: text)
        return IdempotencyToken(key: key, fingerprint: UniqueID(high: 1, low: 1))
    }

    @Test func theSamePaymentAgainIsAnsweredWithWhereItStands() throws {
        var world = try StepWorld()
        let quote = try world.quote("1980")
        var submission = world.submission(of: quote)
        guard case .payment(let payment) = try world.succeed(.submit(submission), by: Self.issuer) else { return }
        #expect(try world.succeed(.submit(submission), by: Self.issuer) == .paymentReport(payment))
        try world.answerCreditRequest(of: payment.id, .accepted)
        // When the payer agreed, and what the quote is worth by now, do not matter any more.
        world.now = world.now.adding(.seconds(86_400))
        submission = SubmitPayment(
            quote: submission.quote,
            uetr: submission.uetr,
            merchantAmount: submission.merchantAmount,
            payerDebit: submission.payerDebit,
            payer: submission.payer,
            payerName: submission.payerName,
            payerAccount: submission.payerAccount,
            acceptedAt: nil
        )
        let report = try world.run(.submit(submission), by: Self.issuer, key: token("late"))
        let completed = try world.payment(payment.id)
        #expect(completed.state == .completed)
        #expect(report.result == .success(.paymentReport(completed)))
        let again = try world.run(.submit(submission), by: Self.issuer, key: token("late"))
        #expect(again.isReplay && again.result == report.result)
        #expect(world.position(StepWorld.rielBank, .khr) == "-53375")
        #expect(world.messages(about: payment.id).filter { $0.kind == .creditRequest }.isEmpty)
    }

    /// A second first answer would break the store's promise that there is one, and with it all that commit together.
    @Test func aRepeatWhoseThingIsGoneLeavesTheFirstAnswerAlone() throws {
        var world = try StepWorld()
        let key = IdempotencyKey(participant: StepWorld.rielBank, operation: .addWebhook, text: "once")
        let token = IdempotencyToken(key: key, fingerprint: UniqueID(high: 1, low: 1))
        let command = Command.addWebhook(AddWebhook(url: "https://x.example", events: [.paymentUpdated], merchant: nil))
        guard case .webhook(let webhook) = try world.run(command, by: Self.issuer, key: token).result.get() else {
            return
        }
        let first = world.transaction.idempotency[key]
        _ = try world.succeed(.removeWebhook(webhook.id), by: Self.issuer)
        let again = try world.run(command, by: Self.issuer, key: token)
        guard case .failure(let refusal) = again.result else {
            Issue.record("What is gone was shown")
            return
        }
        #expect(refusal.code == .notFound)
        #expect(first != nil && world.transaction.idempotency[key] == first)
    }

    @Test func anotherPaymentUnderAKnownUETRIsRefused() throws {
        var world = try StepWorld()
        let first = world.submission(of: try world.quote("1980"))
        _ = try world.succeed(.submit(first), by: Self.issuer)
        let lines = world.transaction.journal.count
        let second = world.submission(of: try world.quote("1980"))
        func changed(
            quote: QuoteID? = nil,
            merchantAmount: Money? = nil,
            payerDebit: Money? = nil,
            payer: PayerKey? = nil
        ) -> SubmitPayment {
            SubmitPayment(
                quote: quote ?? first.quote,
                uetr: first.uetr,
                merchantAmount: merchantAmount ?? first.merchantAmount,
                payerDebit: payerDebit ?? first.payerDebit,
                payer: payer ?? first.payer,
                payerName: first.payerName,
                payerAccount: first.payerAccount,
                acceptedAt: first.acceptedAt
            )
        }
        let others = [
            changed(quote: second.quote), changed(merchantAmount: Money(minorUnits: 1_981, currency: .jpy)),
            changed(payerDebit: Money(minorUnits: 1, currency: .khr)),
            changed(payer: PayerKey(UniqueID(high: 5, low: 5))),
        ]
        for other in others { #expect(try world.refusal(.submit(other), by: Self.issuer) == .uetrUsed) }
        #expect(try world.refusal(.submit(first), by: .participant(StepWorld.yenWallet)) == .uetrUsed)
        #expect(RefusalCode.uetrUsed.isoReason == "DU03")
        #expect(world.transaction.journal.count == lines)
    }

    @Test func theSameRefundAgainGivesNothingBackTwice() throws {
        var world = try StepWorld()
        let payment = try world.submit()
        try world.answerCreditRequest(of: payment.id, .accepted)
        let uetr = UETR(.version4(using: &world.dice))
        func refund(_ amount: Int64?, _ uetr: UETR, _ reason: Refund.Reason = .customerRequest) -> Command {
            let money = amount.map { Money(minorUnits: $0, currency: .jpy) }
            return .refund(RequestRefund(payment: payment.id, uetr: uetr, amount: money, reason: reason))
        }
        let first = try world.succeed(refund(500, uetr), by: Self.acquirer)
        #expect(try world.succeed(refund(500, uetr), by: Self.acquirer) == first)
        #expect(try world.refusal(refund(501, uetr), by: Self.acquirer) == .uetrUsed)
        #expect(try world.refusal(refund(500, uetr, .duplicate), by: Self.acquirer) == .uetrUsed)
        #expect(try world.refusal(refund(500, payment.uetr), by: Self.acquirer) == .uetrUsed)
        #expect(try world.payment(payment.id).refunded.parts == 1)
        let bearer = world.submission(of: try world.quote("1980"))
        let stolen = SubmitPayment(
            quote: bearer.quote,
            uetr: uetr,
            merchantAmount: bearer.merchantAmount,
            payerDebit: bearer.payerDebit,
            payer: bearer.payer,
            payerName: "x",
            payerAccount: "x",
            acceptedAt: nil
        )
        #expect(try world.refusal(.submit(stolen), by: Self.issuer) == .uetrUsed)
        #expect(world.audit().violations.isEmpty)
    }

    /// One quote pays once, whatever the UETR and the key are; one dynamic code is paid once while a payment lives.
    @Test func aQuoteAndADynamicCodePayOnce() throws {
        var world = try StepWorld()
        let quote = try world.quote("1980", singleUse: true)
        let payment = try world.succeed(.submit(world.submission(of: quote)), by: Self.issuer)
        guard case .payment(let payment) = payment else { return }
        #expect(try world.refusal(.submit(world.submission(of: quote)), by: Self.issuer) == .quoteUsed)
        #expect(RefusalCode.quoteUsed.isoReason == "DUPL")
        let again = try world.quote("1980", singleUse: true)
        #expect(try world.refusal(.submit(world.submission(of: again)), by: Self.issuer) == .duplicate)
        #expect(RefusalCode.duplicate.isoReason == "DUPL")
        try world.answerCreditRequest(of: payment.id, .accepted)
        #expect(try world.refusal(.submit(world.submission(of: again)), by: Self.issuer) == .duplicate)
    }
}
