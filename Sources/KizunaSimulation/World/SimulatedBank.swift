import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What a shop's bank makes of a credit request.
enum BankMind: Sendable, Hashable {
    case accepts
    case refuses(RefusalCode)
    /// Cannot say yet, so many times; then accepts.
    case ponders(times: Int)
    /// Refuses, and accepts all the same by a call of its own after so many milliseconds.
    case changesMind(after: Int64)
}

/// A participant as the switch's messages shape it: what it promised to shops, what it knows of its payers' payments.
///
/// It is honest and forgets nothing; whatever lies or loses is the network.
final class SimulatedBank {
    enum Promise: Sendable, Hashable { case promised, credited, dropped, refused(RefusalCode) }

    let participant: Participant
    private(set) var promises: [PaymentID: Promise] = [:]
    private(set) var told: [PaymentID: PaymentState] = [:]
    private(set) var refunds: Set<RefundID> = []
    private var pondered: [PaymentID: Int] = [:]
    /// When the switch wrote what is known of a payment: an older message that comes later says nothing new.
    private var toldAt: [PaymentID: Timestamp] = [:]

    init(_ participant: Participant) { self.participant = participant }

    func take(_ delivery: Delivery, by pay: PayAction?, in world: World) -> DeliveryOutcome {
        let (message, payment) = (delivery.message, delivery.payment)
        let mind = pay?.mind ?? .accepts
        switch message.kind {
        case .creditRequest: return answer(payment.id, mind, in: world)
        case .statusQuery:
            // Asked about something it never heard of, it says no, and keeps to it.
            if promises[payment.id] == nil, pondered[payment.id] == nil { promises[payment.id] = .refused(.technical) }
            return answer(payment.id, mind, in: world)
        case .creditDecision:
            learn(payment.id, message.state, in: world)
            return .acknowledged
        case .reversalRequest: return undo(payment.id, keeps: pay?.keepsCredit ?? false)
        case .paymentUpdate:
            hear(message, in: world)
            return .acknowledged
        case .recallRequest: return world.answer(delivery, pay?.recallMind ?? .grants)
        case .recallUpdate, .disputeUpdate, .event: return .acknowledged
        case .refundNotice:
            if let refund = message.refund { refunds.insert(refund) }
            return .acknowledged
        }
    }

    private func answer(_ payment: PaymentID, _ mind: BankMind, in world: World) -> DeliveryOutcome {
        switch promises[payment] {
        case .promised, .credited: return .accepted
        case .dropped: return .refused(.timeoutDestination)
        case .refused(let reason): return .refused(reason)
        case nil: break
        }
        switch mind {
        case .refuses(let reason):
            promises[payment] = .refused(reason)
            return .refused(reason)
        case .ponders(let times) where pondered[payment, default: 0] < times:
            pondered[payment, default: 0] += 1
            return .pending
        case .changesMind(let pause):
            promises[payment] = .refused(.technical)
            world.schedule(after: pause) { [self] in changeMind(about: payment, in: world) }
            return .refused(.technical)
        case .ponders, .accepts:
            promises[payment] = participant.linkKind == .twoPhase ? .promised : .credited
            return .accepted
        }
    }

    private func changeMind(about payment: PaymentID, in world: World) {
        world.count(Fault.mindChanged)
        promises[payment] = participant.linkKind == .twoPhase ? .promised : .credited
        let command = Command.destinationAnswered(payment: payment, .accepted)
        world.request(Submission(caller: .participant(participant.id), command: command)) { _ in }
    }

    /// Asked to undo a credit: it does, or has a reason not to; what it never credited it never will.
    private func undo(_ payment: PaymentID, keeps: Bool) -> DeliveryOutcome {
        switch promises[payment] {
        case .promised, .credited:
            guard !keeps else { return .cancellationRefused(.customerDecision) }
            promises[payment] = .dropped
            return .cancelled
        case .dropped: return .cancelled
        case .refused: return .cancellationRefused(.neverReceived)
        case nil:
            promises[payment] = .refused(.technical)
            return .cancellationRefused(.neverReceived)
        }
    }

    private func learn(_ payment: PaymentID, _ state: PaymentState, in world: World) {
        switch (promises[payment], state.isPaid) {
        case (.promised, true), (.credited, true): promises[payment] = .credited
        case (.promised, false), (nil, false), (.dropped, false): promises[payment] = .dropped
        case (.refused, false): break
        case (.credited, false):
            if participant.linkKind == .twoPhase { world.violate("one-decision", "A bank is told to undo a credit") }
        case (.refused, true), (.dropped, true), (nil, true):
            if world.isBankHonest(about: payment) {
                world.violate("no-credit-without-promise", "A bank is told to credit what it never promised")
            }
        }
    }

    private func hear(_ message: OutboxMessage, in world: World) {
        let (payment, state, known) = (message.payment, message.state, told[message.payment])
        if let known, known.isFinal, state.isFinal, known.isPaid != state.isPaid, !world.reopened.contains(payment) {
            world.violate("one-final-state", "An issuer is told \(state.name) after \(known.name)")
        }
        guard isNews(message, after: known, in: world) else { return }
        toldAt[payment] = message.createdAt
        told[payment] = state
    }

    /// Whether a message says more than what is known. Messages overtake each other, and the clock that dates them may be
    /// put back; but nothing but refunds comes after a payment, and an end is later than what led to it.
    private func isNews(_ message: OutboxMessage, after known: PaymentState?, in world: World) -> Bool {
        guard let known, let before = toldAt[message.payment] else { return true }
        if known.isPaid != message.state.isPaid { return message.state.isPaid }
        if known.isFinal != message.state.isFinal, message.state.isFinal || message.createdAt == before {
            return message.state.isFinal
        }
        // What opens a payment again ends once more; where dates say nothing, the next end will do.
        if known.isFinal, !message.state.isFinal, world.mischief.backwardShift > 0 { return false }
        return message.createdAt >= before
    }
}
