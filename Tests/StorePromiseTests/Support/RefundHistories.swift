import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Synchronization

/// Payments that are refunded in every way at once, through the group committer, on any store.
///
/// The seed says what is asked, and in which moment. Which of two requests that arrive together goes first is left to
/// the committer, as in production: what is checked afterwards holds for every order.
final class RefundHistories {
    /// One request for a refund, and what became of it.
    struct Attempt: Sendable {
        let command: RequestRefund
        let submission: Submission
        let at: Timestamp
        let result: Result<Reply, Refusal>
    }

    private static let issuers = [World.participant("riel-bank"), World.participant("yen-wallet")]
    private static let acquirers = [World.participant("yen-acquirer"), World.participant("riel-acquirer")]
    static let providers = [World.participant("fx-one"), World.participant("fx-two")]
    private static let pairs: [(payer: Currency, merchant: Currency, mid: String, largestAmount: Int64)] = [
        (.khr, .jpy, "26.8227424749", 40_000), (.usd, .jpy, "0.0066889632", 40_000),
        (.jpy, .khr, "0.0372817955", 1_000_000), (.jpy, .usd, "149.5", 25_000),
    ]

    /// Cheap exchanges of riel and dollars: where riel and yen are dear, payments go over two providers.
    private static let bridges: [(payer: Currency, merchant: Currency, mid: String)] = [
        (.khr, .usd, "4010"), (.usd, .khr, "0.0002493766"),
    ]

    let store: any Store
    private let clock = SetClock(World.now)
    private let committer: GroupCommitter
    private var dice: Dice
    private var keys = 0
    private(set) var payments: [Payment] = []
    private(set) var attempts: [Attempt] = []

    /// Completes payments of both directions, from tiny ones to large ones, each by another payer.
    init(store: any Store, seed: UInt64, payments count: Int) async throws {
        self.store = store
        dice = Dice(seed: seed)
        committer = GroupCommitter(store: store, clock: clock, random: Dice(seed: ~seed))
        for id in Self.issuers + Self.acquirers + Self.providers { _ = try await run([joining(id, cap: nil)]) }
        let resolutions = try await resolveBothShops()
        try await publishRates(isDirectDear: !seed.isMultiple(of: 2))
        let quotes = try await run((0..<count).map { _ in quoteRequest(on: resolutions) })
        let submitted = try await run(quotes.enumerated().map { try submission(of: $1, number: $0) })
        let completed = try await run(submitted.map(promise))
        payments = try completed.map { outcome in
            guard case .success(.payment(let payment)) = outcome, payment.state == .completed else { throw Stray() }
            return payment
        }
    }

    struct Stray: Error {}

    /// Asks for refunds in rounds, hours or days apart; the last round comes when it is too late.
    func run(rounds: Int) async throws {
        for number in 1...rounds {
            clock.advance(by: .seconds(Int64.random(in: 0...(3 * 86_400), using: &dice)))
            let isTight = number.isMultiple(of: 3)
            if isTight { try await setCaps { 400 - max(0, $0.positionMinorUnits) } }
            try await ask(payments.count / 2)
            if isTight { try await setCaps { _ in nil } }
        }
        clock.advance(by: Refund.window)
        try await ask(payments.count / 4)
    }

    private func ask(_ count: Int) async throws {
        let now = clock.now()
        let wishes = (0..<count).compactMap { _ in wish() }
        let results = try await run(wishes.map(\.submission))
        for (wish, result) in zip(wishes, results) {
            attempts.append(Attempt(command: wish.command, submission: wish.submission, at: now, result: result))
        }
    }

    /// Sends submissions at the same time, and brings what became of them in their order.
    private func run(_ submissions: [Submission]) async throws -> [Result<Reply, Refusal>] {
        try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
            for (index, submission) in submissions.enumerated() {
                group.addTask { [committer] in (index, try await committer.submit(submission)) }
            }
            var results: [Int: Result<Reply, Refusal>] = [:]
            for try await (index, outcome) in group { results[index] = outcome.result }
            return submissions.indices.compactMap { results[$0] }
        }
    }

    // MARK: Wishes

    /// A refund that somebody may ask for; now and then one that was asked for before.
    private func wish() -> (command: RequestRefund, submission: Submission)? {
        if chance(of: 12), let before = attempts.randomElement(using: &dice) {
            return (before.command, before.submission)
        }
        guard let payment = payments.randomElement(using: &dice) else { return nil }
        let used = chance(of: 25) ? attempts.randomElement(using: &dice)?.command.uetr : nil
        let command = RequestRefund(
            payment: payment.id,
            uetr: used ?? UETR(.version4(using: &dice)),
            amount: amount(of: payment.price.merchantAmount),
            reason: Refund.Reason.allCases.randomElement(using: &dice) ?? .customerRequest
        )
        let stranger = chance(of: 25) ? Self.acquirers.first { $0 != payment.acquirer } : nil
        return (command, keyed(.refund(command), .refund, by: stranger ?? payment.acquirer))
    }

    /// Mostly a part; sometimes all that is left, more than there was, or what no refund can be.
    private func amount(of whole: Money) -> Money? {
        let unit = whole.currency.customerUnitMinorUnits
        let units = whole.minorUnits / unit
        let money = { (units: Int64) in Money(minorUnits: units * unit, currency: whole.currency) }
        switch Int.random(in: 0..<20, using: &dice) {
        case 0..<4: return nil
        case 4..<14: return money(Int64.random(in: 1...max(1, units / 5), using: &dice))
        case 14..<17: return money(Int64.random(in: 1...units, using: &dice))
        case 17: return money(units + 1)
        case 18: return Money(minorUnits: whole.currency == .khr ? 50 : -1, currency: whole.currency)
        default: return Money(minorUnits: 100, currency: whole.currency == .jpy ? .khr : .jpy)
        }
    }

    private func chance(of number: Int) -> Bool { Int.random(in: 0..<number, using: &dice) == 0 }

    private func keyed(_ command: Command, _ operation: IdempotencyKey.Operation, by id: ParticipantID) -> Submission {
        keys += 1
        let key = IdempotencyKey(participant: id, operation: operation, text: "key-\(keys)")
        let token = IdempotencyToken(key: key, fingerprint: .version4(using: &dice))
        return Submission(caller: .participant(id), command: command, idempotency: token)
    }

    // MARK: The world

    /// Limits what the acquirers may owe, currency by currency.
    private func setCaps(_ cap: (Account) -> Int64?) async throws {
        for id in Self.acquirers {
            let accounts = try store.read { reader throws(StoreError) in try reader.accounts(of: id) }
            var caps: [Currency: Int64] = [:]
            for account in accounts where account.id.role == .settlement { caps[account.id.currency] = cap(account) }
            _ = try await run([joining(id, caps: caps)])
        }
    }

    private func joining(_ id: ParticipantID, cap: Int64?) -> Submission {
        var caps: [Currency: Int64] = [:]
        for currency in Participant.settlementCurrencies { caps[currency] = cap }
        return joining(id, caps: caps)
    }

    private func joining(_ id: ParticipantID, caps: [Currency: Int64]) -> Submission {
        let roles: Participant.Roles =
            Self.issuers.contains(id) ? .issuer : Self.acquirers.contains(id) ? .acquirer : .fxProvider
        let participant = Participant(
            id: id,
            name: id.description,
            country: id.description.hasPrefix("riel") ? .cambodia : .japan,
            roles: roles,
            endpoint: "http://127.0.0.1:1/\(id)",
            issuerFeeBasisPoints: 50
        )
        return Submission(caller: .operations, command: .joinParticipant(participant, netDebitCaps: caps))
    }

    /// At an odd seed, riel and yen cost more directly than over the dollar, whatever the dice say.
    private func publishRates(isDirectDear: Bool) async throws {
        for provider in Self.providers {
            let rates =
                Self.pairs.map { pair in
                    let isOverDollar = isDirectDear && pair.payer != .usd && pair.merchant != .usd
                    return rate(pair.payer, pair.merchant, pair.mid, spread: isOverDollar ? 70...100 : 0...40)
                }
                + Self.bridges.map { rate($0.payer, $0.merchant, $0.mid, spread: 0...10) }
            _ = try await run([keyed(.publishRates(rates), .publishRates, by: provider)])
        }
    }

    private func rate(
        _ payer: Currency,
        _ merchant: Currency,
        _ mid: String,
        spread: ClosedRange<Int64>
    ) -> PublishRate {
        PublishRate(
            pair: CurrencyPair(payer: payer, merchant: merchant),
            mid: World.rate(mid),
            spreadBasisPoints: Int64.random(in: spread, using: &dice)
        )
    }

    /// A resolution for each currency of a shop, as reading its code would have written it.
    private func resolveBothShops() async throws -> [Currency: Resolution] {
        var resolutions: [Currency: Resolution] = [:]
        var transaction = Transaction()
        for currency in Participant.settlementCurrencies {
            let isJapan = currency == .jpy
            let merchant = World.merchant(
                UInt64(currency.numeric),
                key: isJapan ? World.merchantKey : .khqr(account: "shop_\(currency)@aclb", merchantID: nil),
                acquirer: Self.acquirers[isJapan ? 0 : 1]
            )
            let resolution = Resolution(
                id: ResolutionID(.version7(at: clock.now(), using: &dice)),
                issuer: Self.issuers[isJapan ? 0 : 1],
                payerCountry: isJapan ? .cambodia : .japan,
                scheme: isJapan ? "jpqr-mpm" : "khqr-merchant",
                merchantKey: merchant.key,
                merchantID: merchant.id,
                acquirer: merchant.acquirer,
                currency: currency,
                fixedAmount: nil,
                code: CodeDigest(World.id(.code, UInt64(currency.numeric))),
                isSingleUse: false,
                reference: nil,
                createdAt: clock.now(),
                expiresAt: clock.now().adding(Resolution.life)
            )
            transaction.merchants.set(merchant.key, merchant)
            transaction.resolutions.set(resolution.id, resolution)
            resolutions[currency] = resolution
        }
        try store.commit(transaction, at: clock.now())
        return resolutions
    }

    private func quoteRequest(on resolutions: [Currency: Resolution]) -> Submission {
        guard let pair = Self.pairs.randomElement(using: &dice), let resolution = resolutions[pair.merchant] else {
            preconditionFailure("Every pair has its shop")
        }
        // As many tiny amounts as large ones: tiny ones round the most.
        let largest = Int64.random(in: 0..<2, using: &dice) == 0 ? 200 : pair.largestAmount
        let least: Int64 = pair.merchant == .khr ? 100 : 1
        let amount = Money(
            minorUnits: Int64.random(in: least...largest, using: &dice) * pair.merchant.customerUnitMinorUnits,
            currency: pair.merchant
        )
        let request = RequestQuote(resolution: resolution.id, payerCurrency: pair.payer, amount: amount)
        return keyed(.quote(request), .quote, by: resolution.issuer)
    }

    private func submission(of quote: Result<Reply, Refusal>, number: Int) throws -> Submission {
        guard case .quote(let quote) = try quote.get() else { throw Stray() }
        let command = SubmitPayment(
            quote: quote.id,
            uetr: UETR(.version4(using: &dice)),
            merchantAmount: quote.price.merchantAmount,
            payerDebit: quote.price.payerDebit,
            payer: PayerKey(.version4(using: &dice)),
            payerName: "Sokha",
            payerAccount: "payer-\(number)",
            acceptedAt: nil
        )
        return keyed(.submit(command), .submit, by: quote.issuer)
    }

    private func promise(to payment: Result<Reply, Refusal>) throws -> Submission {
        guard case .payment(let payment) = try payment.get() else { throw Stray() }
        return Submission(
            caller: .participant(payment.acquirer),
            command: .destinationAnswered(payment: payment.id, .accepted)
        )
    }
}

/// A clock that stands still until it is moved.
final class SetClock: Clock {
    private let time: Mutex<Timestamp>

    init(_ time: Timestamp) { self.time = Mutex(time) }

    func now() -> Timestamp { time.withLock { $0 } }
    func advance(by duration: Duration) { time.withLock { $0 = $0.adding(duration) } }
}
