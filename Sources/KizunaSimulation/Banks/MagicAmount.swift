package import KizunaMoney
import KizunaPayments
package import KizunaWeb

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
    /// Whatever a sandbox sends about it to somebody's own address comes twice.
    case deliveredTwice = 9011

    package init?(_ amount: Money) {
        let units = amount.minorUnits / amount.currency.customerUnitMinorUnits
        self.init(rawValue: Int(units % 10_000))
    }
}

extension MagicAmount {
    /// The same for those who try a sandbox.
    package var sandboxAmount: SandboxAmount { SandboxAmount(lastDigits: rawValue, summary: summary, ends: ends) }

    private var summary: String {
        switch self {
        case .refuseClosed: "The shop's bank refuses: the account is closed."
        case .refuseBlocked: "The shop's bank refuses: the account is blocked."
        case .silence: "The shop's bank never answers the request."
        case .lateAcceptance: "The shop's bank accepts one second after the deadline."
        case .duplicateAnswers: "The shop's bank accepts three times."
        case .garbageFirst: "The shop's bank answers nonsense, then accepts."
        case .failsFirst: "The shop's bank fails, then accepts."
        case .answersAreLost: "The shop's bank accepts, and no answer arrives."
        case .acceptsAfterRefusing: "The shop's bank refuses, and accepts two seconds later; it undoes that when asked."
        case .neverReverses: "The shop's bank refuses, and accepts two seconds later; it never undoes that."
        case .deliveredTwice: "Every message about it comes twice."
        }
    }

    private var ends: (twoPhase: PaymentState, singlePhase: PaymentState) {
        switch self {
        case .refuseClosed, .refuseBlocked, .silence: (.rejected, .rejected)
        case .duplicateAnswers, .garbageFirst, .failsFirst, .deliveredTwice: (.completed, .completed)
        case .lateAcceptance, .answersAreLost: (.rejected, .completed)
        case .acceptsAfterRefusing: (.rejected, .reversed)
        case .neverReverses: (.rejected, .exception)
        }
    }
}
