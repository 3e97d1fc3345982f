import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// What a memory store keeps.
struct MemoryRecords: Sendable {
    /// What became of one leg of a transaction.
    struct Leg: Sendable {
        let opening: Transfer
        var isEnded = false
    }

    var participants: [ParticipantID: Participant] = [:]
    var accounts: [AccountID: Account] = [:]
    var apiKeys: [UniqueID: APIKey] = [:]
    var people: [OperatorID: Person] = [:]
    var accessChanges: [UniqueID: AccessChange] = [:]
    var webhooks: [ParticipantID: Webhooks] = [:]
    var merchants: [MerchantKey: Merchant] = [:]
    var merchantKeys: [MerchantID: MerchantKey] = [:]
    var rateBoards: [CurrencyPair: RateBoard] = [:]
    var feeTables: [CorridorID: FeeTable] = [:]
    var roundingRests: [RoundingKey: RoundingRest] = [:]
    var environment: Environment?
    var resolutions: [ResolutionID: Resolution] = [:]
    var quotes: [QuoteID: Quote] = [:]
    var payments: [PaymentID: Payment] = [:]
    var parties: [PaymentID: PaymentParties] = [:]
    var refunds: [RefundID: Refund] = [:]
    var refundsOfPayments: [PaymentID: [RefundID]] = [:]
    var recalls: [RecallID: Recall] = [:]
    var disputes: [DisputeID: Dispute] = [:]
    var disputeEvents: [DisputeEvent.Key: DisputeEvent] = [:]
    var evidence: [EvidenceID: Evidence] = [:]
    var evidenceBytes: [EvidenceID: [UInt8]] = [:]
    var openClaims: [PaymentID: OpenClaims] = [:]
    var uetrs: [UETR: UniqueID] = [:]
    var codeClaims: [CodeDigest: PaymentID] = [:]
    var idempotency: [IdempotencyKey: IdempotencyRecord] = [:]
    var messages: [UniqueID: OutboxMessage] = [:]
    var timers: [TimerKey: Timestamp] = [:]
    var payers: [PayerKey: PayerTally] = [:]
    var paces: [MerchantID: ShopPace] = [:]
    var alerts: [Alert.Key: Alert] = [:]
    var exceptionCases: [PaymentID: ExceptionCase] = [:]
    var shopFreezes: [MerchantID: ShopFreeze] = [:]
    var auditEntries: [UniqueID: AuditEntry] = [:]
    var codeNotes: [CodeDigest: CodeNote] = [:]
    var bakongProjects: [String: BakongProject] = [:]
    var bakongKeys: [Int: BakongKey] = [:]
    var deepLinks: [UniqueID: DeepLink] = [:]
    var journal: [Int64: Transfer] = [:]
    var positions: [UniqueID: [Int64]] = [:]
    var legs: [HoldID: Leg] = [:]
    var groups: [JournalGroup] = []

    func load(_ key: RecordKey, into transaction: inout Transaction) {
        switch key {
        case .account(let id): transaction.accounts.load(id, accounts[id])
        case .hold(let id): transaction.holds.load(id, openHold(id))
        case .payment(let id): transaction.payments.load(id, payments[id])
        case .quote(let id): transaction.quotes.load(id, quotes[id])
        case .resolution(let id): transaction.resolutions.load(id, resolutions[id])
        case .refund(let id): transaction.refunds.load(id, refunds[id])
        case .recall(let id): transaction.recalls.load(id, recalls[id])
        case .openClaims(let id): transaction.openClaims.load(id, openClaims[id])
        case .dispute(let id): transaction.disputes.load(id, disputes[id])
        case .disputeEvent(let key): transaction.disputeEvents.load(key, disputeEvents[key])
        case .evidence(let id): transaction.evidence.load(id, evidence[id])
        case .merchant(let key): transaction.merchants.load(key, merchants[key])
        case .participant(let id): transaction.participants.load(id, participants[id])
        case .rateBoard(let pair): transaction.rateBoards.load(pair, rateBoards[pair])
        case .feeTable(let id): transaction.feeTables.load(id, feeTables[id])
        case .roundingRest(let key): transaction.roundingRests.load(key, roundingRests[key])
        case .idempotency(let key): transaction.idempotency.load(key, idempotency[key])
        case .uetr(let uetr): transaction.uetrs.load(uetr, uetrs[uetr])
        case .codeClaim(let code): transaction.codeClaims.load(code, codeClaims[code])
        case .message(let id): transaction.messages.load(id, messages[id])
        case .webhooks(let id): transaction.webhooks.load(id, webhooks[id])
        case .apiKey(let id): transaction.apiKeys.load(id, apiKeys[id])
        case .person(let id): transaction.people.load(id, people[id])
        case .accessChange(let id): transaction.accessChanges.load(id, accessChanges[id])
        case .payer(let key): transaction.payers.load(key, payers[key])
        case .pace(let id): transaction.paces.load(id, paces[id])
        case .alert(let key): transaction.alerts.load(key, alerts[key])
        case .exceptionCase(let id): transaction.exceptionCases.load(id, exceptionCases[id])
        case .shopFreeze(let id): transaction.shopFreezes.load(id, shopFreezes[id])
        case .bakongProject(let email): transaction.bakongProjects.load(email, bakongProjects[email])
        case .bakongKey(let number): transaction.bakongKeys.load(number, bakongKeys[number])
        case .deepLink(let id): transaction.deepLinks.load(id, deepLinks[id])
        }
    }

    private func openHold(_ id: HoldID) -> Transfer? {
        guard let leg = legs[id], leg.opening.kind == .hold, !leg.isEnded else { return nil }
        return leg.opening
    }

    /// Takes in what ``check(_:)`` has let pass.
    mutating func apply(_ transaction: Transaction, at now: Timestamp, using digester: any Digester) {
        for change in transaction.participants.changes { participants[change.key] = change.row }
        for change in transaction.accounts.changes { accounts[change.key] = change.row }
        for change in transaction.apiKeys.changes { apiKeys[change.key] = change.row }
        for change in transaction.people.changes { people[change.key] = change.row }
        for change in transaction.accessChanges.changes { accessChanges[change.key] = change.row }
        for change in transaction.webhooks.changes {
            webhooks[change.key] = change.row.flatMap { $0.all.isEmpty ? nil : $0 }
        }
        for change in transaction.merchants.changes {
            merchants[change.key] = change.row
            if let merchant = change.row { merchantKeys[merchant.id] = merchant.key }
        }
        for change in transaction.rateBoards.changes {
            // A board without rates reads like none.
            rateBoards[change.key] = change.row.flatMap { $0.rates.isEmpty ? nil : $0 }
        }
        for change in transaction.feeTables.changes { feeTables[change.key] = change.row }
        for change in transaction.roundingRests.changes { roundingRests[change.key] = change.row }
        for change in transaction.resolutions.changes { resolutions[change.key] = change.row }
        for change in transaction.quotes.changes { quotes[change.key] = change.row }
        for change in transaction.payments.changes {
            payments[change.key] = change.row
            if let payment = change.row { uetrs[payment.uetr] = payment.id.value }
        }
        for change in transaction.parties.changes { parties[change.key] = change.row }
        for change in transaction.refunds.changes {
            guard let refund = change.row else { continue }
            refunds[refund.id] = refund
            refundsOfPayments[refund.payment, default: []].append(refund.id)
            uetrs[refund.uetr] = refund.id.value
        }
        applyClaims(transaction)
        for change in transaction.codeClaims.changes { codeClaims[change.key] = change.row }
        for change in transaction.idempotency.changes { idempotency[change.key] = change.row }
        for change in transaction.messages.changes { messages[change.key] = change.row }
        for change in transaction.timers.changes { timers[change.key] = change.row }
        for change in transaction.payers.changes { payers[change.key] = change.row }
        for change in transaction.paces.changes { paces[change.key] = change.row }
        for change in transaction.alerts.changes { alerts[change.key] = change.row }
        for change in transaction.exceptionCases.changes { exceptionCases[change.key] = change.row }
        applyWatching(transaction)
        applyBakong(transaction)
        seal(transaction.journal, at: now, using: digester)
    }

    private mutating func seal(_ lines: [Transfer], at now: Timestamp, using digester: any Digester) {
        guard !lines.isEmpty else { return }
        let group = JournalGroup(sealing: lines, after: groups.last, at: now, using: digester)
        groups.append(group)
        for (offset, line) in lines.enumerated() {
            let position = group.firstPosition + Int64(offset)
            journal[position] = line
            positions[line.transaction, default: []].append(position)
            switch line.kind {
            case .direct, .hold: legs[line.holdID] = Leg(opening: line)
            case .post, .void: legs[line.holdID]?.isEnded = true
            }
        }
    }
}
