package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// Where everything is kept: SQLite, PostgreSQL, or memory.
///
/// One committer writes: it fetches records for a group, any number of times, then commits the group or abandons it.
/// While a group is being committed, records of the next are fetched from another thread; what the commit under way
/// changes is not asked for then. ``read(_:)`` may be called from any thread.
package protocol Store: Sendable {
    /// Brings records for a group, as the last commit left them. None is there yet; some may be named more than once.
    func fetch(_ keys: [RecordKey], into transaction: inout Transaction) throws(StoreError)

    /// Writes what the transaction changed, all or nothing, and returns when it is on disk.
    ///
    /// - Parameter at: the group's time, kept with its journal lines.
    func commit(_ transaction: Transaction, at: Timestamp) throws(StoreError)

    /// As ``commit(_:at:)``, but may return before it is on disk, so that the next group is written meanwhile. Nobody is
    /// told of it before ``makeDurable()`` has returned.
    func commitAhead(_ transaction: Transaction, at: Timestamp) throws(StoreError)

    /// Returns when all that has been committed is on disk. From any thread.
    ///
    /// - Throws: where the disk did not take it; nothing is committed from then on.
    func makeDurable() throws(StoreError)

    /// Ends a group that changed nothing or failed; leaves no trace of it.
    func abandon()

    /// Reads what has been committed and is on disk, from one consistent moment.
    func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(StoreError) -> Answer

    /// Says what the database is for, on disk; changes nothing where that has been said before.
    func mark(_ environment: Environment) throws(StoreError)

    /// Commits no more, and tells other programs that it does not. A program that ends does so before it says that it
    /// has; whoever may still hold the store then finds it closed.
    func close()

    /// Whether other programs may commit to the same records.
    var isShared: Bool { get }

    /// Returns when records can be read and written, as far as is known without writing one.
    func check() throws(StoreError)
}

extension Store {
    package func commitAhead(_ transaction: Transaction, at now: Timestamp) throws(StoreError) {
        try commit(transaction, at: now)
    }

    package func makeDurable() throws(StoreError) {}

    package func close() {}

    package var isShared: Bool { false }

    package func check() throws(StoreError) {
        _ = try read { reader throws(StoreError) in try reader.participant(.theSwitch) }
    }
}

/// What pages, the API, the courier and the auditors read.
package protocol StoreReader {
    /// What the database has been marked for; `nil` while nobody has said.
    func environment() throws(StoreError) -> Environment?
    func payment(_ id: PaymentID) throws(StoreError) -> Payment?
    func payment(uetr: UETR) throws(StoreError) -> Payment?
    /// Payments that somebody looks for, the latest first.
    func payments(_ search: PaymentSearch) throws(StoreError) -> PaymentFindings
    func parties(of payment: PaymentID) throws(StoreError) -> PaymentParties?
    func quote(_ id: QuoteID) throws(StoreError) -> Quote?
    func refund(_ id: RefundID) throws(StoreError) -> Refund?
    func refunds(of payment: PaymentID) throws(StoreError) -> [Refund]
    func recall(_ id: RecallID) throws(StoreError) -> Recall?
    /// A payment's recalls, in the order of their ids.
    func recalls(of payment: PaymentID) throws(StoreError) -> [Recall]
    /// Recalls in the order of their ids, behind a given one: a participant's as issuer or acquirer, or everybody's; in
    /// one state, or in any.
    func recalls(
        of participant: ParticipantID?,
        in state: Recall.State?,
        after: RecallID?,
        limit: Int
    ) throws(StoreError) -> [Recall]
    func dispute(_ id: DisputeID) throws(StoreError) -> Dispute?
    /// A payment's disputes, in the order of their ids.
    func disputes(of payment: PaymentID) throws(StoreError) -> [Dispute]
    /// Disputes in the order of their ids, behind a given one: a participant's as issuer or acquirer, or everybody's; in
    /// one state, or in any.
    func disputes(
        of participant: ParticipantID?,
        in state: Dispute.State?,
        after: DisputeID?,
        limit: Int
    ) throws(StoreError) -> [Dispute]
    /// A case's history, in its order.
    func events(of dispute: DisputeID) throws(StoreError) -> [DisputeEvent]
    func evidence(_ id: EvidenceID) throws(StoreError) -> Evidence?
    /// A case's files, in the order in which they were added.
    func evidence(of dispute: DisputeID) throws(StoreError) -> [Evidence]
    /// A file itself.
    func bytes(of evidence: EvidenceID) throws(StoreError) -> [UInt8]?
    /// The journal's lines of a payment or a refund, in the order of writing.
    func journal(of transaction: UniqueID) throws(StoreError) -> [Transfer]

    func merchant(_ id: MerchantID) throws(StoreError) -> Merchant?
    func merchant(_ key: MerchantKey) throws(StoreError) -> Merchant?
    /// Shops that somebody looks for, in the order of their ids.
    func merchants(_ search: MerchantSearch) throws(StoreError) -> MerchantFindings
    /// What a shop was frozen for the last time; `nil` for one that never was.
    func freeze(of shop: MerchantID) throws(StoreError) -> ShopFreeze?
    /// Freezes in force, in the order of their shops' ids, behind a given one.
    func freezes(after: MerchantID?, limit: Int) throws(StoreError) -> [ShopFreeze]
    /// What people have looked at and done, the latest first.
    func auditEntries(_ search: AuditSearch) throws(StoreError) -> [AuditEntry]
    /// An acquirer's merchants in the order of their ids, behind a given one.
    func merchants(of acquirer: ParticipantID, after: MerchantID?, limit: Int) throws(StoreError) -> [Merchant]

    func participant(_ id: ParticipantID) throws(StoreError) -> Participant?
    /// All participants, in the order of their ids.
    func participants() throws(StoreError) -> [Participant]
    /// All accounts, or one participant's, in the order of their ids.
    func accounts(of owner: ParticipantID?) throws(StoreError) -> [Account]
    /// Every key, those that have lapsed or been revoked among them.
    func apiKeys() throws(StoreError) -> [APIKey]
    func person(_ id: OperatorID) throws(StoreError) -> Person?
    /// Everybody who works for the switch, in the order of the names by which they sign in.
    func people() throws(StoreError) -> [Person]
    func accessChange(_ id: UniqueID) throws(StoreError) -> AccessChange?
    /// Changes of access, the latest first.
    ///
    /// - Parameters:
    ///   - open: only those with which somebody may still go on, lapsed ones among them.
    ///   - before: those that came before this one; `nil` for the latest.
    func accessChanges(open: Bool, before: UniqueID?, limit: Int) throws(StoreError) -> [AccessChange]
    /// A participant's webhooks; `nil` when it has none.
    func webhooks(of participant: ParticipantID) throws(StoreError) -> Webhooks?
    func rateBoards() throws(StoreError) -> [RateBoard]
    /// What of a provider's gains is not on its accounts yet, in the order of the currencies.
    func roundingRests(of provider: ParticipantID) throws(StoreError) -> [RoundingRest]
    /// Every corridor's tariff that has lines.
    func feeTables() throws(StoreError) -> [FeeTable]

    func exceptionCase(of payment: PaymentID) throws(StoreError) -> ExceptionCase?
    /// Cases that are open, in the order of their payments' ids, behind a given one.
    func openExceptionCases(after: PaymentID?, limit: Int) throws(StoreError) -> [ExceptionCase]

    /// What is known of a code; `nil` for one that nobody has tried to pay.
    func standing(of code: CodeDigest) throws(StoreError) -> CodeStanding?
    /// Payments at KHQRs that the shop has, or has had, the money of, by the prefix of their ``PaymentHash``.
    func paidPayments(hashPrefixes: ClosedRange<Int64>, limit: Int) throws(StoreError) -> [Payment]
    /// Whether a shop is registered whose KHQRs name this Bakong account.
    func hasMerchant(bakongAccount: String) throws(StoreError) -> Bool

    func bakongProject(email: String) throws(StoreError) -> BakongProject?
    func bakongProject(id: UInt64) throws(StoreError) -> BakongProject?
    func bakongProject(codeDigest: [UInt8]) throws(StoreError) -> BakongProject?
    /// Projects in one standing, or all, the oldest first.
    func bakongProjects(_ standing: BakongProject.Standing?, limit: Int) throws(StoreError) -> [BakongProject]
    func bakongKeys() throws(StoreError) -> [BakongKey]
    func deepLink(_ id: UniqueID) throws(StoreError) -> DeepLink?
    /// Links in the order in which they lapse.
    func deepLinks(limit: Int) throws(StoreError) -> [DeepLink]
    func deepLinkCount() throws(StoreError) -> Int

    /// Messages that the courier has in hand and whose time has come, the earliest first.
    func dueMessages(at now: Timestamp, limit: Int) throws(StoreError) -> [OutboxMessage]
    /// Messages about a payment that have not arrived, in the order of the ids.
    ///
    /// - Parameter moments: when some may have been written that have not been tried yet, in order: see
    ///   ``Payment/moments(_:_:_:)``. Only there is looked for those, so that it takes no longer where a million wait.
    func messages(
        of payment: PaymentID,
        writtenAt moments: [Timestamp],
        limit: Int
    ) throws(StoreError) -> [OutboxMessage]
    /// What waits in a participant's inbox and nobody has fetched right now, in the order of the ids.
    func inbox(of participant: ParticipantID, at now: Timestamp, limit: Int) throws(StoreError) -> [OutboxMessage]
    /// Messages that have failed, wait in an inbox or are given up, in the order of the ids, behind a given one.
    ///
    /// - Parameters:
    ///   - destination: `nil` for everybody's.
    ///   - standing: `nil` for each.
    func undelivered(
        to destination: ParticipantID?,
        _ standing: OutboxMessage.Standing?,
        after: UniqueID?,
        limit: Int
    ) throws(StoreError) -> [OutboxMessage]
    /// Timers whose time has come, the earliest first.
    func dueTimers(at now: Timestamp, limit: Int) throws(StoreError) -> [TimerKey]
    /// Alerts that last, and then those that ended, each the latest first.
    func alerts(limit: Int) throws(StoreError) -> [Alert]
    /// How many alerts last.
    func openAlertCount() throws(StoreError) -> Int
    /// How many payments are in each state.
    func paymentCounts() throws(StoreError) -> [PaymentState: Int]

    /// Walks the journal in the order of writing and checks the chain on the way.
    func audit(_ audit: inout Audit) throws(StoreError)
}

/// Why the store could not do it.
package struct StoreError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The database cannot be opened, reached or written: locked, read-only, full, away.
        case unavailable
        /// The file is no database of Kizuna's, or one of a newer version.
        case notUsable
        /// A rule that the database enforces was broken: a defect of ours.
        case constraint
        /// What was read makes no sense.
        case corrupt
        /// Another node has changed what was read: the same submissions are to be prepared anew.
        case conflict
    }

    package let code: Code
    /// What is wrong and what would be right, in words of ours that anybody may read.
    package let sentence: String
    /// The library's own words, for operators: they may name files and hosts, and hold no payload.
    package let words: String?

    package init(_ code: Code, _ sentence: String, words: String? = nil) {
        self.code = code
        self.sentence = sentence
        self.words = words
    }

    /// The sentence, and the library's words behind it.
    package var message: String { words.map { "\(sentence) (\($0))" } ?? sentence }

    package var description: String { "\(code.rawValue): \(message)" }
}
