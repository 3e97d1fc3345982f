import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A shop's bank that credits as it accepts, and that is cut off for a while.
struct SilentDestination {
    /// How much of it the switch reaches.
    enum Line { case open, answersAreLost, dead }

    /// What it has done about a payment: for good, since the switch's word comes last.
    private(set) var credited: [PaymentID: Money] = [:]
    private var refusesToCredit: Set<PaymentID> = []
    let deadFrom: Timestamp
    let answersLostFrom: Timestamp
    let backAt: Timestamp

    init(deadFrom: Timestamp, answersLostFrom: Timestamp, backAt: Timestamp) {
        self.deadFrom = deadFrom
        self.answersLostFrom = answersLostFrom
        self.backAt = backAt
    }

    func line(at now: Timestamp) -> Line {
        if now < deadFrom || now >= backAt { return .open }
        return now < answersLostFrom ? .dead : .answersAreLost
    }

    /// What the switch hears of it in the end, and after how long.
    mutating func take(_ message: OutboxMessage, about payment: Payment, at now: Timestamp) -> (
        DeliveryOutcome, Duration
    ) {
        switch line(at: now) {
        case .dead: return (.noAnswer, DeliverySchedule.answerTime)
        case .answersAreLost:
            _ = answer(message, payment)
            return (.noAnswer, DeliverySchedule.answerTime)
        case .open: return (answer(message, payment), .seconds(1))
        }
    }

    private mutating func answer(_ message: OutboxMessage, _ payment: Payment) -> DeliveryOutcome {
        let id = payment.id
        switch message.kind {
        case .creditRequest:
            guard !refusesToCredit.contains(id) else { return .refused(.tooLate) }
            credited[id] = payment.price.merchantAmount
            return .accepted
        case .statusQuery:
            return credited[id] == nil ? .refused(.technical) : .accepted
        case .reversalRequest:
            credited[id] = nil
            refusesToCredit.insert(id)
            return .cancelled
        case .creditDecision:
            if !message.state.isPaid { refusesToCredit.insert(id) }
            return .acknowledged
        case .paymentUpdate, .refundNotice, .recallRequest, .recallUpdate, .disputeUpdate, .event:
            return .acknowledged
        }
    }
}
