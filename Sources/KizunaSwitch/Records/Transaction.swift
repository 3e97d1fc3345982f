package import KizunaLedger
package import KizunaMoney
package import KizunaPayments

/// Names a record that a step needs.
package enum RecordKey: Sendable, Hashable {
    case account(AccountID)
    case hold(HoldID)
    case payment(PaymentID)
    case quote(QuoteID)
    case resolution(ResolutionID)
    case refund(RefundID)
    case recall(RecallID)
    case openClaims(PaymentID)
    case dispute(DisputeID)
    case disputeEvent(DisputeEvent.Key)
    case evidence(EvidenceID)
    case merchant(MerchantKey)
    case participant(ParticipantID)
    case rateBoard(CurrencyPair)
    case feeTable(CorridorID)
    case roundingRest(RoundingKey)
    case idempotency(IdempotencyKey)
    case uetr(UETR)
    case codeClaim(CodeDigest)
    case message(UniqueID)
    case apiKey(UniqueID)
    case person(OperatorID)
    case accessChange(UniqueID)
    case payer(PayerKey)
    case pace(MerchantID)
    case alert(Alert.Key)
    case webhooks(ParticipantID)
    case exceptionCase(PaymentID)
    case shopFreeze(MerchantID)
    case bakongProject(String)
    case bakongKey(Int)
    case deepLink(UniqueID)
}

/// Why a step could not go on.
package enum StepFailure: Error, Sendable, Hashable {
    /// These records are to be brought first; then the step is run again from its start.
    case missing([RecordKey])
    /// The answer is no.
    case refused(Refusal)
}

/// What a group of commands sees and changes before it is committed as one.
package struct Transaction: Sendable {
    package var accounts = RecordTable<AccountID, Account>()
    /// Open holds; they open and end with the journal's lines and are not written by themselves.
    package var holds = RecordTable<HoldID, Transfer>()
    package var payments = RecordTable<PaymentID, Payment>()
    package var parties = RecordTable<PaymentID, PaymentParties>()
    package var quotes = RecordTable<QuoteID, Quote>()
    package var resolutions = RecordTable<ResolutionID, Resolution>()
    package var refunds = RecordTable<RefundID, Refund>()
    package var recalls = RecordTable<RecallID, Recall>()
    package var disputes = RecordTable<DisputeID, Dispute>()
    package var disputeEvents = RecordTable<DisputeEvent.Key, DisputeEvent>()
    package var evidence = RecordTable<EvidenceID, Evidence>()
    /// The files themselves; they are only ever added.
    package var evidenceBytes = RecordTable<EvidenceID, [UInt8]>()
    /// What is open about a payment; derived from the claims' own rows and not written by itself.
    package var openClaims = RecordTable<PaymentID, OpenClaims>()
    package var merchants = RecordTable<MerchantKey, Merchant>()
    package var participants = RecordTable<ParticipantID, Participant>()
    package var rateBoards = RecordTable<CurrencyPair, RateBoard>()
    package var feeTables = RecordTable<CorridorID, FeeTable>()
    package var roundingRests = RecordTable<RoundingKey, RoundingRest>()
    package var idempotency = RecordTable<IdempotencyKey, IdempotencyRecord>()
    /// Which payment or refund bears a UETR; derived from those rows and not written by itself.
    package var uetrs = RecordTable<UETR, UniqueID>()
    /// Which payment has claimed a code that may be paid once.
    package var codeClaims = RecordTable<CodeDigest, PaymentID>()
    package var messages = RecordTable<UniqueID, OutboxMessage>()
    package var timers = RecordTable<TimerKey, Timestamp>()
    package var apiKeys = RecordTable<UniqueID, APIKey>()
    package var people = RecordTable<OperatorID, Person>()
    package var accessChanges = RecordTable<UniqueID, AccessChange>()
    package var payers = RecordTable<PayerKey, PayerTally>()
    package var paces = RecordTable<MerchantID, ShopPace>()
    package var alerts = RecordTable<Alert.Key, Alert>()
    /// What the step since the last mark has found for the operators.
    private(set) var signals: [AlertSignal] = []
    package var webhooks = RecordTable<ParticipantID, Webhooks>()
    package var exceptionCases = RecordTable<PaymentID, ExceptionCase>()
    /// What is remembered of codes; only ever added, and of no weight for any decision.
    package var codeNotes = RecordTable<CodeDigest, CodeNote>()
    package var shopFreezes = RecordTable<MerchantID, ShopFreeze>()
    /// What people have looked at and done; only ever added.
    package var auditEntries = RecordTable<UniqueID, AuditEntry>()
    package var bakongProjects = RecordTable<String, BakongProject>()
    package var bakongKeys = RecordTable<Int, BakongKey>()
    package var deepLinks = RecordTable<UniqueID, DeepLink>()
    /// The journal's new lines, in order.
    package private(set) var journal: [Transfer] = []
    private var journalMark = 0

    package init() {}

    /// Makes room for what so many steps of payments bring and change.
    mutating func expect(submissions count: Int) {
        accounts.reserve(count)
        holds.reserve(count)
        payments.reserve(count)
        parties.reserve(count)
        quotes.reserve(count)
        idempotency.reserve(count)
        uetrs.reserve(count)
        messages.reserve(count)
        timers.reserve(count)
    }

    /// Makes sure that records are there before a step reads them.
    ///
    /// - Throws: ``StepFailure/missing(_:)`` with those that are not.
    package func require(_ key: RecordKey) throws(StepFailure) {
        guard isLoaded(key) else { throw .missing([key]) }
    }

    package func require(_ keys: [RecordKey]) throws(StepFailure) {
        guard keys.contains(where: { !isLoaded($0) }) else { return }
        throw .missing(keys.filter { !isLoaded($0) })
    }

    /// Makes sure that a list of records is there; `collect` puts it together.
    ///
    /// - Throws: ``StepFailure/missing(_:)`` with those that are not.
    func require(_ collect: (inout [RecordKey]) -> Void) throws(StepFailure) {
        var keys: [RecordKey] = []
        collect(&keys)
        try require(keys)
    }

    package func isLoaded(_ key: RecordKey) -> Bool {
        switch key {
        case .account(let id): accounts.isLoaded(id)
        case .hold(let id): holds.isLoaded(id)
        case .payment(let id): payments.isLoaded(id)
        case .quote(let id): quotes.isLoaded(id)
        case .resolution(let id): resolutions.isLoaded(id)
        case .refund(let id): refunds.isLoaded(id)
        case .recall(let id): recalls.isLoaded(id)
        case .openClaims(let id): openClaims.isLoaded(id)
        case .dispute(let id): disputes.isLoaded(id)
        case .disputeEvent(let key): disputeEvents.isLoaded(key)
        case .evidence(let id): evidence.isLoaded(id)
        case .merchant(let key): merchants.isLoaded(key)
        case .participant(let id): participants.isLoaded(id)
        case .rateBoard(let pair): rateBoards.isLoaded(pair)
        case .feeTable(let id): feeTables.isLoaded(id)
        case .roundingRest(let key): roundingRests.isLoaded(key)
        case .idempotency(let key): idempotency.isLoaded(key)
        case .uetr(let uetr): uetrs.isLoaded(uetr)
        case .codeClaim(let code): codeClaims.isLoaded(code)
        case .message(let id): messages.isLoaded(id)
        case .apiKey(let id): apiKeys.isLoaded(id)
        case .person(let id): people.isLoaded(id)
        case .accessChange(let id): accessChanges.isLoaded(id)
        case .payer(let key): payers.isLoaded(key)
        case .pace(let id): paces.isLoaded(id)
        case .alert(let key): alerts.isLoaded(key)
        case .webhooks(let id): webhooks.isLoaded(id)
        case .exceptionCase(let id): exceptionCases.isLoaded(id)
        case .shopFreeze(let id): shopFreezes.isLoaded(id)
        case .bakongProject(let email): bakongProjects.isLoaded(email)
        case .bakongKey(let number): bakongKeys.isLoaded(number)
        case .deepLink(let id): deepLinks.isLoaded(id)
        }
    }

    /// Takes a record over from a transaction that will be committed before this one.
    ///
    /// - Returns: whether that one had it, or knew that there is none.
    package mutating func adopt(_ key: RecordKey, from before: Transaction) -> Bool {
        switch key {
        case .account(let id): accounts.adopt(id, from: before.accounts)
        case .hold(let id): holds.adopt(id, from: before.holds)
        case .payment(let id): payments.adopt(id, from: before.payments)
        case .quote(let id): quotes.adopt(id, from: before.quotes)
        case .resolution(let id): resolutions.adopt(id, from: before.resolutions)
        case .refund(let id): refunds.adopt(id, from: before.refunds)
        case .recall(let id): recalls.adopt(id, from: before.recalls)
        case .openClaims(let id): openClaims.adopt(id, from: before.openClaims)
        case .dispute(let id): disputes.adopt(id, from: before.disputes)
        case .disputeEvent(let key): disputeEvents.adopt(key, from: before.disputeEvents)
        case .evidence(let id): evidence.adopt(id, from: before.evidence)
        case .merchant(let key): merchants.adopt(key, from: before.merchants)
        case .participant(let id): participants.adopt(id, from: before.participants)
        case .rateBoard(let pair): rateBoards.adopt(pair, from: before.rateBoards)
        case .feeTable(let id): feeTables.adopt(id, from: before.feeTables)
        case .roundingRest(let key): roundingRests.adopt(key, from: before.roundingRests)
        case .idempotency(let key): idempotency.adopt(key, from: before.idempotency)
        case .uetr(let uetr): uetrs.adopt(uetr, from: before.uetrs)
        case .codeClaim(let code): codeClaims.adopt(code, from: before.codeClaims)
        case .message(let id): messages.adopt(id, from: before.messages)
        case .apiKey(let id): apiKeys.adopt(id, from: before.apiKeys)
        case .person(let id): people.adopt(id, from: before.people)
        case .accessChange(let id): accessChanges.adopt(id, from: before.accessChanges)
        case .payer(let key): payers.adopt(key, from: before.payers)
        case .pace(let id): paces.adopt(id, from: before.paces)
        case .alert(let key): alerts.adopt(key, from: before.alerts)
        case .webhooks(let id): webhooks.adopt(id, from: before.webhooks)
        case .exceptionCase(let id): exceptionCases.adopt(id, from: before.exceptionCases)
        case .shopFreeze(let id): shopFreezes.adopt(id, from: before.shopFreezes)
        case .bakongProject(let email): bakongProjects.adopt(email, from: before.bakongProjects)
        case .bakongKey(let number): bakongKeys.adopt(number, from: before.bakongKeys)
        case .deepLink(let id): deepLinks.adopt(id, from: before.deepLinks)
        }
    }

    /// From here on, ``rollback()`` comes back to here.
    package mutating func mark() {
        forEachTable(.mark)
        journalMark = journal.count
    }

    /// Takes back every change since the last mark.
    package mutating func rollback() {
        forEachTable(.rollback)
        journal.removeSubrange(journalMark...)
    }

    /// Takes back every change and keeps what was loaded.
    package mutating func discardChanges() {
        forEachTable(.discard)
        journal.removeAll(keepingCapacity: true)
        journalMark = 0
    }

    private mutating func forEachTable(_ reversion: TableReversion) {
        accounts.apply(reversion)
        holds.apply(reversion)
        payments.apply(reversion)
        parties.apply(reversion)
        quotes.apply(reversion)
        resolutions.apply(reversion)
        refunds.apply(reversion)
        recalls.apply(reversion)
        openClaims.apply(reversion)
        disputes.apply(reversion)
        disputeEvents.apply(reversion)
        evidence.apply(reversion)
        evidenceBytes.apply(reversion)
        merchants.apply(reversion)
        participants.apply(reversion)
        rateBoards.apply(reversion)
        feeTables.apply(reversion)
        roundingRests.apply(reversion)
        idempotency.apply(reversion)
        uetrs.apply(reversion)
        codeClaims.apply(reversion)
        messages.apply(reversion)
        timers.apply(reversion)
        apiKeys.apply(reversion)
        people.apply(reversion)
        accessChanges.apply(reversion)
        payers.apply(reversion)
        paces.apply(reversion)
        alerts.apply(reversion)
        signals.removeAll(keepingCapacity: true)
        webhooks.apply(reversion)
        exceptionCases.apply(reversion)
        shopFreezes.apply(reversion)
        auditEntries.apply(reversion)
        codeNotes.apply(reversion)
        bakongProjects.apply(reversion)
        bakongKeys.apply(reversion)
        deepLinks.apply(reversion)
    }

    /// Notes something for the operators; whether it becomes an alert is settled at the end of the step.
    mutating func signal(_ signal: AlertSignal) { signals.append(signal) }

    /// Whether the step since the last mark, or the whole group, changed nothing.
    package var isUnchanged: Bool {
        journal.isEmpty && accounts.isUnchanged && payments.isUnchanged && quotes.isUnchanged
            && resolutions.isUnchanged && refunds.isUnchanged && recalls.isUnchanged && disputes.isUnchanged
            && merchants.isUnchanged && participants.isUnchanged && rateBoards.isUnchanged && feeTables.isUnchanged
            && roundingRests.isUnchanged && idempotency.isUnchanged && codeClaims.isUnchanged && messages.isUnchanged
            && timers.isUnchanged && apiKeys.isUnchanged && people.isUnchanged && accessChanges.isUnchanged
            && payers.isUnchanged
            && paces.isUnchanged && alerts.isUnchanged && webhooks.isUnchanged && exceptionCases.isUnchanged
            && shopFreezes.isUnchanged && auditEntries.isUnchanged && bakongProjects.isUnchanged
            && bakongKeys.isUnchanged && deepLinks.isUnchanged
    }
}

extension Transaction: Books {
    package typealias Failure = StepFailure

    package func account(_ id: AccountID) throws(StepFailure) -> Account? {
        guard accounts.isLoaded(id) else { throw .missing([.account(id)]) }
        return accounts[id]
    }

    package mutating func setAccount(_ account: Account) {
        if let before = accounts[account.id], let found = CapAlarm.signal(from: before, to: account) { signal(found) }
        accounts.set(account.id, account)
    }

    package func openHold(_ id: HoldID) throws(StepFailure) -> Transfer? {
        guard holds.isLoaded(id) else { throw .missing([.hold(id)]) }
        return holds[id]
    }

    package mutating func append(_ transfer: Transfer) {
        journal.append(transfer)
        switch transfer.kind {
        case .hold: holds.set(transfer.holdID, transfer)
        case .post, .void: holds.set(transfer.holdID, nil)
        case .direct: break
        }
    }

    package func failure(_ error: LedgerError) -> StepFailure {
        switch error {
        case .capExceeded(let account):
            .refused(
                Refusal(.liquidity, "\(account.owner) is at its cap in \(account.currency); try again later.")
            )
        case .unknownAccount(let account):
            .refused(Refusal(.liquidity, "\(account.owner) settles nothing in \(account.currency)."))
        case .notATransfer, .amountNotPositive, .holdNotOpen, .overflow:
            preconditionFailure("The payment rules asked the ledger for something impossible: \(error)")
        }
    }
}
