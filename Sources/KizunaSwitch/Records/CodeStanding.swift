package import KizunaPayments

/// What is remembered of a KHQR beside who has claimed it; it never changes.
package enum CodeNote: Int, Sendable, Hashable {
    /// It may be paid once, and a payment of it has failed.
    case failed = 1
    /// It may be paid again and again, and has been.
    case reusable = 2
}

/// What is known of a code by its digest.
package enum CodeStanding: Sendable, Hashable {
    /// A payment has claimed it: it is under way or done.
    case claimed(PaymentID)
    case noted(CodeNote)
}
