package import KizunaMoney
package import KizunaPayments

/// The claims about a payment that have not ended: one of each kind at most.
///
/// Derived from the recalls and disputes themselves, and not written by itself.
package struct OpenClaims: Sendable, Hashable {
    package var recall: RecallID?

    package init(recall: RecallID? = nil) { self.recall = recall }
}

/// An issuer asks for money back after a payment has become final.
package struct RequestRecall: Sendable {
    package let payment: PaymentID
    package let reason: Recall.Reason
    /// In the merchant's currency; `nil` for all that is left.
    package let amount: Money?

    package init(payment: PaymentID, reason: Recall.Reason, amount: Money?) {
        self.payment = payment
        self.reason = reason
        self.amount = amount
    }
}

/// What an acquirer says to a recall.
package enum RecallAnswer: Sendable, Hashable {
    /// The money goes back.
    ///
    /// - `amount`: a part of what is recalled; `nil` for all of it, or for what is left when that has become less.
    /// - `uetr`: of the refund; `nil` to have the switch make one.
    case granted(amount: Money?, uetr: UETR?)
    case refused(ReversalRefusal)
    /// It is looking into it.
    case pending
}
