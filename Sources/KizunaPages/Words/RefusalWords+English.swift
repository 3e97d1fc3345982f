import KizunaPayments

extension RefusalWords {
    static let english = RefusalWords(
        known: { code in
            switch code {
            case .qrInvalid:
                Refusal("This code cannot be read", "Scan it again in good light, or ask the shop for another code.")
            case .qrExpired: Refusal("This code has expired", "Ask the shop to make a new one.")
            case .merchantNotFound:
                Refusal(
                    "This shop is not known",
                    "Its bank does not know the code. Do not pay it; show it to the shop."
                )
            case .merchantClosed:
                Refusal("The shop's account is closed", "The shop cannot be paid this way. Pay in another way.")
            case .merchantBlocked:
                Refusal("The shop's account is blocked", "The shop cannot be paid this way. Pay in another way.")
            case .merchantNotEnabled:
                Refusal(
                    "This shop does not take payments from abroad",
                    "Only shops in the programme can be paid, not private persons. Pay in another way."
                )
            case .currencyNotSupported:
                Refusal("This currency is not possible here", "Choose another account, or ask for another code.")
            case .amountInvalid:
                Refusal("This amount is not possible", "Type a whole amount of yen or riel, or dollars and cents.")
            case .amountMismatch:
                Refusal(
                    "The amount is not the one of the code",
                    "Start again and take the amount that the code asks for."
                )
            case .limitExceeded:
                Refusal("This is over a limit", "Pay a smaller amount, or try again tomorrow.")
            case .payerFunds: Refusal("There is not enough in your account", "Top it up, or pay a smaller amount.")
            case .liquidity:
                Refusal("The link is at its limit right now", "Nothing was taken. Try again in a few minutes.")
            case .noRate:
                Refusal("There is no exchange rate right now", "Nothing was taken. Try again in a minute.")
            case .quoteExpired: Refusal("This price has lapsed", "Get a new price. Nothing was taken.")
            case .quoteUsed:
                Refusal("This price was used already", "Look at your history before you pay once more.")
            case .duplicate:
                Refusal("This was paid already", "The code may be paid once only. Look at your history.")
            case .participantOffline:
                Refusal("The shop's bank is away", "Nothing was taken. Try again later, or pay in another way.")
            case .timeoutDestination:
                Refusal("The shop's bank did not answer in time", "Nothing was taken. You may try again.")
            case .tooLate: Refusal("That took too long", "Nothing was taken. Scan the code again.")
            case .compliance, .fraudSuspected:
                Refusal("This payment cannot be made", "Nothing was taken. Ask your bank if you have questions.")
            case .refundNotPossible:
                Refusal("This cannot be refunded", "It is not paid, too old, or less is left than you asked for.")
            case .notFound: Refusal("That is no longer there", "Start again with the code.")
            case .uetrUsed, .agentMismatch, .missingData, .technical, .forbidden, .idempotencyConflict,
                .idempotencyInProgress, .answerNotPossible, .recallNotPossible, .disputeNotPossible,
                .decisionNotPossible:
                Refusal("Something went wrong on the way", "Look at your history before you try again.")
            }
        },
        noAnswer: Refusal(
            "No answer came in time",
            "Nobody knows yet whether you have paid. Do not pay again; look at your history in a moment."
        )
    )
}
