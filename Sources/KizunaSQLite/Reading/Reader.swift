import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// One connection that reads, with its statements.
///
/// Sendable because the pool hands a reader to one thread at a time, and nobody else knows it.
final class Reader: @unchecked Sendable {
    let digester: any Digester
    let accountNumbers: AccountNumbers
    let lists: ListQueries
    let work: WorkQueries
    let claims: ClaimQueries
    let bakong: BakongQueries
    let finder: PaymentQueries
    let lingering: LingeringMessages
    let journal: JournalQueries
    private let connection: Connection
    private let begin: Statement
    private let end: Statement
    private let institutions: Institutions
    private let participantTable: ParticipantTable
    private let personTable: PersonTable
    private let accessChangeTable: AccessChangeTable
    private let webhookTable: WebhookTable
    private let quotes: QuoteTable
    private let payments: PaymentTable
    private let refundTable: RefundTable
    let recallTable: RecallTable
    let disputeTable: DisputeTable
    let caseFiles: CaseFileTable
    private let alertTable: AlertTable
    private let exceptionCases: ExceptionCaseTable
    private let freezes: ShopFreezeTable
    private let auditLog: AuditTable
    private let shops: MerchantQueries
    private let merchantTable: MerchantTable
    private let selectByUETR: Statement
    private let selectParties: Statement

    init(_ connection: consuming Connection, digester: any Digester) throws(StoreError) {
        self.digester = digester
        begin = try connection.prepare("BEGIN")
        end = try connection.prepare("COMMIT")
        institutions = try Institutions(connection)
        accountNumbers = try AccountNumbers(connection, institutions)
        participantTable = try ParticipantTable(connection, institutions)
        personTable = try PersonTable(connection)
        accessChangeTable = try AccessChangeTable(connection)
        webhookTable = try WebhookTable(connection, institutions)
        quotes = try QuoteTable(connection, institutions)
        payments = try PaymentTable(connection, institutions)
        refundTable = try RefundTable(connection, institutions)
        alertTable = try AlertTable(connection)
        exceptionCases = try ExceptionCaseTable(connection)
        freezes = try ShopFreezeTable(connection)
        auditLog = try AuditTable(connection)
        shops = try MerchantQueries(connection, institutions)
        merchantTable = try MerchantTable(connection, institutions)
        lists = try ListQueries(connection, institutions)
        work = try WorkQueries(connection, institutions)
        claims = try ClaimQueries(connection, institutions)
        bakong = try BakongQueries(connection, institutions)
        finder = try PaymentQueries(connection, institutions)
        recallTable = try RecallTable(connection, institutions)
        disputeTable = try DisputeTable(connection, institutions)
        caseFiles = try CaseFileTable(connection)
        lingering = try LingeringMessages(connection, institutions)
        journal = try JournalQueries(connection, accountNumbers)
        selectByUETR = try connection.prepare(
            "\(Payment.query) WHERE payments.id = (SELECT bearer FROM uetrs WHERE uetr = ?)"
        )
        selectParties = try connection.prepare("SELECT \(PaymentParties.columnList) FROM parties WHERE payment = ?")
        self.connection = connection
    }

    /// Runs a body that sees the database as it was at one moment.
    func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        try begin.run()
        do throws(StoreError) {
            let answer = try body(self)
            try end.run()
            return answer
        } catch {
            if connection.isInTransaction { try? end.run() }
            throw error
        }
    }
}

extension Reader: StoreReader {
    func payment(_ id: PaymentID) throws(StoreError) -> Payment? { try payments.payment(id) }

    func payment(uetr: UETR) throws(StoreError) -> Payment? {
        try selectByUETR.first({ $0.add(uetr) }) { columns throws(StoreError) in try Payment(&columns, institutions) }
    }

    func parties(of payment: PaymentID) throws(StoreError) -> PaymentParties? {
        try selectParties.first({ $0.add(payment) }) { columns throws(StoreError) in try PaymentParties(&columns) }
    }

    func quote(_ id: QuoteID) throws(StoreError) -> Quote? { try quotes.quote(id) }
    func refund(_ id: RefundID) throws(StoreError) -> Refund? { try refundTable.refund(id) }
    func refunds(of payment: PaymentID) throws(StoreError) -> [Refund] { try lists.refunds(of: payment) }
    func journal(of transaction: UniqueID) throws(StoreError) -> [Transfer] { try journal.lines(of: transaction) }

    func merchant(_ id: MerchantID) throws(StoreError) -> Merchant? { try lists.merchant(id) }
    func merchant(_ key: MerchantKey) throws(StoreError) -> Merchant? { try merchantTable.merchant(key) }
    func merchants(_ search: MerchantSearch) throws(StoreError) -> MerchantFindings { try shops.find(search) }
    func freeze(of shop: MerchantID) throws(StoreError) -> ShopFreeze? { try freezes.freeze(of: shop) }

    func freezes(after: MerchantID?, limit: Int) throws(StoreError) -> [ShopFreeze] {
        try freezes.freezes(after: after, limit: limit)
    }

    func auditEntries(_ search: AuditSearch) throws(StoreError) -> [AuditEntry] { try auditLog.entries(search) }

    func merchants(
        of acquirer: ParticipantID,
        after: MerchantID?,
        limit: Int
    ) throws(StoreError) -> [Merchant] {
        try lists.merchants(of: acquirer, after: after, limit: limit)
    }

    /// Asked once, when a switch or a command begins.
    func environment() throws(StoreError) -> Environment? {
        let name = try connection.prepare("SELECT name FROM environment").first { columns throws(StoreError) in
            try columns.text()
        }
        return name.flatMap { Environment(rawValue: $0) }
    }

    func participant(_ id: ParticipantID) throws(StoreError) -> Participant? { try participantTable.participant(id) }
    func participants() throws(StoreError) -> [Participant] { try lists.participants() }
    func accounts(of owner: ParticipantID?) throws(StoreError) -> [Account] { try lists.accounts(of: owner) }
    func apiKeys() throws(StoreError) -> [APIKey] { try lists.apiKeys() }
    func person(_ id: OperatorID) throws(StoreError) -> Person? { try personTable.person(id) }
    func people() throws(StoreError) -> [Person] { try personTable.people() }
    func accessChange(_ id: UniqueID) throws(StoreError) -> AccessChange? { try accessChangeTable.change(id) }

    func accessChanges(open: Bool, before: UniqueID?, limit: Int) throws(StoreError) -> [AccessChange] {
        try accessChangeTable.changes(open: open, before: before, limit: limit)
    }

    func webhooks(of participant: ParticipantID) throws(StoreError) -> Webhooks? {
        try webhookTable.webhooks(of: participant)
    }

    func rateBoards() throws(StoreError) -> [RateBoard] { try lists.rateBoards() }
    func feeTables() throws(StoreError) -> [FeeTable] { try lists.feeTables() }

    func roundingRests(of provider: ParticipantID) throws(StoreError) -> [RoundingRest] {
        try lists.roundingRests(of: provider)
    }

    func exceptionCase(of payment: PaymentID) throws(StoreError) -> ExceptionCase? {
        try exceptionCases.exceptionCase(payment)
    }

    func openExceptionCases(after: PaymentID?, limit: Int) throws(StoreError) -> [ExceptionCase] {
        try lists.openExceptionCases(after: after, limit: limit)
    }

    func dueMessages(at now: Timestamp, limit: Int) throws(StoreError) -> [OutboxMessage] {
        try work.dueMessages(at: now, limit: limit)
    }

    func inbox(of participant: ParticipantID, at now: Timestamp, limit: Int) throws(StoreError) -> [OutboxMessage] {
        try lingering.inbox(of: participant, at: now, limit: limit)
    }

    func undelivered(
        to destination: ParticipantID?,
        _ standing: OutboxMessage.Standing?,
        after: UniqueID?,
        limit: Int
    ) throws(StoreError) -> [OutboxMessage] {
        try lingering.undelivered(to: destination, standing, after: after, limit: limit)
    }

    func dueTimers(at now: Timestamp, limit: Int) throws(StoreError) -> [TimerKey] {
        try work.dueTimers(at: now, limit: limit)
    }

    func alerts(limit: Int) throws(StoreError) -> [Alert] { try alertTable.alerts(limit: limit) }
    func openAlertCount() throws(StoreError) -> Int { try alertTable.openCount() }

    func paymentCounts() throws(StoreError) -> [PaymentState: Int] { try work.paymentCounts() }

    func audit(_ audit: inout Audit) throws(StoreError) {
        try journal.walk(into: &audit, using: digester)
        audit.compare(with: try lists.accounts(of: nil))
    }
}
