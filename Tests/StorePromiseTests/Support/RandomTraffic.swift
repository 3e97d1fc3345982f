import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// Random payments through the real steps, in groups, on any store.
///
/// The same seed brings the same traffic, so that two stores can be compared to the last record.
final class RandomTraffic {
    static let rielBank = World.participant("riel-bank")
    static let yenWallet = World.participant("yen-wallet")
    static let yenAcquirer = World.participant("yen-acquirer")
    static let rielAcquirer = World.participant("riel-acquirer")
    static let providers = [World.participant("fx-one"), World.participant("fx-two")]
    static let jpqr = MerchantKey.jpqr(levels: ["0000000000001", "0001", "000001", "000001"])
    static let khqr = MerchantKey.khqr(account: "kizuna_cafe@aclb", merchantID: "KZN000123")

    private let store: any Store
    private var dice: Dice
    private(set) var now = World.now
    private(set) var payments: [PaymentID] = []
    private(set) var refusals: Set<RefusalCode> = []
    private var quotes: [Quote] = []
    private var merchants: [MerchantKey: Merchant] = [:]
    private var usedUETRs: [UETR] = []
    private var keys = 0

    init(store: any Store, seed: UInt64) throws {
        self.store = store
        dice = Dice(seed: seed)
        try join(Self.rielBank, .cambodia, .issuer, cap: 3_000_000_00)
        try join(Self.yenWallet, .japan, .issuer, cap: 900_000)
        try join(Self.yenAcquirer, .japan, .acquirer, link: .twoPhase)
        try join(Self.rielAcquirer, .cambodia, .acquirer, link: .singlePhase)
        for provider in Self.providers { try join(provider, .japan, .fxProvider, cap: 2_000_000_00) }
        try register(Self.jpqr, by: Self.yenAcquirer)
        try register(Self.khqr, by: Self.rielAcquirer)
        try publishRates()
    }

    /// Runs a number of groups.
    func run(groups: Int) throws {
        for number in 0..<groups {
            now = now.adding(.milliseconds(Int64.random(in: 1...4_000, using: &dice)))
            if number.isMultiple(of: 5) { try publishRates() }
            try resolveAndQuote()
            var group = try (0..<Int.random(in: 0...6, using: &dice)).map { _ in try randomSubmission() }
            group += try deliveries()
            group += try timers()
            group.shuffle(using: &dice)
            if !group.isEmpty { try commit(group) }
        }
    }

    // MARK: Groups

    /// One group, as the committer runs it.
    @discardableResult
    private func commit(_ group: [Submission]) throws -> [Outcome] {
        var transaction = Transaction()
        for _ in 0..<8 {
            var outcomes: [Outcome] = []
            var missing: [RecordKey] = []
            var asked: Set<RecordKey> = []
            for submission in group {
                do throws(MissingRecords) {
                    outcomes.append(try step(submission, in: &transaction, at: now, using: &dice))
                } catch {
                    missing += error.keys.filter { asked.insert($0).inserted }
                }
            }
            if missing.isEmpty {
                if transaction.isUnchanged {
                    store.abandon()
                } else {
                    try store.commit(transaction, at: now)
                }
                outcomes.forEach(note)
                return outcomes
            }
            transaction.discardChanges()
            try store.fetch(missing, into: &transaction)
        }
        throw StoreError(.corrupt, "A step asked for records without end.")
    }

    private func note(_ outcome: Outcome) {
        switch outcome.result {
        case .success(.quote(let quote)): quotes.append(quote)
        case .success(.payment(let payment)): payments.append(payment.id)
        case .success(.merchant(let merchant)): merchants[merchant.key] = merchant
        case .success: break
        case .failure(let refusal): refusals.insert(refusal.code)
        }
    }

    // MARK: Commands

    private func randomSubmission() throws -> Submission {
        switch Int.random(in: 0..<10, using: &dice) {
        case 0..<6:
            guard let quote = quotes.randomElement(using: &dice) else { break }
            return submission(of: quote)
        case 6..<8:
            guard let payment = payments.randomElement(using: &dice) else { break }
            return refund(of: payment)
        default: break
        }
        let status: Participant.Status = Int.random(in: 0..<4, using: &dice) == 0 ? .suspended : .active
        return Submission(caller: .operations, command: .setParticipantStatus(Self.providers[0], status))
    }

    private func submission(of quote: Quote) -> Submission {
        // Now and then a UETR that has been used, and an amount that is not the quote's.
        let isRepeat = Int.random(in: 0..<12, using: &dice) == 0
        let uetr = isRepeat ? usedUETRs.randomElement(using: &dice) : nil
        let fresh = UETR(.version4(using: &dice))
        usedUETRs.append(uetr ?? fresh)
        let isWrong = Int.random(in: 0..<15, using: &dice) == 0
        return keyed(
            .submit(
                SubmitPayment(
                    quote: quote.id,
                    uetr: uetr ?? fresh,
                    merchantAmount: isWrong ? World.yen(1) : quote.price.merchantAmount,
                    payerDebit: quote.price.payerDebit,
                    payer: PayerKey(World.id(.payer, UInt64.random(in: 0..<40, using: &dice))),
                    payerName: "Sokha",
                    payerAccount: "001",
                    acceptedAt: now
                )
            ),
            .submit,
            by: quote.issuer
        )
    }

    private func refund(of payment: PaymentID) -> Submission {
        let acquirer = Bool.random(using: &dice) ? Self.yenAcquirer : Self.rielAcquirer
        let currency: Currency = acquirer == Self.yenAcquirer ? .jpy : .khr
        let part = Money(minorUnits: Int64.random(in: 1...9, using: &dice) * 100, currency: currency)
        let amount: Money? = Bool.random(using: &dice) ? part : nil
        let command = RequestRefund(
            payment: payment,
            uetr: UETR(.version4(using: &dice)),
            amount: amount,
            reason: .customerRequest
        )
        return keyed(.refund(command), .refund, by: acquirer)
    }

    private func keyed(_ command: Command, _ operation: IdempotencyKey.Operation, by id: ParticipantID) -> Submission {
        // Now and then a key that was used before, for another body.
        if Int.random(in: 0..<10, using: &dice) > 0 { keys += 1 }
        let key = IdempotencyKey(participant: id, operation: operation, text: "key-\(keys)")
        let token = IdempotencyToken(key: key, fingerprint: .version4(using: &dice))
        return Submission(caller: .participant(id), command: command, idempotency: token)
    }

    /// What the destinations answer to what is due, each as it likes.
    private func deliveries() throws -> [Submission] {
        let moment = now
        let due = try store.read { reader throws(StoreError) in try reader.dueMessages(at: moment, limit: 12) }
        return due.compactMap { message in
            let outcomes: [DeliveryOutcome?] = [
                .accepted, .accepted, .accepted, .refused(.compliance), .acknowledged, .pending, .noAnswer, nil,
            ]
            guard let outcome = outcomes.randomElement(using: &dice) ?? nil else { return nil }
            return Submission(
                caller: .system,
                command: .delivered(message: message.id, about: message.payment, outcome)
            )
        }
    }

    private func timers() throws -> [Submission] {
        let moment = now
        return try store.read { reader throws(StoreError) in try reader.dueTimers(at: moment, limit: 10) }
            .map { Submission(caller: .system, command: .timerDue($0)) }
    }

    /// Codes are read elsewhere; here their resolutions are written as reading would have written them.
    private func resolveAndQuote() throws {
        let isJapan = Bool.random(using: &dice)
        guard let merchant = merchants[isJapan ? Self.jpqr : Self.khqr] else { return }
        let issuer = isJapan ? Self.rielBank : Self.yenWallet
        let currency: Currency = isJapan ? .jpy : .khr
        let amount = Money(minorUnits: Int64.random(in: 10...900, using: &dice) * 100, currency: currency)
        let isSingleUse = Int.random(in: 0..<3, using: &dice) == 0
        let resolution = Resolution(
            id: ResolutionID(.version7(at: now, using: &dice)),
            issuer: issuer,
            payerCountry: isJapan ? .cambodia : .japan,
            scheme: isJapan ? "jpqr-mpm" : "khqr-merchant",
            merchantKey: merchant.key,
            merchantID: merchant.id,
            acquirer: merchant.acquirer,
            currency: currency,
            fixedAmount: isSingleUse ? amount : nil,
            code: CodeDigest(UniqueID(high: 0, low: UInt64.random(in: 0...20, using: &dice))),
            isSingleUse: isSingleUse,
            reference: nil,
            createdAt: now,
            expiresAt: now.adding(Resolution.life)
        )
        var transaction = Transaction()
        transaction.resolutions.set(resolution.id, resolution)
        try store.commit(transaction, at: now)
        let payer: Currency = isJapan ? (Bool.random(using: &dice) ? .khr : .usd) : .jpy
        let request = RequestQuote(resolution: resolution.id, payerCurrency: payer, amount: amount)
        try commit([keyed(.quote(request), .quote, by: issuer)])
        if quotes.count > 12 { quotes.removeFirst() }
    }

    // MARK: The world

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
            endpoint: "http://127.0.0.1:1/\(id)",
            issuerFeeBasisPoints: 50
        )
        var caps: [Currency: Int64] = [:]
        for currency in Participant.settlementCurrencies { caps[currency] = cap }
        try commit([Submission(caller: .operations, command: .joinParticipant(participant, netDebitCaps: caps))])
    }

    private func register(_ key: MerchantKey, by acquirer: ParticipantID) throws {
        let command = RegisterMerchant(
            key: key,
            name: "KIZUNA",
            localName: "きずな",
            city: "TOKYO",
            categoryCode: "5812",
            acceptsForeignPayers: true
        )
        try commit([keyed(.registerMerchant(command), .registerMerchant, by: acquirer)])
    }

    private func publishRates() throws {
        let mids: [(CurrencyPair, String)] = [
            (CurrencyPair(payer: .khr, merchant: .jpy), "26.8227424749"),
            (CurrencyPair(payer: .usd, merchant: .jpy), "0.0066889632"),
            (CurrencyPair(payer: .jpy, merchant: .khr), "0.0372817955"),
            // Over the dollar, now and then the cheaper way.
            (CurrencyPair(payer: .khr, merchant: .usd), "4010"), (CurrencyPair(payer: .jpy, merchant: .usd), "149.5"),
            (CurrencyPair(payer: .usd, merchant: .khr), "0.0002493766"),
        ]
        for provider in Self.providers {
            let rates = mids.map { pair, mid in
                PublishRate(
                    pair: pair,
                    mid: World.rate(mid),
                    spreadBasisPoints: Int64.random(in: 0...100, using: &dice)
                )
            }
            try commit([keyed(.publishRates(rates), .publishRates, by: provider)])
        }
    }
}
