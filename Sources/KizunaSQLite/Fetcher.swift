import KizunaLedger
import KizunaPayments
import KizunaSwitch

/// The connection that brings records to the steps, beside the one that writes: a group is prepared while the one before
/// it is still on its way to the disk.
///
/// Sendable because the store hands it to one thread at a time.
final class Fetcher: @unchecked Sendable {
    private let connection: Connection
    private let begin: Statement
    private let end: Statement
    private var recent = RecentRecords()
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
    private let refunds: RefundTable
    private let recalls: RecallTable
    private let disputes: DisputeTable
    private let caseFiles: CaseFileTable
    private let idempotency: IdempotencyTable
    private let claims: ClaimTable
    private let messages: MessageTable
    private let payers: PayerTable
    private let paces: ShopPaceTable
    private let alerts: AlertTable
    private let journal: JournalTable
    private let exceptionCases: ExceptionCaseTable
    private let freezes: ShopFreezeTable
    private let bakong: BakongTables

    init(_ connection: consuming Connection) throws(StoreError) {
        begin = try connection.prepare("BEGIN")
        end = try connection.prepare("COMMIT")
        let institutions = try Institutions(connection)
        let accountNumbers = try AccountNumbers(connection, institutions)
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
        refunds = try RefundTable(connection, institutions)
        recalls = try RecallTable(connection, institutions)
        disputes = try DisputeTable(connection, institutions)
        caseFiles = try CaseFileTable(connection)
        idempotency = try IdempotencyTable(connection, institutions)
        claims = try ClaimTable(connection)
        messages = try MessageTable(connection, institutions)
        payers = try PayerTable(connection)
        paces = try ShopPaceTable(connection)
        alerts = try AlertTable(connection)
        journal = try JournalTable(connection, accountNumbers)
        exceptionCases = try ExceptionCaseTable(connection)
        freezes = try ShopFreezeTable(connection)
        bakong = try BakongTables(connection)
        self.connection = connection
    }

    /// Brings records as they were at one moment.
    func fetch(_ keys: [RecordKey], into transaction: inout Transaction) throws(StoreError) {
        try begin.run()
        do throws(StoreError) {
            for key in keys where !transaction.isLoaded(key) { try fetch(key, into: &transaction) }
            try end.run()
        } catch {
            if connection.isInTransaction { try? end.run() }
            throw error
        }
    }

    /// Takes in what has been committed; where that is not known, what was remembered is forgotten.
    func take(_ groups: [GroupChanges]?) {
        guard let groups else { return recent = RecentRecords() }
        for changes in groups { recent.note(changes) }
    }

    private func fetch(_ key: RecordKey, into transaction: inout Transaction) throws(StoreError) {
        switch key {
        case .account(let id):
            let row = try recent.accounts.row(id) { () throws(StoreError) in try accounts.account(id) }
            transaction.accounts.load(id, row)
        case .hold(let id):
            let row = try recent.holds.row(id) { () throws(StoreError) in try journal.openHold(id) }
            transaction.holds.load(id, row)
        case .payment(let id):
            let row = try recent.payments.row(id) { () throws(StoreError) in try payments.payment(id) }
            transaction.payments.load(id, row)
        case .quote(let id):
            let row = try recent.quotes.row(id) { () throws(StoreError) in try quotes.quote(id) }
            transaction.quotes.load(id, row)
        case .resolution(let id):
            let row = try recent.resolutions.row(id) { () throws(StoreError) in try resolutions.resolution(id) }
            transaction.resolutions.load(id, row)
        case .merchant(let key):
            let row = try recent.merchants.row(key) { () throws(StoreError) in try merchants.merchant(key) }
            transaction.merchants.load(key, row)
        case .participant(let id):
            let row = try recent.participants.row(id) { () throws(StoreError) in try participants.participant(id) }
            transaction.participants.load(id, row)
        case .message(let id):
            let row = try recent.messages.row(id) { () throws(StoreError) in try messages.message(id) }
            transaction.messages.load(id, row)
        case .rateBoard(let pair):
            let row = try recent.rateBoards.row(pair) { () throws(StoreError) in try rates.board(pair) }
            transaction.rateBoards.load(pair, row)
        case .feeTable(let id):
            let row = try recent.feeTables.row(id) { () throws(StoreError) in try fees.table(id) }
            transaction.feeTables.load(id, row)
        case .roundingRest(let key):
            let row = try recent.roundingRests.row(key) { () throws(StoreError) in try rests.rest(key) }
            transaction.roundingRests.load(key, row)
        case .refund(let id): transaction.refunds.load(id, try refunds.refund(id))
        case .recall(let id): transaction.recalls.load(id, try recalls.recall(id))
        case .openClaims(let id):
            let claims = OpenClaims(recall: try recalls.openRecall(of: id), dispute: try disputes.openDispute(of: id))
            transaction.openClaims.load(id, claims.isEmpty ? nil : claims)
        case .dispute(let id): transaction.disputes.load(id, try disputes.dispute(id))
        case .disputeEvent(let key): transaction.disputeEvents.load(key, try caseFiles.event(key))
        case .evidence(let id): transaction.evidence.load(id, try caseFiles.evidence(id))
        case .idempotency(let key): transaction.idempotency.load(key, try idempotency.record(key))
        case .uetr(let uetr): transaction.uetrs.load(uetr, try claims.bearer(of: uetr))
        case .codeClaim(let code): transaction.codeClaims.load(code, try claims.claim(of: code))
        case .webhooks(let id):
            // That there are none is remembered too: every payment asks.
            let row = try recent.webhooks.row(id) { () throws(StoreError) in
                try webhooks.webhooks(of: id) ?? Webhooks()
            }
            transaction.webhooks.load(id, row?.all.isEmpty == false ? row : nil)
        case .apiKey(let id): transaction.apiKeys.load(id, try apiKeys.key(id))
        case .person(let id): transaction.people.load(id, try people.person(id))
        case .accessChange(let id): transaction.accessChanges.load(id, try accessChanges.change(id))
        case .payer(let key):
            let row = try recent.payers.row(key) { () throws(StoreError) in try payers.tally(key) }
            transaction.payers.load(key, row)
        case .pace(let id):
            let row = try recent.paces.row(id) { () throws(StoreError) in try paces.pace(id) }
            transaction.paces.load(id, row)
        case .alert(let key): transaction.alerts.load(key, try alerts.alert(key))
        case .exceptionCase(let id): transaction.exceptionCases.load(id, try exceptionCases.exceptionCase(id))
        case .shopFreeze(let id): transaction.shopFreezes.load(id, try freezes.freeze(of: id))
        case .bakongProject(let email): transaction.bakongProjects.load(email, try bakong.project(email))
        case .bakongKey(let number): transaction.bakongKeys.load(number, try bakong.key(number))
        case .deepLink(let id): transaction.deepLinks.load(id, try bakong.link(id))
        }
    }
}
