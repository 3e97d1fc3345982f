import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSimulation
import KizunaSwitch
import Testing

/// A switch in virtual time, second by second: a payment each second, a courier with the real one's limits, timers, and
/// a destination that is cut off for half an hour.
final class OutageWorld {
    /// The most messages that are under way to one participant at once, as the courier has it.
    private static let mostUnderWay = 128
    static let start = Timestamp(milliseconds: 1_760_000_000_000)
    static let silence = Duration.seconds(30 * 60)
    static let silentFrom = start.adding(.seconds(5 * 60))
    static let backAt = silentFrom.adding(silence)
    static let end = backAt.adding(.seconds(10 * 60))
    /// How far the exchanging provider may go, in yen: what all but the last minute and a half of the silence use up.
    static let cap: Int64 = 2_950_000

    private static let issuer = StepWorld.rielBank
    private static let acquirer = StepWorld.yenAcquirer
    private static let provider = StepWorld.provider
    private static let key = MerchantKey.jpqr(levels: ["0000000000001", "0001", "000001", "000001"])

    let store: MemoryStore
    private(set) var now = OutageWorld.start
    private(set) var destination: SilentDestination
    private(set) var payments: [PaymentID] = []
    private(set) var refusals: [RefusalCode: Int] = [:]
    private(set) var samples: [Sample] = []
    private var dice: Dice
    private var merchant: Merchant?
    /// Answers that are still on their way.
    private var underWay: [UniqueID: (due: Timestamp, message: OutboxMessage, outcome: DeliveryOutcome)] = [:]

    /// What there is to see at one moment.
    struct Sample {
        let at: Timestamp
        let counts: [PaymentState: Int]
        /// What the provider owes or may come to owe, in yen.
        let exposure: Int64
    }

    init(seed: UInt64) throws {
        store = MemoryStore(digester: CheapDigester())
        dice = Dice(seed: seed)
        destination = SilentDestination(
            deadFrom: OutageWorld.silentFrom,
            answersLostFrom: OutageWorld.backAt.adding(.seconds(-120)),
            backAt: OutageWorld.backAt
        )
        try join(Self.issuer, .cambodia, .issuer)
        try join(Self.acquirer, .japan, .acquirer, link: .singlePhase)
        try join(Self.provider, .japan, .fxProvider, cap: Self.cap)
        let registration = RegisterMerchant(
            key: Self.key,
            name: "KIZUNA",
            localName: nil,
            city: "TOKYO",
            categoryCode: "5812",
            acceptsForeignPayers: true
        )
        let outcome = try commit([
            Submission(caller: .participant(Self.acquirer), command: .registerMerchant(registration))
        ])
        if case .success(.merchant(let merchant)) = outcome[0].result { self.merchant = merchant }
    }

    private func join(
        _ id: ParticipantID,
        _ country: Country,
        _ roles: Participant.Roles,
        link: Participant.LinkKind = .twoPhase,
        cap: Int64? = nil
    ) throws {
        let participant = Participant(
            id: id,
            name: id.description,
            country: country,
            roles: roles,
            linkKind: link,
            endpoint: "http://127.0.0.1:1/\(id)"
        )
        let caps = cap.map { [Currency.jpy: $0] } ?? [:]
        try commit([Submission(caller: .operations, command: .joinParticipant(participant, netDebitCaps: caps))])
    }

    // MARK: Time

    /// One second: what has been answered, what is due, one more payment.
    func tick() throws {
        if now.since(Self.start).components.seconds.isMultiple(of: 30) { try publishRates() }
        try takeAnswers()
        try fireTimers()
        try pay()
        try carry()
        if now.since(Self.start).components.seconds.isMultiple(of: 15) { try look() }
        now = now.adding(.seconds(1))
    }

    private func takeAnswers() throws {
        let due = underWay.values.filter { $0.due <= now }.sorted { $0.message.id < $1.message.id }
        for answer in due { underWay[answer.message.id] = nil }
        try commit(
            due.map {
                let command = Command.delivered(message: $0.message.id, about: $0.message.payment, $0.outcome)
                return Submission(caller: .system, command: command)
            }
        )
    }

    private func fireTimers() throws {
        let due = try read { reader throws(StoreError) in try reader.dueTimers(at: self.now, limit: 1_000) }
        try commit(due.map { Submission(caller: .system, command: .timerDue($0)) })
    }

    private func carry() throws {
        let due = try read { reader throws(StoreError) in
            var due: [(OutboxMessage, Payment)] = []
            for message in try reader.dueMessages(at: self.now, limit: 8_192) {
                if let payment = try reader.payment(message.payment) { due.append((message, payment)) }
            }
            return due
        }
        for (message, payment) in due where underWay[message.id] == nil {
            if message.destination == Self.acquirer {
                let busy = underWay.values.count { $0.message.destination == Self.acquirer }
                guard busy < Self.mostUnderWay else { continue }
                let (outcome, delay) = destination.take(message, about: payment, at: now)
                underWay[message.id] = (now.adding(delay), message, outcome)
            } else {
                underWay[message.id] = (now.adding(.seconds(1)), message, .acknowledged)
            }
        }
    }

    private func look() throws {
        let account = AccountID(owner: Self.provider, role: .settlement, currency: .jpy)
        let (counts, accounts) = try read { reader throws(StoreError) in
            (try reader.paymentCounts(), try reader.accounts(of: Self.provider))
        }
        let headroom = accounts.first { $0.id == account }?.headroomMinorUnits ?? 0
        #expect(headroom >= 0)
        samples.append(Sample(at: now, counts: counts, exposure: Self.cap - headroom))
    }

    // MARK: Paying

    private func pay() throws {
        guard let merchant else { return }
        let amount = Money(minorUnits: Int64.random(in: 500...2_500, using: &dice), currency: .jpy)
        let resolution = Resolution(
            id: ResolutionID(.version7(at: now, using: &dice)),
            issuer: Self.issuer,
            payerCountry: .cambodia,
            scheme: "jpqr-mpm",
            merchantKey: merchant.key,
            merchantID: merchant.id,
            acquirer: merchant.acquirer,
            currency: .jpy,
            fixedAmount: nil,
            code: CodeDigest(UniqueID(high: 9, low: 9)),
            isSingleUse: false,
            reference: nil,
            createdAt: now,
            expiresAt: now.adding(Resolution.life)
        )
        var transaction = Transaction()
        transaction.resolutions.set(resolution.id, resolution)
        try store.commit(transaction, at: now)
        let request = RequestQuote(resolution: resolution.id, payerCurrency: .khr, amount: amount)
        let issuer = Caller.participant(Self.issuer)
        let quoted = try commit([Submission(caller: issuer, command: .quote(request))])[0]
        guard case .quote(let quote)? = note(quoted) else { return }
        let submission = SubmitPayment(
            quote: quote.id,
            uetr: UETR(.version4(using: &dice)),
            merchantAmount: quote.price.merchantAmount,
            payerDebit: quote.price.payerDebit,
            payer: PayerKey(.version4(using: &dice)),
            payerName: "Sokha",
            payerAccount: "001",
            acceptedAt: now
        )
        let submitted = try commit([Submission(caller: issuer, command: .submit(submission))])[0]
        guard case .payment(let payment)? = note(submitted) else { return }
        payments.append(payment.id)
    }

    private func note(_ outcome: Outcome) -> Reply? {
        switch outcome.result {
        case .success(let reply): return reply
        case .failure(let refusal):
            refusals[refusal.code, default: 0] += 1
            return nil
        }
    }

    private func publishRates() throws {
        let rate = PublishRate(
            pair: CurrencyPair(payer: .khr, merchant: .jpy),
            mid: try Rate(reference: "26.8227424749"),
            spreadBasisPoints: 50
        )
        try commit([Submission(caller: .participant(Self.provider), command: .publishRates([rate]))])
    }

    // MARK: Groups

    @discardableResult
    private func commit(_ group: [Submission]) throws -> [Outcome] {
        var transaction = Transaction()
        var outcomes: [Outcome] = []
        for submission in group {
            outcomes.append(try run(submission, in: &transaction))
        }
        if !transaction.isUnchanged { try store.commit(transaction, at: now) }
        return outcomes
    }

    private func run(_ submission: Submission, in transaction: inout Transaction) throws -> Outcome {
        for _ in 0..<8 {
            do throws(MissingRecords) {
                return try step(submission, in: &transaction, at: now, using: &dice)
            } catch {
                try store.fetch(error.keys, into: &transaction)
            }
        }
        throw StepWorld.Endless()
    }

    func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws -> Answer { try store.read(body) }

    func audit() throws -> Audit {
        try read { reader throws(StoreError) in
            var audit = Audit()
            try reader.audit(&audit)
            return audit
        }
    }
}

/// Digests that tell different bytes apart and hide nothing: nobody attacks this world.
private struct CheapDigester: Digester {
    func sha256(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, count: 32) }
    func md5(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, count: 16) }

    private func digest(_ bytes: [UInt8], count: Int) -> [UInt8] {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return (0..<count).map { UInt8(truncatingIfNeeded: hash >> UInt64($0 % 8 * 8)) }
    }
}
