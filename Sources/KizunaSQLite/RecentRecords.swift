import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// What the writer need not read again: a payment's steps follow each other closely, and nobody else writes.
struct RecentRecords {
    var accounts = RecentRows<AccountID, Account>()
    var holds = RecentRows<HoldID, Transfer>()
    var payments = RecentRows<PaymentID, Payment>()
    var quotes = RecentRows<QuoteID, Quote>()
    var resolutions = RecentRows<ResolutionID, Resolution>()
    var merchants = RecentRows<MerchantKey, Merchant>()
    var participants = RecentRows<ParticipantID, Participant>()
    var webhooks = RecentRows<ParticipantID, Webhooks>()
    var messages = RecentRows<UniqueID, OutboxMessage>()
    var rateBoards = RecentRows<CurrencyPair, RateBoard>()
    var feeTables = RecentRows<CorridorID, FeeTable>()
    var roundingRests = RecentRows<RoundingKey, RoundingRest>()
    var payers = RecentRows<PayerKey, PayerTally>()
    var paces = RecentRows<MerchantID, ShopPace>()

    /// Takes in what has just been committed.
    mutating func note(_ changes: GroupChanges) {
        accounts.note(changes.accounts)
        payments.note(changes.payments)
        quotes.note(changes.quotes)
        resolutions.note(changes.resolutions)
        merchants.note(changes.merchants)
        participants.note(changes.participants)
        webhooks.note(changes.webhooks)
        messages.note(changes.messages)
        feeTables.note(changes.feeTables)
        roundingRests.note(changes.roundingRests)
        for change in changes.rateBoards {
            // A board without rates reads like none.
            if let board = change.row, !board.rates.isEmpty {
                rateBoards.remember(change.key, board)
            } else {
                rateBoards.forget(change.key)
            }
        }
        payers.note(changes.payers)
        paces.note(changes.paces)
        for line in changes.journal {
            switch line.kind {
            case .hold: holds.remember(line.holdID, line)
            case .post, .void: holds.forget(line.holdID)
            case .direct: break
            }
        }
    }
}
