import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What a group changes, taken out of its transaction once.
struct GroupChanges {
    let participants: [RecordTable<ParticipantID, Participant>.Change]
    let accounts: [RecordTable<AccountID, Account>.Change]
    let apiKeys: [RecordTable<UniqueID, APIKey>.Change]
    let people: [RecordTable<OperatorID, Person>.Change]
    let accessChanges: [RecordTable<UniqueID, AccessChange>.Change]
    let webhooks: [RecordTable<ParticipantID, Webhooks>.Change]
    let merchants: [RecordTable<MerchantKey, Merchant>.Change]
    let rateBoards: [RecordTable<CurrencyPair, RateBoard>.Change]
    let feeTables: [RecordTable<CorridorID, FeeTable>.Change]
    let roundingRests: [RecordTable<RoundingKey, RoundingRest>.Change]
    let resolutions: [RecordTable<ResolutionID, Resolution>.Change]
    let quotes: [RecordTable<QuoteID, Quote>.Change]
    let payments: [RecordTable<PaymentID, Payment>.Change]
    let parties: [RecordTable<PaymentID, PaymentParties>.Change]
    let refunds: [RecordTable<RefundID, Refund>.Change]
    let recalls: [RecordTable<RecallID, Recall>.Change]
    let disputes: [RecordTable<DisputeID, Dispute>.Change]
    let disputeEvents: [RecordTable<DisputeEvent.Key, DisputeEvent>.Change]
    let evidence: [RecordTable<EvidenceID, Evidence>.Change]
    let evidenceBytes: [RecordTable<EvidenceID, [UInt8]>.Change]
    let codeClaims: [RecordTable<CodeDigest, PaymentID>.Change]
    let idempotency: [RecordTable<IdempotencyKey, IdempotencyRecord>.Change]
    let messages: [RecordTable<UniqueID, OutboxMessage>.Change]
    let timers: [RecordTable<TimerKey, Timestamp>.Change]
    let payers: [RecordTable<PayerKey, PayerTally>.Change]
    let paces: [RecordTable<MerchantID, ShopPace>.Change]
    let alerts: [RecordTable<Alert.Key, Alert>.Change]
    let exceptionCases: [RecordTable<PaymentID, ExceptionCase>.Change]
    let journal: [Transfer]

    init(_ transaction: Transaction) {
        participants = transaction.participants.changes
        accounts = transaction.accounts.changes
        apiKeys = transaction.apiKeys.changes
        people = transaction.people.changes
        accessChanges = transaction.accessChanges.changes
        webhooks = transaction.webhooks.changes
        merchants = transaction.merchants.changes
        rateBoards = transaction.rateBoards.changes
        feeTables = transaction.feeTables.changes
        roundingRests = transaction.roundingRests.changes
        resolutions = transaction.resolutions.changes
        quotes = transaction.quotes.changes
        payments = transaction.payments.changes
        parties = transaction.parties.changes
        refunds = transaction.refunds.changes
        recalls = transaction.recalls.changes
        disputes = transaction.disputes.changes
        disputeEvents = transaction.disputeEvents.changes
        evidence = transaction.evidence.changes
        evidenceBytes = transaction.evidenceBytes.changes
        codeClaims = transaction.codeClaims.changes
        idempotency = transaction.idempotency.changes
        messages = transaction.messages.changes
        timers = transaction.timers.changes
        payers = transaction.payers.changes
        paces = transaction.paces.changes
        alerts = transaction.alerts.changes
        exceptionCases = transaction.exceptionCases.changes
        journal = transaction.journal
    }
}
