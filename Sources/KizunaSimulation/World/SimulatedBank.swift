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
        case .creditRequest: return answer(payment.id, mind)
        case .statusQuery:
            // Asked about something it never heard of, it says no, and keeps to it.
            if promises[payment.id] == nil, pondered[payment.id] == nil { promises[payment.id] = .refused(.technical) }
            return answer(payment.id, mind)
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

    private func answer(_ payment: PaymentID, _ mind: BankMind) -> DeliveryOutcome {
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
        case .ponders, .accepts:
            promises[payment] = participant.linkKind == .twoPhase ? .promised : .credited
            return .accepted
        }
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
        let (payment, state) = (message.payment, message.state)
        // The end of a payment is believed whenever it comes: the switch's clock may have been put back since.
        // Nothing but refunds comes after a payment, whenever an older message arrives.
        if told[payment]?.isPaid == true, !state.isFinal { return }
        let isEnd = state.isFinal && told[payment]?.isFinal != true
        if !isEnd, let before = toldAt[payment], message.createdAt < before { return }
        toldAt[payment] = message.createdAt
        if let known = told[payment], known.isFinal, state.isFinal, known.isPaid != state.isPaid {
            world.violate("one-final-state", "An issuer is told \(state.name) after \(known.name)")
        }
        told[payment] = state
    }
}
