import KizunaLedger
import KizunaPayments

extension XRayWords {
    static let english = XRayWords(
        title: "Payment",
        toTheCase: "To the decision",
        price: "Price",
        parties: "Who and where",
        sequence: "What happened",
        ledger: "Ledger",
        claims: "Refunds, recalls and disputes",
        messages: "Messages",
        code: "Code",
        shopGets: "For the shop",
        payerPays: "From the payer",
        rate: "Rate",
        midRate: "Mid rate",
        interbank: "For the provider",
        issuerFee: "Payer's bank's fee",
        discount: "Shop's bank's fee",
        interchange: "of it to the payer's bank",
        switchFee: "of it to Kizuna",
        quotedAt: "Priced at",
        payer: "Payer",
        payerAccount: "Payer's account",
        issuer: "Payer's bank",
        provider: "Exchange by",
        acquirer: "Shop's bank",
        shop: "Shop",
        shopOwnName: "in its own script",
        shopKey: "Registered as",
        reference: "Reference",
        reason: "Reason",
        duplicate: "Paid twice?",
        possible: "The same payer paid the same here a moment before.",
        at: "Time",
        kind: "Kind",
        debit: "From account",
        credit: "To account",
        amount: "Amount",
        entry: { kind in
            switch kind {
            case .direct: "moved"
            case .hold: "held"
            case .post: "hold moved"
            case .void: "hold let go"
            }
        },
        refund: "Refund",
        recall: "Recall",
        dispute: "Dispute",
        allDelivered: "Every message has arrived.",
        webhooks: "Webhook",
        lastAttempt: "Last told",
        answer: "Answer",
        none: "none",
        codeIsNotKept: "Only this fingerprint of the code is kept.",
        pasteCode: "Paste the code to see it field by field",
        explain: "Explain",
        isThisCode: "This is the code that was paid.",
        isAnotherCode: "This is another code than the one that was paid.",
        field: "Field",
        meaning: "Meaning",
        value: "Value"
    )
}

extension SequenceWords {
    static let english = SequenceWords(
        title: "Messages between the payer's bank, Kizuna and the shop's bank",
        asList: "The same as a list",
        asksPrice: "asks for a price",
        refund: { "refund \($0)" },
        trigger: { trigger in
            switch trigger {
            case .quoteIssued: "price named"
            case .lapsed: "price lapsed"
            case .submitted: "pay"
            case .checksPassed: "checked, money held"
            case .checksFailed: "checks failed"
            case .handedToLink: "will you credit the shop?"
            case .abandoned: "given up before it was sent"
            case .destinationAccepted: "yes"
            case .destinationRefused: "no"
            case .decisionDeadlinePassed: "no answer in time"
            case .commitRecorded: "recorded for good"
            case .unresolvedTooLong: "unknown for too long"
            case .reversalConfirmed: "undone"
            case .reversalRefused: "will not undo it"
            case .reversalOverdue: "no answer about undoing it"
            case .contradictedAgain: "claims success once more"
            case .operatorHonoured: "two people: the shop was paid"
            case .operatorReversed: "two people: the shop was not paid"
            case .refundedInPart: "gives back a part"
            case .refundedInFull: "gives everything back"
            }
        }
    )
}
