public import KizunaMoney

extension Payment {
    /// Opens a case about the payment.
    ///
    /// - Parameters:
    ///   - amount: in the merchant's currency; `nil` for all that is left.
    ///   - dueAt: until when the other side may answer.
    /// - Throws: ``RefusalCode/disputeNotPossible`` (not final, never paid, 90 days over, nothing left),
    ///   ``RefusalCode/currencyNotSupported``, ``RefusalCode/amountInvalid``, ``RefusalCode/amountMismatch`` (more than
    ///   is left).
    public func dispute(
        _ amount: Money?,
        id: DisputeID,
        by side: Dispute.Side,
        reason: Dispute.Reason,
        dueAt: Timestamp,
        at now: Timestamp
    ) throws(Refusal) -> Dispute {
        try checkClaim(.disputeNotPossible, within: Dispute.window, at: now)
        return Dispute(
            id: id,
            payment: self.id,
            issuer: issuer,
            acquirer: acquirer,
            openedBy: side,
            reason: reason,
            amount: try amountBack(amount),
            openedAt: now,
            answerDueAt: dueAt,
            dueAt: dueAt
        )
    }
}
