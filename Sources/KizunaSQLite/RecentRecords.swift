import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// Rows of one table that were read or committed a short while ago.
///
/// Two generations: when the young one is full it becomes the old one, and the old one is forgotten.
struct RecentRows<Key: Hashable, Row> {
    /// Bounds memory: about a second of payments at full load, some minutes of them on a common day.
    private static var mostOfOneGeneration: Int { 4_096 }

    private var young = [Key: Row](minimumCapacity: mostOfOneGeneration)
    private var old: [Key: Row] = [:]

    /// The row as it is remembered, or else as it is read now; that there is none is not remembered.
    mutating func row(_ key: Key, read: () throws(StoreError) -> Row?) throws(StoreError) -> Row? {
        if let row = young[key] ?? old[key] { return row }
        let row = try read()
        if let row { remember(key, row) }
        return row
    }

    mutating func remember(_ key: Key, _ row: Row) {
        if young.count >= Self.mostOfOneGeneration {
            old = young
            young = [Key: Row](minimumCapacity: Self.mostOfOneGeneration)
        }
        young[key] = row
    }

    mutating func forget(_ key: Key) {
        young[key] = nil
        old[key] = nil
    }
}

extension RecentRows where Key: Sendable & Hashable, Row: Sendable & Hashable {
    mutating func note(_ changes: [RecordTable<Key, Row>.Change]) {
        for change in changes {
            if let row = change.row { remember(change.key, row) } else { forget(change.key) }
        }
    }
}

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
