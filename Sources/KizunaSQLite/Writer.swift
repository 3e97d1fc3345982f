import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The one connection that writes, with its statements, and the database transaction of the group under way.
final class Writer {
    private let connection: Connection
    private let digester: any Digester
    private let begin: Statement
    private let commit: Statement
    private let rollback: Statement
    private let institutions: Institutions
    private let accountNumbers: AccountNumbers
    private let accounts: AccountTable
    private let participants: ParticipantTable
    private let apiKeys: APIKeyTable
    private let merchants: MerchantTable
    private let rates: RateTable
    private let resolutions: ResolutionTable
    private let quotes: QuoteTable
    private let payments: PaymentTable
    private let parties: PartiesTable
    private let counts: PaymentCounts
    private let refunds: RefundTable
    private let idempotency: IdempotencyTable
    private let claims: ClaimTable
    private let messages: MessageTable
    private let timers: TimerTable
    private let journal: JournalTable

    init(_ connection: consuming Connection, digester: any Digester) throws(StoreError) {
        self.digester = digester
        begin = try connection.prepare("BEGIN IMMEDIATE")
        commit = try connection.prepare("COMMIT")
        rollback = try connection.prepare("ROLLBACK")
        institutions = try Institutions(connection)
        accountNumbers = try AccountNumbers(connection, institutions)
        accounts = try AccountTable(connection, institutions, accountNumbers)
        participants = try ParticipantTable(connection, institutions)
        apiKeys = try APIKeyTable(connection, institutions)
        merchants = try MerchantTable(connection, institutions)
        rates = try RateTable(connection, institutions)
        resolutions = try ResolutionTable(connection, institutions)
        quotes = try QuoteTable(connection, institutions)
        payments = try PaymentTable(connection, institutions)
        parties = try PartiesTable(connection)
        counts = try PaymentCounts(connection)
        refunds = try RefundTable(connection, institutions)
        idempotency = try IdempotencyTable(connection, institutions)
        claims = try ClaimTable(connection)
        messages = try MessageTable(connection, institutions)
        timers = try TimerTable(connection)
        journal = try JournalTable(connection, accountNumbers)
        self.connection = connection
    }

    /// Brings records, under the lock that keeps every other writer out.
    func fetch(_ keys: [RecordKey], into transaction: inout Transaction) throws(StoreError) {
        try beginIfNeeded()
        for key in keys { try fetch(key, into: &transaction) }
    }

    /// Writes and commits; takes everything back when any of it fails.
    func commit(_ transaction: Transaction, at now: Timestamp) throws(StoreError) {
        do throws(StoreError) {
            try beginIfNeeded()
            try write(transaction, at: now)
            try commit.run()
        } catch {
            abandon()
            throw error
        }
        institutions.noteCommit()
        accountNumbers.noteCommit()
    }

    /// Ends the group under way without a trace; does nothing when there is none.
    func abandon() {
        // Some failures have rolled back already. A ROLLBACK fails only where the file is lost, and that shows at the
        // next BEGIN.
        if connection.isInTransaction { try? rollback.run() }
        institutions.noteRollback()
        accountNumbers.noteRollback()
    }

    private func beginIfNeeded() throws(StoreError) {
        if !connection.isInTransaction { try begin.run() }
    }

    private func fetch(_ key: RecordKey, into transaction: inout Transaction) throws(StoreError) {
        switch key {
        case .account(let id): transaction.accounts.load(id, try accounts.account(id))
        case .hold(let id): transaction.holds.load(id, try journal.openHold(id))
        case .payment(let id): transaction.payments.load(id, try payments.payment(id))
        case .quote(let id): transaction.quotes.load(id, try quotes.quote(id))
        case .resolution(let id): transaction.resolutions.load(id, try resolutions.resolution(id))
        case .refund(let id): transaction.refunds.load(id, try refunds.refund(id))
        case .merchant(let key): transaction.merchants.load(key, try merchants.merchant(key))
        case .participant(let id): transaction.participants.load(id, try participants.participant(id))
        case .rateBoard(let pair): transaction.rateBoards.load(pair, try rates.board(pair))
        case .idempotency(let key): transaction.idempotency.load(key, try idempotency.record(key))
        case .uetr(let uetr): transaction.uetrs.load(uetr, try claims.bearer(of: uetr))
        case .codeClaim(let code): transaction.codeClaims.load(code, try claims.claim(of: code))
        case .message(let id): transaction.messages.load(id, try messages.message(id))
        case .apiKey(let id): transaction.apiKeys.load(id, try apiKeys.key(id))
        }
    }

    /// Writes each table after those that its rows look into.
    private func write(_ transaction: Transaction, at now: Timestamp) throws(StoreError) {
        try participants.write(transaction.participants.changes)
        try accounts.write(transaction.accounts.changes)
        try apiKeys.write(transaction.apiKeys.changes)
        try merchants.write(transaction.merchants.changes, on: connection)
        try rates.write(transaction.rateBoards.changes)
        try resolutions.write(transaction.resolutions.changes)
        let quoteChanges = transaction.quotes.changes
        let paymentChanges = transaction.payments.changes
        try quotes.write(quoteChanges)
        try payments.write(paymentChanges, quotes: transaction.quotes, quotes)
        try quotes.checkUse(quoteChanges, by: transaction.payments)
        try counts.write(paymentChanges)
        try parties.write(transaction.parties.changes)
        try refunds.write(transaction.refunds.changes)
        try journal.write(transaction.journal, at: now, using: digester)
        try claims.write(transaction.codeClaims.changes)
        try idempotency.write(transaction.idempotency.changes)
        try messages.write(transaction.messages.changes)
        try timers.write(transaction.timers.changes)
    }
}
