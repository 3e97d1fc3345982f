public import KizunaMoney

extension Payment {
    /// Asks for money back from the shop's side.
    ///
    /// - Parameters:
    ///   - amount: in the merchant's currency; `nil` for all that is left.
    ///   - calendar: of the acquirer's country, in whose business days the time to answer counts.
    /// - Throws: ``RefusalCode/recallNotPossible`` (not final, never paid, 90 days over, nothing left),
    ///   ``RefusalCode/currencyNotSupported``, ``RefusalCode/amountInvalid``, ``RefusalCode/amountMismatch`` (more than
    ///   is left).
    public func recall(
        _ amount: Money?,
        id: RecallID,
        reason: Recall.Reason,
        calendar: BusinessCalendar,
        at now: Timestamp
    ) throws(Refusal) -> Recall {
        try checkClaim(.recallNotPossible, within: Recall.window, at: now)
        return Recall(
            id: id,
            payment: self.id,
            issuer: issuer,
            acquirer: acquirer,
            reason: reason,
            amount: try amountBack(amount),
            requestedAt: now,
            answerDueAt: calendar.end(ofBusinessDay: Recall.answerBusinessDays, after: now),
            freeze: reason == .fraud ? Recall.Freeze(dueAt: now.adding(Recall.freezeTime)) : nil
        )
    }
}
