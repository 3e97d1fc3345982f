import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// One commit as the disk took it: what auditors look at.
struct Commit {
    let time: Timestamp
    let journal: [Transfer]
    let accounts: [RecordTable<AccountID, Account>.Change]
    let payments: [RecordTable<PaymentID, Payment>.Change]
    let quotes: [RecordTable<QuoteID, Quote>.Change]
    let refunds: [RecordTable<RefundID, Refund>.Change]
    let rateBoards: [RecordTable<CurrencyPair, RateBoard>.Change]
    let idempotency: [RecordTable<IdempotencyKey, IdempotencyRecord>.Change]
    let codeClaims: [RecordTable<CodeDigest, PaymentID>.Change]
    let messages: [RecordTable<UniqueID, OutboxMessage>.Change]
    let timers: [RecordTable<TimerKey, Timestamp>.Change]
    let cases: [RecordTable<PaymentID, ExceptionCase>.Change]
    let rests: [RecordTable<RoundingKey, RoundingRest>.Change]

    init(_ transaction: Transaction, at time: Timestamp) {
        self.time = time
        journal = transaction.journal
        accounts = transaction.accounts.changes
        payments = transaction.payments.changes
        quotes = transaction.quotes.changes
        refunds = transaction.refunds.changes
        rateBoards = transaction.rateBoards.changes
        idempotency = transaction.idempotency.changes
        codeClaims = transaction.codeClaims.changes
        messages = transaction.messages.changes
        timers = transaction.timers.changes
        cases = transaction.exceptionCases.changes
        rests = transaction.roundingRests.changes
    }
}
