import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Lists, work and counts.
extension Reader {
    private static let participantByNumber = Query.participants.statement("WHERE number = $1::int4")
    private static let allParticipants = Query.participants.statement("")
    private static let allAccounts = Query.accounts.statement("")
    private static let ownAccounts = Query.accounts.statement("WHERE owner = $1::int4")
    private static let person = Query.people.statement("WHERE id = $1::text")
    private static let allPeople = Query.people.statement("ORDER BY id COLLATE \"C\"")
    private static let accessChange = Query.accessChanges.statement("WHERE id = $1::uuid")
    private static let latestAccessChanges = Query.accessChanges.statement(
        "WHERE id < $1::uuid ORDER BY id DESC LIMIT $2::int8"
    )
    private static let openAccessChanges = Query.accessChanges.statement(
        "WHERE standing IN (1, 2) AND id < $1::uuid ORDER BY id DESC LIMIT $2::int8"
    )
    private static let allKeys = Query.apiKeys.statement("ORDER BY id")
    private static let allFees = Query.feeLines.statement("")
    private static let restsOfProvider = Query.roundingRests.statement("WHERE provider = $1::int4")
    private static let allRates = Query.rateLines.statement("")
    private static let allMessages = Query.messages.statement(
        "WHERE standing = 1 AND due_at <= $1::int8 ORDER BY due_at, id LIMIT $2::int8"
    )
    private static let ownMessages = Query.messages.statement(
        "WHERE standing = 1 AND node = $3::int4 AND due_at <= $1::int8 ORDER BY due_at, id LIMIT $2::int8"
    )
    private static let allTimers = Query.timers.statement(
        "WHERE due_at <= $1::int8 ORDER BY due_at, payment, kind LIMIT $2::int8"
    )
    private static let ownTimers = Query.timers.statement(
        "WHERE node = $3::int4 AND due_at <= $1::int8 ORDER BY due_at, payment, kind LIMIT $2::int8"
    )
    private static let selectEnvironment = Statement("SELECT name FROM environment")
    private static let counts = Statement("SELECT state, payments FROM payment_counts WHERE payments > 0")

    func environment() throws(StoreError) -> Environment? {
        let name = try ask(Reader.selectEnvironment).first { columns throws(StoreError) in try columns.text() }
        return name.flatMap { Environment(rawValue: $0) }
    }

    func participant(_ id: ParticipantID) throws(StoreError) -> Participant? {
        guard let number = try number(id) else { return nil }
        return try row(.participants, Reader.participantByNumber) { $0.add(number) }
    }

    func participants() throws(StoreError) -> [Participant] {
        try rows(.participants, Reader.allParticipants).sorted { $0.id < $1.id }
    }

    func accounts(of owner: ParticipantID?) throws(StoreError) -> [Account] {
        let accounts: [Account]
        if let owner {
            guard let number = try number(owner) else { return [] }
            accounts = try rows(.accounts, Reader.ownAccounts) { $0.add(number) }
        } else {
            accounts = try rows(.accounts, Reader.allAccounts)
        }
        return accounts.sorted { $0.id < $1.id }
    }

    func apiKeys() throws(StoreError) -> [APIKey] { try rows(.apiKeys, Reader.allKeys) }

    func person(_ id: OperatorID) throws(StoreError) -> Person? {
        try row(.people, Reader.person) { $0.add(id.description) }
    }

    func people() throws(StoreError) -> [Person] { try rows(.people, Reader.allPeople) }

    func accessChange(_ id: UniqueID) throws(StoreError) -> AccessChange? {
        try row(.accessChanges, Reader.accessChange) { $0.add(id) }
    }

    func accessChanges(open: Bool, before: UniqueID?, limit: Int) throws(StoreError) -> [AccessChange] {
        try rows(.accessChanges, open ? Reader.openAccessChanges : Reader.latestAccessChanges) { parameters in
            parameters.add(before ?? UniqueID(high: .max, low: .max))
            parameters.add(Int64(max(0, limit)))
        }
    }

    func rateBoards() throws(StoreError) -> [RateBoard] {
        let boards = try RateBoard.boards(of: rows(.rateLines, Reader.allRates)).values
        return boards.sorted { ($0.pair.payer, $0.pair.merchant) < ($1.pair.payer, $1.pair.merchant) }
    }

    func feeTables() throws(StoreError) -> [FeeTable] {
        let tables = FeeTable.tables(of: try rows(.feeLines, Reader.allFees))
        return Corridor.all.compactMap { tables[$0.id] }
    }

    func roundingRests(of provider: ParticipantID) throws(StoreError) -> [RoundingRest] {
        guard let number = try number(provider) else { return [] }
        return try rows(.roundingRests, Reader.restsOfProvider) { $0.add(number) }
            .sorted { $0.key.currency < $1.key.currency }
    }

    /// This node's own; another's are its own business until it is gone.
    func dueMessages(at now: Timestamp, limit: Int) throws(StoreError) -> [OutboxMessage] {
        try rows(.messages, workOf == nil ? Reader.allMessages : Reader.ownMessages) { addDue(now, limit, to: &$0) }
    }

    /// This node's own.
    func dueTimers(at now: Timestamp, limit: Int) throws(StoreError) -> [TimerKey] {
        try rows(.timers, workOf == nil ? Reader.allTimers : Reader.ownTimers) { addDue(now, limit, to: &$0) }
    }

    private func addDue(_ now: Timestamp, _ limit: Int, to parameters: inout Parameters) {
        parameters.add(now.milliseconds)
        parameters.add(Int64(max(0, limit)))
        if let workOf { parameters.add(workOf) }
    }

    func paymentCounts() throws(StoreError) -> [PaymentState: Int] {
        var counts: [PaymentState: Int] = [:]
        try ask(Reader.counts).forEach { columns throws(StoreError) in
            let state: PaymentState = try columns.value()
            counts[state] = columns.int()
        }
        return counts
    }
}
