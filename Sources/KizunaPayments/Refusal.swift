/// A "no" of the business, in words that a person can act on.
public struct Refusal: Error, Sendable, Hashable {
    public let code: RefusalCode
    /// What is wrong and what would be right; holds no name, account or payload.
    public let detail: String
    /// ISO 20022's reason, where the case has a more precise one than its code.
    public let preciseISOReason: String?

    public init(_ code: RefusalCode, _ detail: String, isoReason: String? = nil) {
        self.code = code
        self.detail = detail
        preciseISOReason = isoReason
    }

    /// The ISO 20022 external status reason (ExternalStatusReason1Code), where one fits.
    public var isoReason: String? { preciseISOReason ?? code.isoReason }
}

/// The codes of `flows.md` section 10, with a few of the native API's own.
public enum RefusalCode: String, Sendable, Hashable, CaseIterable {
    case qrInvalid = "qr_invalid"
    case qrExpired = "qr_expired"
    case merchantNotFound = "merchant_not_found"
    case merchantClosed = "merchant_closed"
    case merchantBlocked = "merchant_blocked"
    case merchantNotEnabled = "merchant_not_enabled"
    case currencyNotSupported = "currency_not_supported"
    case amountInvalid = "amount_invalid"
    case amountMismatch = "amount_mismatch"
    case limitExceeded = "limit_exceeded"
    case payerFunds = "payer_funds"
    case liquidity
    case noRate = "no_rate"
    case quoteExpired = "quote_expired"
    case quoteUsed = "quote_used"
    case duplicate
    /// A UETR that was given to another payment or refund.
    case uetrUsed = "uetr_used"
    case agentMismatch = "agent_mismatch"
    case participantOffline = "participant_offline"
    case timeoutDestination = "timeout_destination"
    case tooLate = "too_late"
    case compliance
    case missingData = "missing_data"
    case fraudSuspected = "fraud_suspected"
    case technical
    /// No such thing, or not the caller's.
    case notFound = "not_found"
    /// The caller's role does not allow this.
    case forbidden
    /// The same idempotency key came with another body.
    case idempotencyConflict = "idempotency_conflict"
    /// The same idempotency key is being answered right now.
    case idempotencyInProgress = "idempotency_in_progress"
    /// What a shop's bank says about a payment that, as it stands, does not take that word.
    case answerNotPossible = "answer_not_possible"
    /// A refund that the payment's state or age does not allow.
    case refundNotPossible = "refund_not_possible"
    /// A recall, or an answer to one, that the payment's or the recall's state does not allow.
    case recallNotPossible = "recall_not_possible"
    /// A dispute, or something to be done with one, that the payment's or the case's state does not allow.
    case disputeNotPossible = "dispute_not_possible"
    /// What people cannot decide about a payment: it needs no decision, or has one, or something else is proposed.
    case decisionNotPossible = "decision_not_possible"

    /// What the asker should do: nothing, the same again later, or something else first.
    public enum Retry: String, Sendable, Hashable, CaseIterable {
        case no
        case later
        case newQuote = "new_quote"
        case newCode = "new_code"
        case otherAmount = "other_amount"
        case askStatus = "ask_status"
        case fix
    }

    /// The ISO 20022 external status reason (ExternalStatusReason1Code), where one fits.
    public var isoReason: String? {
        switch self {
        case .qrInvalid: "FF01"
        case .qrExpired: "DS24"
        case .merchantNotFound: "BE06"
        case .merchantClosed: "AC04"
        case .merchantBlocked: "AC06"
        case .merchantNotEnabled: "AG01"
        case .currencyNotSupported: "AM03"
        case .amountInvalid: "AM12"
        case .amountMismatch: "AM09"
        case .limitExceeded: "AM02"
        case .payerFunds, .liquidity: "AM04"
        case .noRate, .quoteExpired: "AB04"
        case .quoteUsed, .duplicate, .idempotencyConflict: "DUPL"
        case .uetrUsed: "DU03"
        case .agentMismatch: "RC11"
        case .participantOffline: "AB08"
        case .timeoutDestination: "AB05"
        case .tooLate: "TM01"
        case .compliance: "RR04"
        case .missingData: "CH21"
        case .fraudSuspected: "FR01"
        case .technical: "AB09"
        case .notFound, .forbidden, .idempotencyInProgress, .answerNotPossible, .refundNotPossible, .recallNotPossible,
            .disputeNotPossible, .decisionNotPossible:
            nil
        }
    }

    /// What the asker should do after this refusal.
    public var retry: Retry {
        switch self {
        case .qrInvalid, .merchantNotFound, .merchantClosed, .merchantBlocked, .merchantNotEnabled,
            .currencyNotSupported, .amountInvalid, .amountMismatch, .duplicate, .uetrUsed, .agentMismatch, .compliance,
            .fraudSuspected, .notFound, .forbidden, .idempotencyConflict, .answerNotPossible, .refundNotPossible,
            .recallNotPossible, .disputeNotPossible, .decisionNotPossible:
            .no
        case .qrExpired: .newCode
        case .limitExceeded: .otherAmount
        case .payerFunds, .liquidity, .noRate, .participantOffline, .idempotencyInProgress: .later
        case .quoteExpired, .quoteUsed, .tooLate: .newQuote
        case .timeoutDestination, .technical: .askStatus
        case .missingData: .fix
        }
    }
}
