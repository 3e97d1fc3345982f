/// The kinds of trouble that are neither of the disk (``StoreFault``) nor of the network (``Disturbance/Kind``), by the
/// names under which they are counted where they happen.
enum Fault: String, Sendable, CaseIterable {
    // Wallets.
    case amountChanged = "amount-changed"
    case debitChanged = "debit-changed"
    case amountUnpayable = "amount-unpayable"
    case quoteUsedAgain = "quote-used-again"
    case quoteUsedLate = "quote-used-late"
    case uetrUsedAgain = "uetr-used-again"
    case consentOld = "consent-old"
    case consentEarly = "consent-early"
    case keyRepeated = "key-repeated"
    case keyWithOtherBody = "key-with-other-body"
    case codeScannedAgain = "code-scanned-again"
    // Banks and providers.
    case refundTooLarge = "refund-too-large"
    case answerUnasked = "answer-unasked"
    case answerOfStranger = "answer-of-stranger"
    case mindChanged = "mind-changed"
    case bankSilent = "bank-silent"
    case bankMute = "bank-mute"
    case ratesStale = "rates-stale"
    // The switch's own people and machine.
    case participantSuspended = "participant-suspended"
    case capNarrowed = "cap-narrowed"
    case capMet = "cap-met"
    case approvedAlone = "approved-alone"
    case timerEarly = "timer-early"
    case clockBack = "clock-back"
    case clockForward = "clock-forward"
    case crash

    /// The name of every kind of trouble there is.
    static let allNames =
        allCases.map(\.rawValue) + StoreFault.allCases.map(\.rawValue) + Disturbance.Kind.allCases.map(\.rawValue)
}

/// What comes of trouble, and is worth counting too.
enum Incident: String, Sendable, CaseIterable {
    case peopleCalled = "people-called"
    /// People reversed what lay in suspense.
    case returnedByPeople = "returned-by-people"
    case recalled
}
