import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A payment's way through its states (`flows.md` 4.6): one final state, nothing final is left but by a refund, nothing
/// is decided by silence but the safe abort, and not before its time.
final class LifeAuditor: Auditor {
    private unowned let world: World
    /// What each payment's bank has answered so far, by any way.
    private var answers: [PaymentID: Set<Bool>] = [:]
    /// What it has answered when it was asked to undo.
    private var undone: [PaymentID: Set<DeliveryOutcome>] = [:]

    init(_ world: World) { self.world = world }

    /// What the switch has received counts, not what it has taken in.
    func received(_ call: Call) {
        switch call.submission.command {
        case .destinationAnswered(let payment, let outcome):
            if !world.isStranger(call.submission.caller, to: payment) { note(outcome, of: payment) }
        default: break
        }
    }

    func note(_ outcome: DeliveryOutcome, of payment: PaymentID) {
        switch outcome {
        case .accepted: answers[payment, default: []].insert(true)
        case .refused: answers[payment, default: []].insert(false)
        case .cancelled, .cancellationRefused: undone[payment, default: []].insert(outcome)
        case .granted, .acknowledged, .pending, .noAnswer, .notCallable: break
        }
    }

    func heard(_ outcome: DeliveryOutcome, to delivery: Delivery) {
        if delivery.message.kind.isQuestion { note(outcome, of: delivery.payment.id) }
    }

    func committed(_ commit: Commit) {
        for change in commit.payments {
            guard let payment = change.row else { return world.violate("payments-stay", "A payment was removed") }
            guard let before = change.stored else {
                begin(payment)
                continue
            }
            follow(payment, from: before)
            if before.state == .exception, payment.state != .exception { checkDecision(on: payment, commit) }
        }
    }

    /// The id bears the moment of the step; a group's own time is that of its last step.
    private func begin(_ payment: Payment) {
        if payment.state != .sent { world.violate("handed-over-durably", "A payment begins \(payment.state.name)") }
        if UInt64(bitPattern: payment.submittedAt.milliseconds) != payment.id.value.high >> 16 {
            world.violate("deadline-counts-from-submission", "Another moment is kept")
        }
    }

    private func follow(_ payment: Payment, from before: Payment) {
        if before.price != payment.price || before.uetr != payment.uetr || before.quote != payment.quote
            || before.submittedAt != payment.submittedAt || before.isSingleUse != payment.isSingleUse
        {
            world.violate("promises-stay", "What a payment was submitted with has changed")
        }
        guard payment.state != before.state else { return }
        let isRefund =
            payment.refunded.parts > before.refunded.parts && [.partiallyRefunded, .refunded].contains(payment.state)
        if before.state.isFinal, !isRefund, !isReopened(payment, from: before.state) {
            world.violate("one-final-state", "\(before.state.name) became \(payment.state.name)")
        }
        let (told, now) = (answers[payment.id] ?? [], payment.changedAt)
        switch payment.state {
        case .completed:
            // Two persons who have asked the bank may know of what no answer told the switch.
            if !told.contains(true), before.state != .exception {
                world.violate("no-credit-without-acceptance", "Completed though nobody accepted")
            }
            if payment.link == .twoPhase, before.state == .sent, now >= payment.decisionDeadline {
                world.violate("deadline-decides", "Completed after the decision deadline")
            }
        case .rejected: checkRejection(payment, from: before.state, told: told, at: now)
        case .unknown:
            if payment.link == .twoPhase { world.violate("two-phase-is-never-unknown", "A safe abort was possible") }
            if now < payment.decisionDeadline { world.violate("deadline-decides", "Given up before the deadline") }
        case .partiallyRefunded, .refunded: checkRefund(payment)
        case .reversing:
            if before.state == .unknown, now.since(before.changedAt) < .seconds(600) {
                world.violate("deadline-decides", "Reversed before ten minutes were over")
            }
        case .reversed:
            if undone[payment.id] == nil, !told.contains(false), before.state != .exception {
                world.violate("silence-is-no-refusal", "Reversed though nobody said so")
            }
        case .exception:
            let isRefused = undone[payment.id]?.contains { $0 != .cancelled } ?? false
            let isOverdue = before.state == .reversing && now.since(before.changedAt) >= .seconds(86_400)
            if !isRefused, !isOverdue, before.state != .reversed {
                world.violate("deadline-decides", "An exception though nobody refused to reverse")
            }
        case .resolved, .quoted, .submitted, .reserved, .sent, .accepted, .expired: break
        }
    }

    private func checkRejection(_ payment: Payment, from before: PaymentState, told: Set<Bool>, at now: Timestamp) {
        if payment.reason == nil { world.violate("rejection-has-reason", "None is kept") }
        guard !told.contains(false) else { return }
        if before == .unknown { return world.violate("silence-is-no-refusal", "UNKNOWN became REJECTED unasked") }
        if payment.link == .singlePhase {
            return world.violate("silence-is-no-refusal", "A single-phase payment was rejected though nobody refused")
        }
        if now < payment.decisionDeadline { world.violate("deadline-decides", "Aborted before the deadline") }
        if payment.reason != .timeoutDestination { world.violate("rejection-has-reason", "Not the time-out") }
    }

    /// Nobody decides alone.
    private func checkDecision(on payment: Payment, _ commit: Commit) {
        let decided = commit.cases.lazy.compactMap(\.row).first { $0.payment == payment.id }
        guard let proposal = decided?.proposal, let closing = decided?.closing else {
            return world.violate("two-persons-decide", "An exception ended without a case")
        }
        if proposal.proposer == closing.approver { world.violate("two-persons-decide", "One person decided alone") }
        if payment.state.isPaid != (proposal.decision == .honour) {
            world.violate("two-persons-decide", "It became what nobody proposed")
        }
    }

    /// A single-phase bank that claims success after all opens an unpaid payment again, until that is undone.
    private func isReopened(_ payment: Payment, from before: PaymentState) -> Bool {
        payment.link == .singlePhase && !before.isPaid && [.reversing, .exception].contains(payment.state)
            && answers[payment.id]?.contains(true) == true
    }

    private func checkRefund(_ payment: Payment) {
        let isWhole = payment.refunded.merchantMinorUnits == payment.price.merchantAmount.minorUnits
        if isWhole != (payment.state == .refunded) {
            world.violate("refunded-means-all", "\(payment.state.name) with another sum")
        }
        if payment.refunded.parts > 20 { world.violate("refunds-are-few", "More than 20 parts") }
    }

    func settled() {
        let counts = (try? world.disk.read { reader throws(StoreError) in try reader.paymentCounts() }) ?? [:]
        let unfinished = counts.filter { !$0.key.isFinal }.sorted {
            $0.key.rawValue < $1.key.rawValue
        }
        if !unfinished.isEmpty {
            let states = unfinished.map { "\($0.value) \($0.key.name)" }.joined(separator: ", ")
            world.violate("everything-ends", "Nothing goes on, but there are: \(states)")
        }
    }
}
