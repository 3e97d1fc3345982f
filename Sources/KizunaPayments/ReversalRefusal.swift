/// Why a destination does not undo a credit (ISO 20022 ExternalPaymentCancellationRejection1Code, in camt.029).
public enum ReversalRefusal: String, Sendable, Hashable, CaseIterable {
    case accountClosed = "AC04"
    case fundsNotAvailable = "AM04"
    case noDebitAuthority = "ADAC"
    case agentDecision = "AGNT"
    case alreadyReturned = "ARDT"
    case noReplyYet = "ARPL"
    case customerDecision = "CUST"
    case indemnityNeeded = "IDMN"
    case legalDecision = "LEGL"
    /// For another reason, or for none that was told.
    case narrative = "NARR"
    case noAnswerFromCustomer = "NOAS"
    case neverReceived = "NOOR"
    case passedOn = "PTNA"
    case authorityNeeded = "RQDA"
    case regulation = "RR04"

    /// Whether nothing is left that could be undone: as good as a reversal.
    public var meansNothingStands: Bool { self == .alreadyReturned || self == .neverReceived }
}
