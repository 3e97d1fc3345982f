import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What a decision calls for is written in the commit that decides: messages to those concerned, and the deadline.
/// Nobody is told what is not so.
final class OutboxAuditor: Auditor {
    private unowned let world: World

    init(_ world: World) { self.world = world }

    func committed(_ commit: Commit) {
        for change in commit.payments {
            guard let payment = change.row, payment.state != change.stored?.state else { continue }
            check(payment, from: change.stored?.state, commit)
        }
        for change in commit.refunds {
            guard let refund = change.row else { continue }
            let isTold = commit.messages.contains {
                $0.row?.kind == .refundNotice && $0.row?.refund == refund.id && $0.row?.destination == refund.issuer
            }
            if !isTold { world.violate("decisions-are-told", "A refund whose issuer is not told") }
        }
        for change in commit.messages {
            if let before = change.stored { follow(before, to: change.row, commit) }
            if change.isNew, let message = change.row { checkRetold(message, commit) }
        }
    }

    /// What is kept of a payment tells which messages there were, when they have arrived and are gone.
    private func checkRetold(_ message: OutboxMessage, _ commit: Commit) {
        let known = try? world.disk.read { reader throws(StoreError) in
            (try reader.payment(message.payment), try reader.refunds(of: message.payment))
        }
        let change = commit.payments.first { $0.key == message.payment }
        // Only a decision that is told again comes without a change.
        guard message.claim == nil, change != nil || message.kind == .refundNotice else { return }
        let refunds = (known?.1 ?? []) + commit.refunds.compactMap(\.row).filter { $0.payment == message.payment }
        let letters = (change?.row ?? known?.0)?.letters(refunds: refunds) ?? []
        let isRetold = letters.contains {
            $0.kind == message.kind && $0.destination == message.destination && $0.at == message.createdAt
        }
        if !isRetold { world.violate("messages-are-retold", "A \(message.kind) of which the payment tells nothing") }
    }

    /// A message that was not answered: questions are asked as long as their answer is needed, and attempts count.
    private func follow(_ before: OutboxMessage, to after: OutboxMessage?, _ commit: Commit) {
        if let dueBefore = before.dueAt, let dueAfter = after?.dueAt {
            if dueAfter > dueBefore, after?.attempts != before.attempts + 1 {
                world.violate("attempts-are-counted", "A \(before.kind) waits longer, and its attempt is not counted")
            }
            return
        }
        guard let asking = OutboxAuditor.states[before.kind] else { return }
        let changed = commit.payments.first { $0.key == before.payment }?.row
        let found = try? world.disk.read { reader throws(StoreError) in try reader.payment(before.payment) }
        // A group may take a payment out of the state that asks and back into it, with a question of its own.
        let isAskedAnew = commit.messages.contains {
            $0.isNew && $0.row?.kind == before.kind && $0.row?.payment == before.payment
        }
        if let state = (changed ?? found)?.state, state == asking, !isAskedAnew {
            world.violate("questions-are-asked-again", "A \(before.kind) is given up in \(state.name)")
        }
    }

    /// In which state each question needs an answer.
    private static let states: [OutboxMessage.Kind: PaymentState] = [
        .creditRequest: .sent, .statusQuery: .unknown, .reversalRequest: .reversing,
    ]

    private func check(_ payment: Payment, from before: PaymentState?, _ commit: Commit) {
        for (kind, receiver) in OutboxAuditor.messages(about: payment, from: before) {
            let isWritten = commit.messages.contains { change in
                guard change.isNew, let message = change.row else { return false }
                return message.payment == payment.id && message.kind == kind && message.destination == receiver
                    && message.state == payment.state
            }
            if !isWritten { world.violate("decisions-are-told", "\(payment.state.name) without a \(kind)") }
        }
        for (kind, state, duration) in OutboxAuditor.deadlines {
            let change = commit.timers.first { $0.key == TimerKey(kind: kind, payment: payment.id) }
            if payment.state == state {
                if change?.row != payment.changedAt.adding(duration) {
                    world.violate("deadlines-are-rows", "\(state.name) without its deadline")
                }
            } else if before == state, change == nil || change?.row != nil {
                world.violate("deadlines-are-rows", "What is not \(state.name) any more keeps its deadline")
            }
        }
    }

    /// How long a payment may stay in a state (`flows.md` 4.5 and 4.6).
    private static let deadlines: [(TimerKey.Kind, PaymentState, Duration)] = [
        (.decisionDeadline, .sent, .seconds(20)), (.unresolved, .unknown, .seconds(600)),
        (.reversalOverdue, .reversing, .seconds(86_400)),
    ]

    private static func messages(
        about payment: Payment,
        from before: PaymentState?
    ) -> [(OutboxMessage.Kind, ParticipantID)] {
        switch payment.state {
        case .sent: [(.creditRequest, payment.acquirer)]
        case .completed: [(.creditDecision, payment.acquirer), (.paymentUpdate, payment.issuer)]
        case .rejected where payment.reason == .timeoutDestination && payment.link == .twoPhase && before == .sent:
            [(.creditDecision, payment.acquirer), (.paymentUpdate, payment.issuer)]
        case .rejected where before == .unknown:
            [(.creditDecision, payment.acquirer), (.paymentUpdate, payment.issuer)]
        case .rejected, .reversed, .exception: [(.paymentUpdate, payment.issuer)]
        case .reversing: [(.reversalRequest, payment.acquirer)]
        case .unknown: [(.statusQuery, payment.acquirer), (.paymentUpdate, payment.issuer)]
        case .resolved, .quoted, .submitted, .reserved, .accepted, .partiallyRefunded, .refunded, .expired: []
        }
    }

    func sent(_ delivery: Delivery) {
        let message = delivery.message
        let payment = try? world.disk.read { reader throws(StoreError) in try reader.payment(message.payment) }
        guard let payment else { return world.violate("nobody-is-told-too-early", "A payment that the disk lacks") }
        guard message.state.isFinal else { return }
        // What had ended unpaid may have been opened again since.
        let isReopened = !message.state.isPaid && world.reopened.contains(payment.id)
        let isSo = isReopened || payment.state.isFinal && payment.state.isPaid == message.state.isPaid
        if !isSo { world.violate("nobody-is-told-too-early", "\(message.state.name) of what is \(payment.state.name)") }
    }
}
