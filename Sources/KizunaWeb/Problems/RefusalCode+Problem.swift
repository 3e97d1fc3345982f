import KizunaPayments

/// How a refusal of the switch looks over HTTP (`flows.md` 10).
extension RefusalCode {
    var status: Int {
        switch self {
        case .compliance, .fraudSuspected, .forbidden: 403
        case .merchantNotFound, .notFound: 404
        case .quoteExpired, .quoteUsed, .duplicate, .uetrUsed, .idempotencyInProgress: 409
        case .qrInvalid, .qrExpired, .merchantClosed, .merchantBlocked, .merchantNotEnabled, .currencyNotSupported,
            .amountInvalid, .amountMismatch, .limitExceeded, .payerFunds, .agentMismatch, .tooLate, .missingData,
            .idempotencyConflict, .refundNotPossible, .recallNotPossible, .disputeNotPossible:
            422
        case .answerNotPossible, .decisionNotPossible: 409
        case .technical: 500
        case .liquidity, .noRate, .participantOffline: 503
        case .timeoutDestination: 504
        }
    }

    /// A few words for a heading or a receipt, and the reason of a rejected payment.
    package var title: String {
        switch self {
        case .qrInvalid: "The code cannot be read"
        case .qrExpired: "The code has expired"
        case .merchantNotFound: "The shop is not known"
        case .merchantClosed: "The shop's account is closed"
        case .merchantBlocked: "The shop's account is blocked"
        case .merchantNotEnabled: "The shop does not take foreign payers"
        case .currencyNotSupported: "The currency is not offered here"
        case .amountInvalid: "The amount is not possible"
        case .amountMismatch: "The amount is not the one agreed"
        case .limitExceeded: "The amount is over a limit"
        case .payerFunds: "The payer's account does not cover it"
        case .liquidity: "A participant is at its cap"
        case .noRate: "There is no exchange rate now"
        case .quoteExpired: "The quote has expired"
        case .quoteUsed: "The quote has been used"
        case .duplicate: "This has been done before"
        case .uetrUsed: "The UETR has been used"
        case .agentMismatch: "The participants do not match"
        case .participantOffline: "The other bank is away"
        case .timeoutDestination: "The shop's bank did not answer in time"
        case .tooLate: "The payer agreed too long ago"
        case .compliance: "The payment cannot be made"
        case .missingData: "Something is missing"
        case .fraudSuspected: "The payment cannot be made"
        case .technical: "Something went wrong on the way"
        case .notFound: "There is no such thing"
        case .forbidden: "This is not for this key"
        case .idempotencyConflict: "The Idempotency-Key was used for something else"
        case .idempotencyInProgress: "The same request is being answered"
        case .answerNotPossible: "The payment does not take this answer"
        case .refundNotPossible: "The payment cannot be refunded"
        case .recallNotPossible: "The payment cannot be recalled"
        case .disputeNotPossible: "The dispute does not take this"
        case .decisionNotPossible: "This cannot be decided"
        }
    }
}
