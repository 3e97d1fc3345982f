import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// The keys of one fetch, table by table, and what is asked of the server for them.
struct WantedRecords {
    private(set) var accounts: [AccountID] = []
    private(set) var participants: [ParticipantID] = []
    private var holds: [HoldID] = []
    private var payments: [PaymentID] = []
    private var quotes: [QuoteID] = []
    private var resolutions: [ResolutionID] = []
    private var refunds: [RefundID] = []
    private var merchants: [MerchantKey] = []
    private var rateBoards: [CurrencyPair] = []
    private var idempotency: [IdempotencyKey] = []
    private var uetrs: [UETR] = []
    private var codeClaims: [CodeDigest] = []
    private var messages: [UniqueID] = []
    private var apiKeys: [UniqueID] = []
    private var people: [OperatorID] = []
    private var accessChanges: [UniqueID] = []
    private var feeTables: [CorridorID] = []
    private var roundingRests: [RoundingKey] = []
    private var recalls: [RecallID] = []
    private var openClaims: [PaymentID] = []
    private var disputes: [DisputeID] = []
    private var disputeEvents: [DisputeEvent.Key] = []
    private var evidence: [EvidenceID] = []
    private var payers: [PayerKey] = []
    private var paces: [MerchantID] = []
    private var alerts: [Alert.Key] = []
    private var webhooks: [ParticipantID] = []
    private var exceptionCases: [PaymentID] = []
    private var shopFreezes: [MerchantID] = []
    private var bakongProjects: [String] = []
    private var bakongKeys: [Int] = []
    private var deepLinks: [UniqueID] = []

    private(set) var commands: [PostgresCommand] = []
    private var answers: [any ExpectedRows] = []

    private static let selectRates = Query.rateLines.statement(
        """
        JOIN unnest($1::int2[], $2::int2[]) AS u(payer, merchant)
            ON u.payer = payer_currency AND u.merchant = merchant_currency
        """
    )
    private static let selectFees = Query.feeLines.statement(
        """
        JOIN unnest($1::text[], $2::text[]) AS u(payer, merchant)
            ON u.payer = payer_country AND u.merchant = merchant_country
        """
    )

    /// - Parameter keys: each is asked for once, however often it is named.
    init(_ keys: [RecordKey]) {
        var seen = Set<RecordKey>(minimumCapacity: keys.count)
        for key in keys where seen.insert(key).inserted { want(key) }
    }

    private mutating func want(_ key: RecordKey) {
        switch key {
        case .account(let id): accounts.append(id)
        case .hold(let id): holds.append(id)
        case .payment(let id): payments.append(id)
        case .quote(let id): quotes.append(id)
        case .resolution(let id): resolutions.append(id)
        case .refund(let id): refunds.append(id)
        case .merchant(let key): merchants.append(key)
        case .participant(let id): participants.append(id)
        case .rateBoard(let pair): rateBoards.append(pair)
        case .idempotency(let key): idempotency.append(key)
        case .uetr(let uetr): uetrs.append(uetr)
        case .codeClaim(let code): codeClaims.append(code)
        case .message(let id): messages.append(id)
        case .apiKey(let id): apiKeys.append(id)
        case .person(let id): people.append(id)
        case .accessChange(let id): accessChanges.append(id)
        case .feeTable(let id): feeTables.append(id)
        case .roundingRest(let key): roundingRests.append(key)
        case .recall(let id): recalls.append(id)
        case .openClaims(let id): openClaims.append(id)
        case .dispute(let id): disputes.append(id)
        case .disputeEvent(let key): disputeEvents.append(key)
        case .evidence(let id): evidence.append(id)
        case .payer(let key): payers.append(key)
        case .pace(let id): paces.append(id)
        case .alert(let key): alerts.append(key)
        case .webhooks(let id): webhooks.append(id)
        case .exceptionCase(let id): exceptionCases.append(id)
        case .shopFreeze(let id): shopFreezes.append(id)
        case .bakongProject(let email): bakongProjects.append(email)
        case .bakongKey(let number): bakongKeys.append(number)
        case .deepLink(let id): deepLinks.append(id)
        }
    }

    /// Makes the commands.
    mutating func prepare(in context: WritingContext) {
        ask(.accounts, accounts, context) { $0.accounts.load($1, $2) }
        ask(.participants, participants, context) { $0.participants.load($1, $2) }
        ask(.openHolds, holds, context) { $0.holds.load($1, $2) }
        ask(.payments, payments, context) { $0.payments.load($1, $2) }
        ask(.quotes, quotes, context) { $0.quotes.load($1, $2) }
        ask(.resolutions, resolutions, context) { $0.resolutions.load($1, $2) }
        ask(.refunds, refunds, context) { $0.refunds.load($1, $2) }
        ask(.merchants, merchants, context) { $0.merchants.load($1, $2) }
        ask(.idempotency, idempotency, context) { $0.idempotency.load($1, $2?.value) }
        ask(.bearers, uetrs, context) { $0.uetrs.load($1, $2?.value) }
        ask(.codeClaims, codeClaims, context) { $0.codeClaims.load($1, $2?.value) }
        ask(.messages, messages, context) { $0.messages.load($1, $2) }
        ask(.apiKeys, apiKeys, context) { $0.apiKeys.load($1, $2) }
        ask(.people, people, context) { $0.people.load($1, $2) }
        ask(.accessChanges, accessChanges, context) { $0.accessChanges.load($1, $2) }
        ask(.roundingRests, roundingRests, context) { $0.roundingRests.load($1, $2) }
        ask(.recalls, recalls, context) { $0.recalls.load($1, $2) }
        ask(.openClaims, openClaims, context) { transaction, payment, found in
            transaction.openClaims.load(payment, found.flatMap { $0.value.isEmpty ? nil : $0.value })
        }
        ask(.disputes, disputes, context) { $0.disputes.load($1, $2) }
        ask(.disputeEvents, disputeEvents, context) { $0.disputeEvents.load($1, $2) }
        ask(.evidence, evidence, context) { $0.evidence.load($1, $2) }
        ask(.payers, payers, context) { $0.payers.load($1, $2) }
        ask(.shopFreezes, shopFreezes, context) { $0.shopFreezes.load($1, $2) }
        ask(.bakongProjects, bakongProjects, context) { $0.bakongProjects.load($1, $2) }
        ask(.bakongKeys, bakongKeys, context) { $0.bakongKeys.load($1, $2) }
        ask(.deepLinks, deepLinks, context) { $0.deepLinks.load($1, $2) }
        ask(.paces, paces, context) { $0.paces.load($1, $2) }
        ask(.alerts, alerts, context) { $0.alerts.load($1, $2) }
        ask(.exceptionCases, exceptionCases, context) { $0.exceptionCases.load($1, $2) }
        askRates()
        askFees()
        askWebhooks(context)
    }

    private mutating func ask<Key, Row>(
        _ lookup: Lookup<Key, Row>,
        _ keys: [Key],
        _ context: WritingContext,
        _ load: @escaping (inout Transaction, Key, Row?) -> Void
    ) {
        guard !keys.isEmpty else { return }
        commands.append(lookup.command(for: keys, in: context))
        answers.append(ExpectedRecords(lookup: lookup, keys: keys, load: load))
    }

    /// A board is several rows.
    private mutating func askRates() {
        guard !rateBoards.isEmpty else { return }
        var command = PostgresCommand(WantedRecords.selectRates)
        command.parameters.add(RateTable.pairColumns, of: rateBoards)
        commands.append(command)
        answers.append(ExpectedRates(pairs: rateBoards))
    }

    private static let selectWebhooks = Query.webhooks.statement("WHERE participant = ANY ($1::int4[])")

    /// A participant may have several.
    private mutating func askWebhooks(_ context: WritingContext) {
        guard !webhooks.isEmpty else { return }
        var command = PostgresCommand(WantedRecords.selectWebhooks)
        command.parameters = Parameters(in: context)
        command.parameters.add([Column("participant", .int4) { $0.add($1) }], of: webhooks)
        commands.append(command)
        answers.append(ExpectedWebhooks(participants: webhooks))
    }

    /// So is a tariff.
    private mutating func askFees() {
        guard !feeTables.isEmpty else { return }
        var command = PostgresCommand(WantedRecords.selectFees)
        command.parameters.add([Column("payer", .text) { $0.add($1.payer.rawValue) }], of: feeTables)
        command.parameters.add([Column("merchant", .text) { $0.add($1.merchant.rawValue) }], of: feeTables)
        commands.append(command)
        answers.append(ExpectedFees(corridors: feeTables))
    }

    /// Loads what the commands brought.
    func load(_ rows: [Rows], _ names: Names, into transaction: inout Transaction) throws(StoreError) {
        for (rows, answer) in zip(rows, answers) { try answer.load(rows, names, into: &transaction) }
    }
}

/// What is done with the rows that one command brings.
private protocol ExpectedRows {
    func load(_ rows: Rows, _ names: Names, into transaction: inout Transaction) throws(StoreError)
}

private struct ExpectedRecords<Key: Hashable & Sendable, Row: Hashable & Sendable>: ExpectedRows {
    let lookup: Lookup<Key, Row>
    let keys: [Key]
    let load: (inout Transaction, Key, Row?) -> Void

    func load(_ rows: Rows, _ names: Names, into transaction: inout Transaction) throws(StoreError) {
        try lookup.load(rows, for: keys, names, into: &transaction, load)
    }
}

private struct ExpectedRates: ExpectedRows {
    let pairs: [CurrencyPair]

    func load(_ rows: Rows, _ names: Names, into transaction: inout Transaction) throws(StoreError) {
        let boards = try RateBoard.boards(
            of: rows.all { columns throws(StoreError) in try Query.rateLines.read(&columns, names) }
        )
        for pair in pairs { transaction.rateBoards.load(pair, boards[pair]) }
    }
}

private struct ExpectedFees: ExpectedRows {
    let corridors: [CorridorID]

    func load(_ rows: Rows, _ names: Names, into transaction: inout Transaction) throws(StoreError) {
        let tables = FeeTable.tables(
            of: try rows.all { columns throws(StoreError) in try Query.feeLines.read(&columns, names) }
        )
        for corridor in corridors { transaction.feeTables.load(corridor, tables[corridor]) }
    }
}

private struct ExpectedWebhooks: ExpectedRows {
    let participants: [ParticipantID]

    func load(_ rows: Rows, _ names: Names, into transaction: inout Transaction) throws(StoreError) {
        let webhooks = Webhooks.grouped(
            try rows.all { columns throws(StoreError) in try Query.webhooks.read(&columns, names) }
        )
        for participant in participants { transaction.webhooks.load(participant, webhooks[participant]) }
    }
}
