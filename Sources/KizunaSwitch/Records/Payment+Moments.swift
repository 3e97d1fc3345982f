package import KizunaMoney
package import KizunaPayments

extension Payment {
    /// When messages about the payment were written: with each change of its state and each refund, in the same commit.
    /// In order, each once. Those about its recalls and disputes were written when these changed.
    package func moments(_ refunds: [Refund], _ recalls: [Recall], _ disputes: [Dispute]) -> [Timestamp] {
        let own = [submittedAt, changedAt] + (events ?? []).map(\.at) + refunds.map(\.createdAt)
        return Set(
            own + recalls.flatMap { [$0.requestedAt, $0.changedAt] } + disputes.flatMap { [$0.openedAt, $0.changedAt] }
        )
        .sorted()
    }
}
