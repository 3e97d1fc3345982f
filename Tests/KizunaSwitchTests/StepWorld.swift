import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// The switch without a store: one transaction that is never committed, in which whatever was not written is absent.
struct StepWorld {
    var transaction = Transaction()
    var now = Timestamp(milliseconds: 1_760_000_000_000)
    var dice = Dice(seed: 1)
    private var keys = 0

    static let rielBank = participant("mekong-bank")
    static let yenWallet = participant("sakura-pay")
    static let yenAcquirer = participant("naniwa-acquiring")
    static let rielAcquirer = participant("angkor-acquiring")
    static let provider = participant("tonle-fx")

    static func participant(_ text: String) -> ParticipantID {
        guard let id = ParticipantID(text) else { preconditionFailure("A test names a participant badly") }
        return id
    }

    static func person(_ text: String) -> Caller {
        guard let id = OperatorID(text) else { preconditionFailure("A test names a person badly") }
        return .person(id)
    }

    init(link: Participant.LinkKind = .twoPhase, cap: Int64? = nil) throws {
        try join(Self.rielBank, .cambodia, .issuer, fee: 50)
        try join(Self.yenWallet, .japan, .issuer, fee: 50)
        try join(Self.yenAcquirer, .japan, .acquirer, link: link)
        try join(Self.rielAcquirer, .cambodia, .acquirer, link: link)
        try join(Self.provider, .japan, .fxProvider, cap: cap)
        try publishRates()
    }

    mutating func join(
        _ id: ParticipantID,
        _ country: Country,
        _ roles: Participant.Roles,
        fee: Int64 = 0,
        link: Participant.LinkKind = .twoPhase,
        cap: Int64? = nil
    ) throws {
        let participant = Participant(
            id: id,
            name: id.description,
            country: country,
            roles: roles,
            linkKind: link,
            endpoint: "http://127.0.0.1:1/\(id)",
            issuerFeeBasisPoints: fee
        )
        var caps: [Currency: Int64] = [:]
        for currency in Participant.settlementCurrencies { caps[currency] = cap }
        _ = try succeed(.joinParticipant(participant, netDebitCaps: caps), by: .operations)
    }

    mutating func publishRates() throws {
        let rates = [
            ("26.8227424749", Currency.khr, Currency.jpy), ("0.0066889632", .usd, .jpy), ("0.0372817955", .jpy, .khr),
            ("149.5", .jpy, .usd),
        ]
        _ = try succeed(
            .publishRates(
                try rates.map {
                    PublishRate(
                        pair: CurrencyPair(payer: $0.1, merchant: $0.2),
                        mid: try Rate(reference: $0.0),
                        spreadBasisPoints: 50
                    )
                }
            ),
            by: .participant(Self.provider)
        )
    }

    // MARK: Running steps

    /// Runs one step; records that were never written are absent.
    mutating func run(_ submission: Submission) throws -> Outcome {
        for _ in 0..<8 {
            do throws(MissingRecords) {
                return try step(submission, in: &transaction, at: now, using: &dice)
            } catch {
                for key in error.keys { transaction.loadAbsent(key) }
            }
        }
        throw Endless()
    }

    struct Endless: Error {}

    mutating func run(_ command: Command, by caller: Caller, key: IdempotencyToken? = nil) throws -> Outcome {
        try run(Submission(caller: caller, command: command, idempotency: key))
    }

    mutating func succeed(_ command: Command, by caller: Caller) throws -> Reply {
        try run(command, by: caller).result.get()
    }

    mutating func refusal(_ command: Command, by caller: Caller) throws -> RefusalCode? {
        switch try run(command, by: caller).result {
        case .success: nil
        case .failure(let refusal): refusal.code
        }
    }

    // MARK: Shortcuts

    /// A resolution as reading a code would have made it.
    mutating func resolution(
        _ currency: Currency = .jpy,
        fixed: Money? = nil,
        singleUse: Bool = false,
        issuer: ParticipantID? = nil
    ) throws -> ResolutionID {
        let isJapan = currency == .jpy
        let key: MerchantKey =
            isJapan
            ? .jpqr(levels: ["0000000000001", "0001", "000001", "000001"])
            : .khqr(account: "kizuna_cafe@aclb", merchantID: "KZN000123")
        let acquirer = isJapan ? Self.yenAcquirer : Self.rielAcquirer
        let reply = try succeed(
            .registerMerchant(
                RegisterMerchant(
                    key: key,
                    name: "KIZUNA",
                    localName: "きずな",
                    city: "TOKYO",
                    categoryCode: "5812",
                    acceptsForeignPayers: true
                )
            ),
            by: .participant(acquirer)
        )
        guard case .merchant(let merchant) = reply else { throw Endless() }
        let resolution = Resolution(
            id: ResolutionID(.version7(at: now, using: &dice)),
            issuer: issuer ?? issuerFor(currency),
            payerCountry: isJapan ? .cambodia : .japan,
            scheme: isJapan ? "jpqr-mpm" : "khqr-merchant",
            merchantKey: key,
            merchantID: merchant.id,
            acquirer: acquirer,
            currency: currency,
            fixedAmount: fixed,
            code: CodeDigest(UniqueID(high: 9, low: 9)),
            isSingleUse: singleUse,
            reference: nil,
            createdAt: now,
            expiresAt: now.adding(Resolution.life)
        )
        transaction.resolutions.set(resolution.id, resolution)
        return resolution.id
    }

    func issuerFor(_ currency: Currency) -> ParticipantID { currency == .jpy ? Self.rielBank : Self.yenWallet }

    mutating func quote(
        _ amount: String,
        _ merchant: Currency = .jpy,
        payer: Currency = .khr,
        singleUse: Bool = false
    ) throws -> Quote {
        let money = try Money(majorUnits: amount, currency: merchant)
        let resolution = try resolution(merchant, fixed: singleUse ? money : nil, singleUse: singleUse)
        let reply = try succeed(
            .quote(RequestQuote(resolution: resolution, payerCurrency: payer, amount: money)),
            by: .participant(issuerFor(merchant))
        )
        guard case .quote(let quote) = reply else { throw Endless() }
        return quote
    }

    static let payer = PayerKey(UniqueID(high: 7, low: 1))

    mutating func submission(of quote: Quote, payer: PayerKey = payer) -> SubmitPayment {
        SubmitPayment(
            quote: quote.id,
            uetr: UETR(.version4(using: &dice)),
            merchantAmount: quote.price.merchantAmount,
            payerDebit: quote.price.payerDebit,
            payer: payer,
            payerName: "Sokha",
            payerAccount: "001",
            acceptedAt: now
        )
    }

    /// Submits a payment on a fresh quote.
    mutating func submit(
        _ amount: String = "1980",
        _ merchant: Currency = .jpy,
        payer: Currency = .khr,
        account: PayerKey = payer,
        singleUse: Bool = false
    ) throws -> Payment {
        let quote = try quote(amount, merchant, payer: payer, singleUse: singleUse)
        let reply = try succeed(.submit(submission(of: quote, payer: account)), by: .participant(quote.issuer))
        guard case .payment(let payment) = reply else { throw Endless() }
        return payment
    }

    func payment(_ id: PaymentID) throws -> Payment { try #require(transaction.payments[id]) }

    /// Messages on their way about a payment, by kind.
    func messages(about payment: PaymentID) -> [OutboxMessage] {
        transaction.messages.changes.compactMap(\.row).filter { $0.payment == payment }
    }

    mutating func answerCreditRequest(of payment: PaymentID, _ outcome: DeliveryOutcome) throws {
        let message = try #require(messages(about: payment).first { $0.kind == .creditRequest })
        _ = try succeed(.delivered(message: message.id, about: message.payment, outcome), by: .system)
    }

    /// What the books say after everything so far.
    func audit() -> Audit {
        var audit = Audit()
        for line in transaction.journal { audit.add(line) }
        audit.compare(with: transaction.accounts.changes.compactMap(\.row))
        return audit
    }

    func position(_ owner: ParticipantID, _ currency: Currency) -> String {
        let account = transaction.accounts[AccountID(owner: owner, role: .settlement, currency: currency)]
        return Money(minorUnits: account?.positionMinorUnits ?? 0, currency: currency).majorUnits
    }
}

extension Transaction {
    /// Says that the store has no such record.
    mutating func loadAbsent(_ key: RecordKey) {
        switch key {
        case .account(let id): accounts.load(id, nil)
        case .hold(let id): holds.load(id, nil)
        case .payment(let id): payments.load(id, nil)
        case .quote(let id): quotes.load(id, nil)
        case .resolution(let id): resolutions.load(id, nil)
        case .refund(let id): refunds.load(id, nil)
        case .recall(let id): recalls.load(id, nil)
        case .openClaims(let id): openClaims.load(id, nil)
        case .dispute(let id): disputes.load(id, nil)
        case .disputeEvent(let key): disputeEvents.load(key, nil)
        case .evidence(let id): evidence.load(id, nil)
        case .merchant(let key): merchants.load(key, nil)
        case .participant(let id): participants.load(id, nil)
        case .rateBoard(let pair): rateBoards.load(pair, nil)
        case .feeTable(let id): feeTables.load(id, nil)
        case .roundingRest(let key): roundingRests.load(key, nil)
        case .idempotency(let key): idempotency.load(key, nil)
        case .uetr(let uetr): uetrs.load(uetr, nil)
        case .codeClaim(let code): codeClaims.load(code, nil)
        case .message(let id): messages.load(id, nil)
        case .apiKey(let id): apiKeys.load(id, nil)
        case .person(let id): people.load(id, nil)
        case .accessChange(let id): accessChanges.load(id, nil)
        case .payer(let key): payers.load(key, nil)
        case .pace(let id): paces.load(id, nil)
        case .alert(let key): alerts.load(key, nil)
        case .webhooks(let id): webhooks.load(id, nil)
        case .exceptionCase(let id): exceptionCases.load(id, nil)
        case .shopFreeze(let id): shopFreezes.load(id, nil)
        case .bakongProject(let email): bakongProjects.load(email, nil)
        case .bakongKey(let number): bakongKeys.load(number, nil)
        case .deepLink(let id): deepLinks.load(id, nil)
        }
    }
}

/// SplitMix64: the seed says everything.
struct Dice: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
