import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch

/// A small world, and records that can stand in it.
enum World {
    static let now = Timestamp(milliseconds: 1_760_000_000_000)
    static let issuer = participant("riel-bank")
    static let acquirer = participant("yen-acquirer")
    static let provider = participant("fx-one")
    static let merchantKey = MerchantKey.jpqr(levels: ["0000000000001", "0001", "000001", "000001"])
    static let merchantID = MerchantID(id(.merchant, 1))
    static let pair = CurrencyPair(payer: .khr, merchant: .jpy)
    static let issuerAccount = AccountID(owner: issuer, role: .settlement, currency: .khr)
    static let providerAccount = AccountID(owner: provider, role: .settlement, currency: .khr)

    /// What an id is of; ids of different kinds never meet.
    enum Kind: UInt64 {
        case merchant = 1
        case resolution, quote, payment, refund, uetr, code, message, apiKey, fingerprint, recall, dispute, evidence
        case payer, webhook
    }

    static func id(_ kind: Kind, _ number: UInt64) -> UniqueID {
        UniqueID(high: kind.rawValue << 60 | 0x0199, low: number)
    }

    static func participant(_ text: String) -> ParticipantID {
        guard let id = ParticipantID(text) else { preconditionFailure("A test names a participant badly") }
        return id
    }

    static func rate(_ text: String) -> Rate {
        guard let rate = try? Rate(reference: text) else { preconditionFailure("A test names a rate badly") }
        return rate
    }

    static func yen(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: .jpy) }
    static func riel(_ amount: Int64) -> Money { Money(minorUnits: amount * 100, currency: .khr) }

    /// Three participants with their accounts, the switch's own accounts, and a shop.
    static func foundation(_ transaction: inout Transaction) {
        let members: [(ParticipantID, Country, Participant.Roles)] = [
            (issuer, .cambodia, .issuer), (acquirer, .japan, .acquirer), (provider, .japan, .fxProvider),
        ]
        for (id, country, roles) in members {
            let participant = Participant(
                id: id,
                name: id.description,
                country: country,
                roles: roles,
                endpoint: "https://\(id).example"
            )
            transaction.participants.set(id, participant)
            for account in participant.accountIDs { transaction.accounts.set(account, Account(id: account)) }
        }
        for account in Participant.switchAccountIDs { transaction.accounts.set(account, Account(id: account)) }
        transaction.merchants.set(merchantKey, merchant())
    }

    static func merchant(
        _ number: UInt64 = 1,
        key: MerchantKey = merchantKey,
        acquirer: ParticipantID = acquirer,
        name: String = "KIZUNA"
    ) -> Merchant {
        Merchant(
            id: MerchantID(id(.merchant, number)),
            acquirer: acquirer,
            key: key,
            name: name,
            localName: nil,
            city: "TOKYO",
            categoryCode: "5812",
            acceptsForeignPayers: true
        )
    }

    static let price = Price(
        merchantAmount: yen(1_980),
        interbankAmount: riel(53_375),
        issuerFee: riel(267),
        rate: rate("26.956856188"),
        midRate: rate("26.8227424749"),
        merchantDiscount: yen(32),
        interchange: yen(16),
        switchFee: yen(2)
    )

    /// The same over the dollar, by the acquirer as the second provider.
    static let bridgedPrice = Price(
        merchantAmount: yen(1_980),
        interbankAmount: riel(53_307),
        issuerFee: riel(267),
        rate: rate("26.922727272"),
        midRate: rate("26.822742432"),
        route: .bridged(bridge(by: acquirer)),
        merchantDiscount: yen(32),
        interchange: yen(16),
        switchFee: yen(2)
    )

    static func bridge(by provider: ParticipantID, in currency: Currency = .usd) -> Bridge {
        Bridge(
            provider: provider,
            amount: Money(minorUnits: 13_28, currency: currency),
            payerSide: QuotedRate(rate: rate("4014.01"), mid: rate("4010")),
            merchantSide: QuotedRate(rate: rate("0.0067023412"), mid: rate("0.0066889632"))
        )
    }

    static func tally(_ number: UInt64, purchases: Int = 0) -> PayerTally {
        PayerTally(
            payer: PayerKey(id(.payer, number)),
            knownSince: now,
            newPayerYen: 1_980,
            day: 20_370,
            dayYen: 3_960,
            dayPayments: 2,
            purchases: (0..<purchases).map { count in
                PayerTally.Purchase(
                    merchant: merchantID,
                    amount: count.isMultiple(of: 2) ? yen(.max) : riel(42_000),
                    at: Timestamp(milliseconds: count.isMultiple(of: 3) ? .min : now.milliseconds)
                )
            }
        )
    }

    static func alert(_ subject: String, raised milliseconds: Int64 = 0, cleared: Int64? = nil) -> Alert {
        Alert(
            key: Alert.Key(kind: .capNearlyReached, subject: subject),
            raisedAt: now.adding(.milliseconds(milliseconds)),
            clearedAt: cleared.map { now.adding(.milliseconds($0)) }
        )
    }

    static func quote(
        _ number: UInt64,
        price: Price = price,
        possibleDuplicate: Bool? = nil,
        usedBy: PaymentID? = nil
    ) -> Quote {
        Quote(
            id: QuoteID(id(.quote, number)),
            resolution: ResolutionID(id(.resolution, number)),
            issuer: issuer,
            provider: provider,
            price: price,
            createdAt: now,
            expiresAt: now.adding(Quote.life),
            possibleDuplicate: possibleDuplicate,
            usedBy: usedBy
        )
    }

    static func payment(
        _ number: UInt64,
        id paymentID: PaymentID? = nil,
        quote: UInt64? = nil,
        uetr: UInt64? = nil,
        price: Price = price,
        state: PaymentState = .sent,
        reason: RefusalCode? = nil,
        submittedAt: Timestamp = now,
        refunded: RefundTally = RefundTally(),
        history: [UInt8] = []
    ) -> Payment {
        Payment(
            id: paymentID ?? PaymentID(id(.payment, number)),
            uetr: UETR(id(.uetr, uetr ?? number)),
            quote: QuoteID(id(.quote, quote ?? number)),
            issuer: issuer,
            acquirer: acquirer,
            provider: provider,
            merchant: merchantID,
            price: price,
            link: .twoPhase,
            code: CodeDigest(id(.code, number)),
            isSingleUse: number.isMultiple(of: 2),
            submittedAt: submittedAt,
            payer: PayerKey(id(.payer, number % 3)),
            possibleDuplicate: number.isMultiple(of: 5),
            state: state,
            reason: reason,
            changedAt: submittedAt,
            refunded: refunded,
            history: PaymentHistory(bytes: history)
        )
    }

    /// Sets a payment and the quote that it uses.
    static func pay(_ payment: Payment, in transaction: inout Transaction) {
        let quote = quote(payment.quote.value.low, price: payment.price, usedBy: payment.id)
        transaction.quotes.set(quote.id, quote)
        transaction.payments.set(payment.id, payment)
    }

    static func refund(_ number: UInt64, of payment: UInt64, part: Int = 1, uetr: UInt64? = nil) -> Refund {
        Refund(
            id: RefundID(id(.refund, number)),
            payment: PaymentID(id(.payment, payment)),
            uetr: UETR(id(.uetr, uetr ?? 1_000 + number)),
            acquirer: acquirer,
            issuer: issuer,
            part: part,
            merchantAmount: yen(980),
            payerAmount: riel(26_417),
            issuerFeeReturned: riel(0),
            reason: .customerRequest,
            createdAt: now
        )
    }

    static func recall(
        _ number: UInt64,
        of payment: UInt64,
        state: Recall.State = .requested,
        refund: RefundID? = nil,
        freeze: Recall.Freeze? = nil
    ) -> Recall {
        Recall(
            id: RecallID(id(.recall, number)),
            payment: PaymentID(id(.payment, payment)),
            issuer: issuer,
            acquirer: acquirer,
            reason: .fraud,
            amount: yen(980),
            requestedAt: now,
            answerDueAt: now.adding(.seconds(86_400)),
            state: state,
            refusal: state == .refused ? .legalDecision : nil,
            refund: refund,
            freeze: freeze
        )
    }

    static func message(
        _ number: UInt64,
        payment: UInt64,
        to destination: ParticipantID = issuer,
        _ standing: OutboxMessage.Standing = .sending,
        attempts: Int = 0,
        dueAt: Timestamp? = now
    ) -> OutboxMessage {
        OutboxMessage(
            id: id(.message, number),
            kind: .paymentUpdate,
            destination: destination,
            payment: PaymentID(id(.payment, payment)),
            refund: nil,
            state: .completed,
            createdAt: now,
            standing: standing,
            attempts: attempts,
            dueAt: dueAt
        )
    }

    static func person(_ text: String) -> OperatorID {
        guard let id = OperatorID(text) else { preconditionFailure("A test names a person badly") }
        return id
    }

    static func exceptionCase(
        of payment: PaymentID,
        proposer: String? = nil,
        approver: String? = nil
    ) -> ExceptionCase {
        ExceptionCase(
            payment: payment,
            cause: .reversalRefused,
            openedAt: now,
            lastWord: .destinationAccepted,
            refusal: .customerDecision,
            proposal: proposer.map {
                ExceptionCase.Proposal(
                    id: id(.message, payment.value.low),
                    decision: .honour,
                    proposer: person($0),
                    at: now,
                    note: "セット ហាង '; DROP"
                )
            },
            closing: approver.map { ExceptionCase.Closing(approver: person($0), at: now) }
        )
    }

    static func colleague(_ name: String) -> Person {
        Person(
            id: person(name),
            name: "ចាន់ \(name) 𠮷",
            roles: [.operator, .support],
            passwordHash: "$scrypt$…\u{0}",
            authenticatorKey: (0..<20).map { UInt8($0 * 13) },
            createdAt: now,
            changedAt: now
        )
    }

    static func operatorKey(_ number: UInt64) -> APIKey {
        APIKey(
            id: id(.apiKey, number),
            owner: .person(person("sokha")),
            digest: [UInt8](repeating: UInt8(number), count: 32),
            grants: [.operator, .support],
            createdAt: now
        )
    }

    static func apiKey(_ number: UInt64, digest: UInt8? = nil, revokedAt: Timestamp? = nil) -> APIKey {
        APIKey(
            id: id(.apiKey, number),
            owner: .participant(issuer),
            digest: [UInt8](repeating: digest ?? UInt8(number), count: 32),
            grants: .ofParticipants,
            createdAt: now,
            revokedAt: revokedAt
        )
    }

    /// One of another kind than most, that lapses and has been used.
    static func signingKey(_ number: UInt64) -> APIKey {
        APIKey(
            id: id(.apiKey, number),
            owner: .participant(issuer),
            kind: .signing,
            digest: [UInt8](repeating: UInt8(number), count: 32),
            grants: [],
            createdAt: now,
            expiresAt: now.adding(.seconds(60)),
            lastUsedAt: now.adding(.seconds(1))
        )
    }

    static func webhook(_ number: UInt64, events: Set<Webhook.Event> = [.paymentUpdated]) -> Webhook {
        Webhook(
            id: id(.webhook, number),
            url: "https://events.example/\(number)",
            events: events,
            merchant: nil,
            createdAt: now
        )
    }

    static func resolution(_ number: UInt64, fixedAmount: Money? = nil, reference: String? = nil) -> Resolution {
        Resolution(
            id: ResolutionID(id(.resolution, number)),
            issuer: issuer,
            payerCountry: .cambodia,
            scheme: "jpqr-mpm",
            merchantKey: merchantKey,
            merchantID: merchantID,
            acquirer: acquirer,
            currency: .jpy,
            fixedAmount: fixedAmount,
            code: CodeDigest(id(.code, number)),
            isSingleUse: fixedAmount != nil,
            reference: reference,
            createdAt: now,
            expiresAt: now.adding(Resolution.life)
        )
    }

    static func key(_ text: String, _ operation: IdempotencyKey.Operation = .submit) -> IdempotencyKey {
        IdempotencyKey(participant: issuer, operation: operation, text: text)
    }

    static func line(
        _ kind: Transfer.Kind,
        transaction: UInt64 = 1,
        leg: Int = 1,
        amount: Int64 = 100,
        debit: AccountID = issuerAccount,
        credit: AccountID = providerAccount
    ) -> Transfer {
        Transfer(
            transaction: id(.payment, transaction),
            leg: leg,
            kind: kind,
            debit: debit,
            credit: credit,
            minorUnits: amount,
            at: now
        )
    }
}
