import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The one connection that writes, with its statements.
final class Writer {
    private let connection: Connection
    private let checkpointer: Checkpointer
    private let settings: WriterSettings
    let durability: LogDurability
    private let digester: any Digester
    private let begin: Statement
    private let commit: Statement
    private let rollback: Statement
    private let selectDataVersion: Statement
    /// Changes when another connection has written, whatever it was.
    private var dataVersion: Int64?
    private let institutions: Institutions
    private let accountNumbers: AccountNumbers
    private let accounts: AccountTable
    private let participants: ParticipantTable
    private let apiKeys: APIKeyTable
    private let people: PersonTable
    private let accessChanges: AccessChangeTable
    private let webhooks: WebhookTable
    private let merchants: MerchantTable
    private let rates: RateTable
    private let fees: FeeRuleTable
    private let rests: RoundingRestTable
    private let resolutions: ResolutionTable
    private let quotes: QuoteTable
    private let payments: PaymentTable
    private let parties: PartiesTable
    private let counts: PaymentCounts
    private let refunds: RefundTable
    private let recalls: RecallTable
    private let disputes: DisputeTable
    private let caseFiles: CaseFileTable
    private let idempotency: IdempotencyTable
    private let claims: ClaimTable
    private let messages: MessageTable
    private let timers: TimerTable
    private let payers: PayerTable
    private let paces: ShopPaceTable
    private let alerts: AlertTable
    private let exceptionCases: ExceptionCaseTable
    private let hashes: PaymentHashTable
    private let freezes: ShopFreezeTable
    private let auditLog: AuditTable
    private let bakong: BakongTables
    private let journal: JournalTable

    init(
        _ connection: consuming Connection,
        _ checkpointer: Checkpointer,
        _ settings: WriterSettings,
        digester: any Digester
    ) throws(StoreError) {
        self.checkpointer = checkpointer
        self.settings = settings
        self.digester = digester
        begin = try connection.prepare("BEGIN IMMEDIATE")
        commit = try connection.prepare("COMMIT")
        rollback = try connection.prepare("ROLLBACK")
        selectDataVersion = try connection.prepare("PRAGMA data_version")
        institutions = try Institutions(connection)
        accountNumbers = try AccountNumbers(connection, institutions)
        accounts = try AccountTable(connection, institutions, accountNumbers)
        participants = try ParticipantTable(connection, institutions)
        apiKeys = try APIKeyTable(connection, institutions)
        people = try PersonTable(connection)
        accessChanges = try AccessChangeTable(connection)
        webhooks = try WebhookTable(connection, institutions)
        merchants = try MerchantTable(connection, institutions)
        rates = try RateTable(connection, institutions)
        fees = try FeeRuleTable(connection, institutions)
        rests = try RoundingRestTable(connection, institutions)
        resolutions = try ResolutionTable(connection, institutions)
        quotes = try QuoteTable(connection, institutions)
        payments = try PaymentTable(connection, institutions)
        parties = try PartiesTable(connection)
        counts = try PaymentCounts(connection)
        refunds = try RefundTable(connection, institutions)
        recalls = try RecallTable(connection, institutions)
        disputes = try DisputeTable(connection, institutions)
        caseFiles = try CaseFileTable(connection)
        idempotency = try IdempotencyTable(connection, institutions)
        claims = try ClaimTable(connection)
        messages = try MessageTable(connection, institutions)
        timers = try TimerTable(connection)
        payers = try PayerTable(connection)
        paces = try ShopPaceTable(connection)
        alerts = try AlertTable(connection)
        exceptionCases = try ExceptionCaseTable(connection)
        hashes = try PaymentHashTable(connection, digester: digester)
        freezes = try ShopFreezeTable(connection)
        auditLog = try AuditTable(connection)
        bakong = try BakongTables(connection)
        journal = try JournalTable(connection, accountNumbers)
        // Behind the statements: of a file without its tables, these say what is missing.
        guard let log = connection.log else {
            throw StoreError(.unavailable, "The file system cannot keep a write-ahead log: choose another folder.")
        }
        durability = LogDurability(of: log, settings.synchronise)
        self.connection = connection
    }

    /// Writes and commits, without waiting for the disk; takes everything back when any of it fails.
    ///
    /// - Returns: what has been written.
    func commit(_ transaction: Transaction, at now: Timestamp) throws(StoreError) -> GroupChanges {
        try durability.check()
        let changes = GroupChanges(transaction)
        do throws(StoreError) {
            try beginAlone()
            try write(changes, of: transaction, at: now)
            try durability.ahead { () throws(StoreError) in try commit.run() }
        } catch {
            abandon()
            quotes.forget()
            journal.forget()
            throw error
        }
        institutions.noteCommit()
        accountNumbers.noteCommit()
        shortenLog()
        return changes
    }

    /// Sees to it that the log does not grow for ever.
    private func shortenLog() {
        let pages = connection.logPages
        guard pages >= settings.longLog else { return }
        guard checkpointer.advance() || pages >= settings.longestLog else { return }
        // A failure is no failure of the commit, which is on disk; it comes back with the next one.
        _ = try? connection.checkpoint()
        checkpointer.noteEnd()
    }

    /// Ends the group under way without a trace; does nothing when there is none.
    func abandon() {
        // Some failures have rolled back already. A ROLLBACK fails only where the file is lost, and that shows at the
        // next BEGIN.
        if connection.isInTransaction { try? rollback.run() }
        institutions.noteRollback()
        accountNumbers.noteRollback()
    }

    /// Says what the database is for, where that has not been said.
    func mark(_ environment: Environment) throws(StoreError) {
        // A word of ours, and a statement of its own: a transaction by itself.
        try connection.execute("INSERT OR IGNORE INTO environment VALUES (1, '\(environment.rawValue)')")
    }

    /// Begins, and makes sure that nobody else has written: what was fetched before would not hold any more.
    private func beginAlone() throws(StoreError) {
        try begin.run()
        let version = try selectDataVersion.first { $0.int64() } ?? 0
        defer { dataVersion = version }
        guard dataVersion == nil || dataVersion == version else {
            throw StoreError(.unavailable, "Another program has written to the database: what was read is read again.")
        }
    }

    /// Writes each table after those that its rows look into.
    private func write(_ changes: GroupChanges, of transaction: Transaction, at now: Timestamp) throws(StoreError) {
        try participants.write(changes.participants)
        try accounts.write(changes.accounts)
        try apiKeys.write(changes.apiKeys)
        try people.write(changes.people)
        try accessChanges.write(changes.accessChanges)
        try merchants.write(changes.merchants, on: connection)
        try webhooks.write(changes.webhooks)
        try rates.write(changes.rateBoards)
        try fees.write(changes.feeTables)
        try rests.write(changes.roundingRests)
        try resolutions.write(changes.resolutions)
        try quotes.write(changes.quotes, on: connection)
        try payments.write(changes.payments, quotes: transaction.quotes, quotes)
        try quotes.checkUse(changes.quotes, by: transaction.payments)
        try counts.write(changes.payments)
        try parties.write(changes.parties)
        try refunds.write(changes.refunds)
        try recalls.write(changes.recalls)
        try disputes.write(changes.disputes)
        try caseFiles.write(changes.evidence, changes.evidenceBytes)
        try caseFiles.write(changes.disputeEvents)
        try journal.write(changes.journal, at: now, using: digester)
        try claims.write(changes.codeClaims)
        try idempotency.write(changes.idempotency)
        try messages.write(changes.messages)
        try timers.write(changes.timers)
        try payers.write(changes.payers)
        try paces.write(changes.paces)
        try alerts.write(changes.alerts)
        try exceptionCases.write(changes.exceptionCases)
        try hashes.write(changes.payments)
        try hashes.write(transaction.codeNotes.changes)
        try freezes.write(transaction.shopFreezes.changes)
        try auditLog.write(transaction.auditEntries.changes)
        try bakong.write(transaction.bakongProjects.changes)
        try bakong.write(transaction.bakongKeys.changes)
        try bakong.write(transaction.deepLinks.changes)
    }
}
