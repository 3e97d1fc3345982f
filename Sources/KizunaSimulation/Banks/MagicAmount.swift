package import KizunaMoney

/// Amounts that make a simulated shop's bank misbehave, so that anybody can try every way a payment ends.
///
/// The last four digits of the merchant amount, in customer units (yen, riel, cents), from 9001 on.
package enum MagicAmount: Int, Sendable, CaseIterable {
    /// Refused: the shop's account is closed.
    case refuseClosed = 9001
    /// Refused: the shop's account is blocked.
    case refuseBlocked = 9002
    /// Never answered at all.
    case silence = 9003
    /// Promised only after the switch's deadline.
    case lateAcceptance = 9004
    /// Promised three times over.
    case duplicateAnswers = 9005
    /// Answered with something that makes no sense, then with a promise.
    case garbageFirst = 9006
    /// Fails at first, promises at the second attempt.
    case failsFirst = 9007
    /// Promises, but no answer to a credit request arrives; a status query finds out.
    case answersAreLost = 9008
    /// Refused, and accepted all the same two seconds later; undone when asked.
    case acceptsAfterRefusing = 9009
    /// The same, and never undone.
    case neverReverses = 9010

    package init?(_ amount: Money) {
        let units = amount.minorUnits / amount.currency.customerUnitMinorUnits
        self.init(rawValue: Int(units % 10_000))
    }
}
