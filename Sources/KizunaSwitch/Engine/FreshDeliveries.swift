import KizunaLedger
import KizunaMoney
import KizunaPayments

/// Puts a commit's messages together from what the commit itself leaves and what those before it left, so that the
/// courier need not ask the store for each. What is not remembered is left to be read.
struct FreshDeliveries {
    /// How long another node's change of a participant may go unnoticed, as with keys.
    private static let patience = Duration.seconds(1)

    /// They never change once they are written.
    private var parties = RecentRows<PaymentID, PaymentParties>()
    private var participants: [ParticipantID: (participant: Participant, knownAt: Timestamp)] = [:]

    /// Takes in what a commit knows for certain.
    mutating func note(_ transaction: Transaction, at now: Timestamp) {
        parties.note(transaction.parties.changes)
        for case let participant? in transaction.participants.changes.map(\.row) { note(participant, at: now) }
    }

    /// Takes in what has been read.
    mutating func note(_ delivery: Delivery, at now: Timestamp) {
        parties.remember(delivery.payment.id, delivery.parties)
        note(delivery.destination, at: now)
    }

    private mutating func note(_ participant: Participant, at now: Timestamp) {
        participants[participant.id] = (participant, now)
    }

    /// A message of a commit with what belongs to it; `nil` when some of that has to be read.
    func delivery(of message: OutboxMessage, in transaction: Transaction, at now: Timestamp) -> Delivery? {
        guard message.target == nil, message.refund == nil, message.claim == nil,
            let payment = transaction.payments[message.payment],
            let parties = parties[message.payment],
            let destination = participants[message.destination],
            (.zero..<Self.patience).contains(now.since(destination.knownAt))
        else { return nil }
        return Delivery(
            message: message,
            destination: destination.participant,
            payment: payment,
            parties: parties,
            refund: nil
        )
    }
}
