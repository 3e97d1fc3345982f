import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Reads what was committed at one moment.
struct MemoryReader: StoreReader {
    let records: MemoryRecords
    let digester: any Digester

    func payment(_ id: PaymentID) -> Payment? { records.payments[id] }

    func payment(uetr: UETR) -> Payment? {
        records.uetrs[uetr].flatMap { records.payments[PaymentID($0)] }
    }

    func parties(of payment: PaymentID) -> PaymentParties? { records.parties[payment] }
    func quote(_ id: QuoteID) -> Quote? { records.quotes[id] }
    func refund(_ id: RefundID) -> Refund? { records.refunds[id] }

    func refunds(of payment: PaymentID) -> [Refund] {
        (records.refundsOfPayments[payment] ?? []).compactMap { records.refunds[$0] }.sorted { $0.part < $1.part }
    }

    func journal(of transaction: UniqueID) -> [Transfer] {
        (records.positions[transaction] ?? []).compactMap { records.journal[$0] }
    }

    func merchant(_ id: MerchantID) -> Merchant? { records.merchantKeys[id].flatMap { records.merchants[$0] } }

    func merchants(of acquirer: ParticipantID, after: MerchantID?, limit: Int) -> [Merchant] {
        let behind = records.merchants.values.filter { merchant in
            merchant.acquirer == acquirer && after.map { $0 < merchant.id } ?? true
        }
        return Array(behind.sorted { $0.id < $1.id }.prefix(max(0, limit)))
    }

    func participant(_ id: ParticipantID) -> Participant? { records.participants[id] }
    func participants() -> [Participant] { records.participants.values.sorted { $0.id < $1.id } }

    func accounts(of owner: ParticipantID?) -> [Account] {
        records.accounts.values.filter { owner == nil || $0.id.owner == owner }.sorted { $0.id < $1.id }
    }

    func apiKeys() -> [APIKey] {
        records.apiKeys.values.sorted { $0.id < $1.id }
    }

    func person(_ id: OperatorID) -> Person? { records.people[id] }
    func accessChange(_ id: UniqueID) -> AccessChange? { records.accessChanges[id] }

    func accessChanges(open: Bool, before: UniqueID?, limit: Int) -> [AccessChange] {
        let found = records.accessChanges.values.filter { change in
            before.map { change.id < $0 } ?? true && (!open || change.opensUntil != nil)
        }
        return Array(found.sorted { $1.id < $0.id }.prefix(max(0, limit)))
    }

    func people() -> [Person] { records.people.values.sorted { $0.id.description < $1.id.description } }

    func webhooks(of participant: ParticipantID) -> Webhooks? { records.webhooks[participant] }

    func rateBoards() -> [RateBoard] {
        records.rateBoards.values.sorted { ($0.pair.payer, $0.pair.merchant) < ($1.pair.payer, $1.pair.merchant) }
    }

    func feeTables() -> [FeeTable] {
        Corridor.all.compactMap { records.feeTables[$0.id] }
    }

    func environment() -> Environment? { records.environment }

    func roundingRests(of provider: ParticipantID) -> [RoundingRest] {
        records.roundingRests.values.filter { $0.key.provider == provider }
            .sorted { $0.key.currency < $1.key.currency }
    }

    func exceptionCase(of payment: PaymentID) -> ExceptionCase? { records.exceptionCases[payment] }

    func openExceptionCases(after: PaymentID?, limit: Int) -> [ExceptionCase] {
        let behind = records.exceptionCases.values.filter { row in
            row.closing == nil && after.map { $0 < row.payment } ?? true
        }
        return Array(behind.sorted { $0.payment < $1.payment }.prefix(max(0, limit)))
    }

    func dueMessages(at now: Timestamp, limit: Int) -> [OutboxMessage] {
        let due = records.messages.values.compactMap { message -> (dueAt: Timestamp, message: OutboxMessage)? in
            guard message.standing == .sending else { return nil }
            return message.dueAt.flatMap { $0 <= now ? ($0, message) : nil }
        }
        return due.sorted { ($0.dueAt, $0.message.id) < ($1.dueAt, $1.message.id) }
            .prefix(max(0, limit)).map(\.message)
    }

    func inbox(of participant: ParticipantID, at now: Timestamp, limit: Int) -> [OutboxMessage] {
        let waiting = records.messages.values.filter { message in
            message.destination == participant && message.standing == .inInbox
                && message.dueAt.map { $0 <= now } ?? false
        }
        return Array(waiting.sorted { $0.id < $1.id }.prefix(max(0, limit)))
    }

    func undelivered(
        to destination: ParticipantID?,
        _ standing: OutboxMessage.Standing?,
        after: UniqueID?,
        limit: Int
    ) -> [OutboxMessage] {
        let found = records.messages.values.filter { message in
            (message.attempts > 0 || message.standing != .sending) && standing ?? message.standing == message.standing
                && destination ?? message.destination == message.destination && after.map { $0 < message.id } ?? true
        }
        return Array(found.sorted { $0.id < $1.id }.prefix(max(0, limit)))
    }

    func dueTimers(at now: Timestamp, limit: Int) -> [TimerKey] {
        let due = records.timers.filter { $0.value <= now }.sorted { left, right in
            (left.value, left.key.payment, left.key.kind.rawValue)
                < (right.value, right.key.payment, right.key.kind.rawValue)
        }
        return due.prefix(max(0, limit)).map(\.key)
    }

    func alerts(limit: Int) -> [Alert] {
        let sorted = records.alerts.values.sorted { left, right in
            if left.isOpen != right.isOpen { return left.isOpen }
            if left.raisedAt != right.raisedAt { return left.raisedAt > right.raisedAt }
            return (left.key.kind.rawValue, left.key.subject) < (right.key.kind.rawValue, right.key.subject)
        }
        return Array(sorted.prefix(max(0, limit)))
    }

    func openAlertCount() -> Int { records.alerts.values.count(where: \.isOpen) }

    func paymentCounts() -> [PaymentState: Int] {
        records.payments.values.reduce(into: [:]) { counts, payment in counts[payment.state, default: 0] += 1 }
    }

    func audit(_ audit: inout Audit) throws(StoreError) {
        try walk(into: &audit, using: digester)
        audit.compare(with: accounts(of: nil))
    }
}

extension MemoryReader: JournalSource {
    func forEachGroup(_ body: (JournalGroup) throws(StoreError) -> Void) throws(StoreError) {
        for group in records.groups { try body(group) }
    }

    func forEachLine(at positions: Range<Int64>, _ body: (Transfer) throws(StoreError) -> Void) throws(StoreError) {
        // No position is behind the last line, and every walk asks for what is behind the last group.
        let last = records.groups.last?.nextPosition ?? 1
        var position = positions.lowerBound
        while position < min(positions.upperBound, max(last, positions.lowerBound)) {
            if let line = records.journal[position] { try body(line) }
            position += 1
        }
    }
}
