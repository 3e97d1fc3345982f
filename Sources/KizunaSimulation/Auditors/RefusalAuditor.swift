import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Every "no" has its reason in the world: nothing is refused that could have been done.
final class RefusalAuditor: Auditor {
    private unowned let world: World
    private var refundUETRs: Set<UETR> = []

    init(_ world: World) { self.world = world }

    func committed(_ commit: Commit) {
        for case let refund? in commit.refunds.map(\.row) { refundUETRs.insert(refund.uetr) }
    }

    func answered(_ call: Call, _ outcome: Outcome) {
        if case .destinationAnswered(let payment, _) = call.submission.command, case .success = outcome.result,
            world.isStranger(call.submission.caller, to: payment)
        {
            world.violate("strangers-are-refused", "A bank answered for another's shop")
        }
        guard !outcome.isReplay, case .failure(let refusal) = outcome.result else { return }
        let span = everyTime(since: call)
        if !isExplained(refusal.code, call.submission, within: span) {
            world.violate("refusals-have-reasons", "\(refusal.code.rawValue) for no reason: \(refusal.detail)")
        }
    }

    /// All that the machine's clock has shown since a call was sent: it may have been put forward and back meanwhile.
    private func everyTime(since call: Call) -> ClosedRange<Timestamp> {
        var (first, last) = (min(call.sentAt, world.clock.now()), max(call.sentAt, world.clock.now()))
        for jump in world.mischief.clockJumps.reversed().prefix(while: { $0.moment >= call.sentMoment }) {
            first = min(first, jump.before, jump.after)
            last = max(last, jump.before, jump.after)
        }
        return first...last
    }

    private func isExplained(_ code: RefusalCode, _ submission: Submission, within span: ClosedRange<Timestamp>) -> Bool
    {
        switch code {
        case .idempotencyInProgress, .idempotencyConflict: return true  // AnswerAuditor's.
        case .forbidden, .participantOffline:
            // Nobody approves what he or she has proposed.
            if case .approveProposal = submission.command { return submission.caller == .person(World.proposer) }
            return isAnySuspended(submission)
        case .liquidity:
            world.count(Fault.capMet)
            return world.cast.areCapsTight || world.mischief.hasNarrowedCaps
        case .noRate: return isRateMissing(for: submission, at: span)
        case .answerNotPossible:
            if case .destinationAnswered = submission.command { return true }
            return false
        default: break
        }
        switch submission.command {
        case .destinationAnswered(let payment, _):
            return code == .notFound && world.isStranger(submission.caller, to: payment)
        case .resolve(let command):
            let expiry = world.codes.values.first { $0.digest == command.code }?.expiresAt
            return code == .qrExpired && expiry.map { $0 <= span.upperBound } ?? false
        case .quote(let command): return isExplained(code, command, within: span)
        case .submit(let command): return isExplained(code, command, by: submission.caller, within: span)
        case .refund(let command): return isExplained(code, command, by: submission.caller, within: span)
        case .recall(let command): return isExplained(code, recallOf: command.payment, within: span)
        // The bank may have ended it, or undone the credit, before they came to it.
        case .proposeDecision, .approveProposal: return [.decisionNotPossible, .duplicate].contains(code)
        // It may have ended by its deadline, or have been overtaken by refunds.
        case .answerRecall(_, let answer):
            if case .granted(_, let uetr?) = answer, code == .uetrUsed { return isBorne(uetr) }
            return [.recallNotPossible, .refundNotPossible, .amountMismatch].contains(code)
        default: return false
        }
    }

    private func isExplained(
        _ code: RefusalCode,
        recallOf id: PaymentID,
        within span: ClosedRange<Timestamp>
    ) -> Bool {
        let found = try? world.disk.read { reader throws(StoreError) in try reader.payment(id) }
        guard let payment = found else { return false }
        switch code {
        case .recallNotPossible, .refundNotPossible, .amountMismatch:
            return !payment.state.isPaid || payment.refunded.parts > 0 || payment.changedAt >= span.lowerBound
        // Another recall is open, or was when this one was asked for.
        case .duplicate: return true
        default: return false
        }
    }

    private func isAnySuspended(_ submission: Submission) -> Bool { !world.suspensions.isEmpty }

    private func isRateMissing(for submission: Submission, at span: ClosedRange<Timestamp>) -> Bool {
        guard case .quote(let command) = submission.command, let merchant = currency(of: command) else { return false }
        let pair = CurrencyPair(payer: command.payerCurrency, merchant: merchant)
        let boards = (try? world.disk.read { reader throws(StoreError) in try reader.rateBoards() }) ?? []
        let rates = boards.first { $0.pair == pair }?.rates ?? []
        let slack = Duration.seconds(1)
        let fresh = rates.filter { rate in
            rate.publishedAt.adding(slack) <= span.lowerBound
                && span.upperBound.since(rate.publishedAt) <= .seconds(60) - slack
                && !world.suspensions.contains(rate.provider)
        }
        return fresh.isEmpty
    }

    private func currency(of command: RequestQuote) -> Currency? {
        world.stories.values.first { $0.resolution?.id == command.resolution }?.pay.shop.currency
    }

    private func isExplained(_ code: RefusalCode, _ command: RequestQuote, within span: ClosedRange<Timestamp>) -> Bool
    {
        let resolution = world.stories.values.first { $0.resolution?.id == command.resolution }?.resolution
        guard let resolution else { return false }
        switch code {
        case .qrExpired: return span.upperBound >= resolution.expiresAt
        case .amountInvalid, .limitExceeded: return command.amount.map(isUnpayable) ?? false
        default: return false
        }
    }

    /// Not in whole customer units, too little or too much (`flows.md` 3).
    private func isUnpayable(_ amount: Money) -> Bool {
        let bounds: ClosedRange<Int64> =
            switch amount.currency {
            case .jpy: 1...300_000
            case .khr: 100_00...8_000_000_00
            default: 1...2_000_00
            }
        return amount.minorUnits % amount.currency.customerUnitMinorUnits != 0 || !bounds.contains(amount.minorUnits)
    }

    private func isExplained(
        _ code: RefusalCode,
        _ command: SubmitPayment,
        by caller: Caller,
        within span: ClosedRange<Timestamp>
    ) -> Bool {
        let quote = try? world.disk.read { reader throws(StoreError) in try reader.quote(command.quote) }
        guard let quote else { return false }
        switch code {
        case .quoteExpired: return span.upperBound >= quote.expiresAt
        case .quoteUsed: return quote.usedBy != nil
        case .agentMismatch: return caller != .participant(quote.issuer)
        case .amountMismatch:
            return command.merchantAmount != quote.price.merchantAmount || command.payerDebit != quote.price.payerDebit
        case .tooLate: return command.acceptedAt.map { span.upperBound.since($0) > .seconds(25) } ?? false
        case .missingData: return command.acceptedAt.map { $0.since(span.lowerBound) > .seconds(60) } ?? false
        case .uetrUsed: return isBorne(command.uetr)
        case .duplicate: return isDuplicate(command)
        case .limitExceeded: return isPastLimit(command, quote.price)
        default: return false
        }
    }

    /// What the payer has submitted in all, given back or not, and this on top.
    private func isPastLimit(_ command: SubmitPayment, _ price: Price) -> Bool {
        let auditor = world.auditors.lazy.compactMap { $0 as? LimitAuditor }.first
        let before = auditor?.submitted[command.payer] ?? (0, 0)
        let amount = price.merchantAmount.currency == .jpy ? price.merchantAmount : price.interbankAmount
        return before.yen + amount.minorUnits > 50_000 || before.count >= 30
    }

    private func isBorne(_ uetr: UETR) -> Bool {
        let bearer = try? world.disk.read { reader throws(StoreError) in try reader.payment(uetr: uetr) }
        return bearer != nil || refundUETRs.contains(uetr)
    }

    private func isDuplicate(_ command: SubmitPayment) -> Bool {
        guard let story = world.stories.values.first(where: { $0.quote?.id == command.quote }), let code = story.code
        else { return false }
        let others = world.stories.values.filter { $0 !== story && $0.code?.digest == code.digest }
        return code.isSingleUse && !others.isEmpty
    }

    private func isExplained(
        _ code: RefusalCode,
        _ command: RequestRefund,
        by caller: Caller,
        within span: ClosedRange<Timestamp>
    ) -> Bool {
        let payment = try? world.disk.read { reader throws(StoreError) in try reader.payment(command.payment) }
        guard let payment else { return false }
        switch code {
        case .refundNotPossible:
            // It may have been paid only after the refund was asked for.
            return payment.state == .refunded || !payment.state.isPaid || payment.changedAt >= span.lowerBound
                || payment.refunded.parts >= Refund.maximumParts
        case .amountMismatch:
            let left = payment.price.merchantAmount.minorUnits - payment.refunded.merchantMinorUnits
            return command.amount.map { $0.minorUnits > left } ?? false
        case .notFound: return caller != .participant(payment.acquirer)
        case .uetrUsed: return isBorne(command.uetr)
        default: return false
        }
    }
}
