import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Whatever is written comes back field by field: now, from memory or log, and after a restart.
@Suite struct RoundTripTests {
    private static let farPast = Timestamp(milliseconds: .min)
    private static let farFuture = Timestamp(milliseconds: .max)
    /// Khmer, Japanese, a letter outside the basic plane, combining marks, and a byte that ends a C string.
    private static let texts = [
        "", "ហាង​គុយទាវ សុខ ដារ៉ា", "ラーメン一番 銀座店", "𠮷野家 👩‍👩‍👧", "cafe\u{301}", "a\u{0}b", "'; DROP TABLE x; --",
    ]

    private func check<Row: Equatable & Sendable>(
        _ kind: StoreUnderTest,
        _ rows: [Row],
        key: (Row) -> RecordKey,
        write: (Row, inout Transaction) -> Void,
        read: (RecordKey, Transaction) -> Row?
    ) throws {
        let fixture = try kind.makeWorld()
        for row in rows { try fixture.commit { write(row, &$0) } }
        for isReopened in [false, true] {
            if isReopened { try fixture.reopen() }
            for row in rows {
                let transaction = try fixture.look(at: key(row))
                #expect(read(key(row), transaction) == row, "reopened: \(isReopened)")
            }
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func participants(kind: StoreUnderTest) throws {
        var rows = Self.texts.enumerated().map { number, text in
            Participant(id: World.participant("bank-\(number)"), name: text, country: .japan, roles: .issuer)
        }
        rows.append(
            Participant(
                id: World.participant("a2345678901234567890"),
                name: "Every field",
                country: .cambodia,
                roles: [.issuer, .acquirer, .fxProvider],
                status: .suspended,
                linkKind: .singlePhase,
                endpoint: "https://bank.example/kizuna?x=1",
                issuerFeeBasisPoints: .max
            )
        )
        try check(
            kind,
            rows,
            key: { .participant($0.id) },
            write: { $1.participants.set($0.id, $0) },
            read: { if case .participant(let id) = $0 { $1.participants[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func accounts(kind: StoreUnderTest) throws {
        let owner = World.participant("some-bank")
        let rows = [
            Account(id: AccountID(owner: owner, role: .settlement, currency: .jpy)),
            Account(id: AccountID(owner: owner, role: .settlement, currency: .khr), netDebitCapMinorUnits: 0),
            Account(
                id: AccountID(owner: owner, role: .interchangeReceivable, currency: .usd),
                netDebitCapMinorUnits: .max,
                debitsPosted: .max / 4,
                creditsPosted: .max / 4 - 1,
                debitsHeld: .max / 4 - 2,
                creditsHeld: .max / 4 - 3
            ),
            Account(id: AccountID(owner: owner, role: .feesPayable, currency: .jpy), netDebitCapMinorUnits: -1),
            Account(id: AccountID(owner: .theSwitch, role: .feeIncome, currency: try #require(Currency(code: "BHD")))),
        ]
        try check(
            kind,
            rows,
            key: { .account($0.id) },
            write: { $1.accounts.set($0.id, $0) },
            read: { if case .account(let id) = $0 { $1.accounts[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func merchants(kind: StoreUnderTest) throws {
        let keys: [MerchantKey] = [
            .khqr(account: "kizuna_cafe@aclb", merchantID: nil), .khqr(account: "a@b", merchantID: "ហាង"),
            .jpqr(levels: ["1", "", "3", "４"]),
        ]
        var rows = keys.enumerated().map { World.merchant(UInt64($0) + 10, key: $1) }
        for (number, text) in Self.texts.enumerated() {
            var merchant = World.merchant(UInt64(number) + 20, key: .khqr(account: "shop\(number)", merchantID: nil))
            merchant.name = text
            merchant.localName = text
            merchant.city = text
            merchant.acceptsForeignPayers = false
            merchant.status = number.isMultiple(of: 2) ? .blocked : .closed
            rows.append(merchant)
        }
        try check(
            kind,
            rows,
            key: { .merchant($0.key) },
            write: { $1.merchants.set($0.key, $0) },
            read: { if case .merchant(let key) = $0 { $1.merchants[key] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func rateBoards(kind: StoreUnderTest) throws {
        let widest = ProviderRate(
            provider: World.provider,
            mid: try Rate(digits: 999_999_999_999_999_999, decimals: 10),
            spreadBasisPoints: 1_000,
            publishedAt: Self.farFuture
        )
        let smallest = ProviderRate(
            provider: World.issuer,
            mid: try Rate(digits: 1, decimals: 10),
            spreadBasisPoints: 0,
            tiers: (1...10).map { .init(fromMinorUnits: $0 == 10 ? .max : $0, spreadBasisPoints: 1_000 - $0) },
            improvements: [
                .init(issuer: World.acquirer, basisPoints: 1), .init(issuer: World.issuer, basisPoints: 1_000),
            ],
            publishedAt: Self.farPast
        )
        let rows = [
            RateBoard(pair: World.pair, rates: [widest, smallest]),
            RateBoard(pair: CurrencyPair(payer: .usd, merchant: .jpy), rates: [World.providerRate]),
        ]
        try check(
            kind,
            rows,
            key: { .rateBoard($0.pair) },
            write: { $1.rateBoards.set($0.pair, $0) },
            read: { if case .rateBoard(let pair) = $0 { $1.rateBoards[pair] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func feeTables(kind: StoreUnderTest) throws {
        let scopes = FeeRule.Kind.allCases.flatMap { kind in
            [
                FeeRule.Scope(kind),
                FeeRule.Scope(
                    kind,
                    participant: World.issuer,
                    currency: .usd,
                    categories: 0...9_999,
                    from: Money(minorUnits: .max, currency: .khr)
                ),
            ]
        }
        let terms = [
            FeeTerms(basisPoints: 0), FeeTerms(basisPoints: 1_000, flat: Money(minorUnits: .max, currency: .usd)), nil,
        ]
        let rules = scopes.flatMap { scope in
            terms.filter { scope.currency != nil || $0?.flat == nil }.map {
                FeeRule(scope: scope, terms: $0, effectiveFrom: Self.farFuture, recordedAt: Self.farPast)
            }
        }
        let rows = [
            FeeTable(corridor: Corridor.cambodiaToJapan.id, rules: rules),
            FeeTable(corridor: Corridor.japanToCambodia.id, rules: rules.reversed()),
        ]
        try check(
            kind,
            rows,
            key: { .feeTable($0.corridor) },
            write: { $1.feeTables.set($0.corridor, $0) },
            read: { if case .feeTable(let id) = $0 { $1.feeTables[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func roundingRests(kind: StoreUnderTest) throws {
        let rows = [(Currency.jpy, Int64.max), (.khr, .min), (.usd, 0)].map { currency, parts in
            RoundingRest(key: RoundingKey(provider: World.provider, currency: currency), parts: parts)
        }
        try check(
            kind,
            rows,
            key: { .roundingRest($0.key) },
            write: { $1.roundingRests.set($0.key, $0) },
            read: { if case .roundingRest(let key) = $0 { $1.roundingRests[key] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func resolutions(kind: StoreUnderTest) throws {
        let amounts = [nil, World.yen(1), World.yen(.max)]
        let rows = Self.texts.enumerated().map { number, text in
            World.resolution(
                UInt64(number),
                fixedAmount: amounts[number % 3],
                reference: number == 0 ? nil : text
            )
        }
        try check(
            kind,
            rows,
            key: { .resolution($0.id) },
            write: { $1.resolutions.set($0.id, $0) },
            read: { if case .resolution(let id) = $0 { $1.resolutions[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func quotes(kind: StoreUnderTest) throws {
        let largest = Price(
            merchantAmount: World.yen(.max),
            interbankAmount: Money(minorUnits: .max, currency: .usd),
            issuerFee: Money(minorUnits: .max, currency: .usd),
            rate: try Rate(digits: 99_999_999_999, decimals: 0),
            midRate: try Rate(digits: 999_999_999_999_999_999, decimals: 9),
            merchantDiscount: World.yen(.max),
            interchange: World.yen(.max),
            switchFee: World.yen(.max)
        )
        let smallest = Price(
            merchantAmount: Money(minorUnits: 1, currency: .usd),
            interbankAmount: World.yen(1),
            issuerFee: World.yen(0),
            rate: try Rate(digits: 1, decimals: 10),
            midRate: try Rate(digits: 1, decimals: 10),
            merchantDiscount: .zero(.usd),
            interchange: .zero(.usd),
            switchFee: .zero(.usd)
        )
        try check(
            kind,
            [
                World.quote(1), World.quote(2, price: largest), World.quote(3, price: smallest),
                World.quote(4, price: World.bridgedPrice),
            ],
            key: { .quote($0.id) },
            write: { $1.quotes.set($0.id, $0) },
            read: { if case .quote(let id) = $0 { $1.quotes[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func payments(kind: StoreUnderTest) throws {
        let full = RefundTally(parts: 10, merchantMinorUnits: 1_980, payerMinorUnits: 5_337_500)
        var rows = PaymentState.allCases.enumerated().map { World.payment(UInt64($0) + 1, state: $1) }
        rows += RefusalCode.allCases.enumerated().map {
            World.payment(UInt64($0) + 100, state: .rejected, reason: $1)
        }
        rows.append(World.payment(199, price: World.bridgedPrice))
        rows.append(World.payment(200, submittedAt: Self.farPast, refunded: full))
        rows.append(World.payment(201, submittedAt: Timestamp(milliseconds: .max / 2)))
        rows.append(World.payment(202, history: [UInt8](0...255)))
        try check(
            kind,
            rows,
            key: { .payment($0.id) },
            write: { World.pay($0, in: &$1) },
            read: { if case .payment(let id) = $0 { $1.payments[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func refunds(kind: StoreUnderTest) throws {
        let reasons = Refund.Reason.allCases
        let rows = reasons.enumerated().map { number, reason in
            Refund(
                id: RefundID(World.id(.refund, UInt64(number))),
                payment: PaymentID(World.id(.payment, 1)),
                uetr: UETR(World.id(.uetr, 2_000 + UInt64(number))),
                acquirer: World.acquirer,
                issuer: World.issuer,
                part: number + 1,
                merchantAmount: World.yen(number == 0 ? .max : 1),
                bridgeAmount: number == 1 ? nil : Money(minorUnits: Int64(number), currency: .usd),
                payerAmount: World.riel(Int64(number)),
                issuerFeeReturned: World.riel(267),
                reason: reason,
                createdAt: number == 0 ? Self.farPast : Self.farFuture
            )
        }
        try check(
            kind,
            rows,
            key: { .refund($0.id) },
            write: { refund, transaction in
                if refund.part == 1 { World.pay(World.payment(1), in: &transaction) }
                transaction.refunds.set(refund.id, refund)
            },
            read: { if case .refund(let id) = $0 { $1.refunds[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func answers(kind: StoreUnderTest) throws {
        let id = World.id(.payment, 7)
        var answers: [StoredAnswer] = [
            .resolution(ResolutionID(id)), .quote(QuoteID(id)), .payment(PaymentID(id)), .refund(RefundID(id)),
            .paymentReport(PaymentID(id)), .webhook(id, secretNumber: 3), .merchant(World.merchantKey),
            .merchant(.khqr(account: "ហាង@aclb", merchantID: "x")),
            .ratesPublished(count: .max), .ratesPublished(count: 0),
        ]
        answers += Self.texts.map { .refused(Refusal(.amountMismatch, $0)) }
        struct Row: Equatable, Sendable {
            let key: IdempotencyKey
            let record: IdempotencyRecord
        }
        let rows = answers.enumerated().map { number, answer in
            Row(key: World.key("key-\(number)", .refund), record: World.record(answer))
        }
        try check(
            kind,
            rows,
            key: { .idempotency($0.key) },
            write: { $1.idempotency.set($0.key, $0.record) },
            read: { key, transaction in
                guard case .idempotency(let key) = key else { return nil }
                return transaction.idempotency[key].map { Row(key: key, record: $0) }
            }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func messages(kind: StoreUnderTest) throws {
        let rows = OutboxMessage.Kind.allCases.enumerated().map { number, messageKind in
            OutboxMessage(
                id: World.id(.message, UInt64(number)),
                kind: messageKind,
                destination: World.acquirer,
                payment: PaymentID(World.id(.payment, 1)),
                refund: number == 0 ? RefundID(World.id(.refund, 1)) : nil,
                state: .partiallyRefunded,
                createdAt: Self.farPast,
                standing: number.isMultiple(of: 2) ? .givenUp : number.isMultiple(of: 3) ? .inInbox : .sending,
                attempts: number == 1 ? .max : number,
                dueAt: number.isMultiple(of: 2) ? nil : Self.farFuture
            )
        }
        try check(
            kind,
            rows,
            key: { .message($0.id) },
            write: { message, transaction in
                if message.refund != nil {
                    World.pay(World.payment(1), in: &transaction)
                    transaction.refunds.set(World.refund(1, of: 1).id, World.refund(1, of: 1))
                }
                transaction.messages.set(message.id, message)
            },
            read: { if case .message(let id) = $0 { $1.messages[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func events(kind: StoreUnderTest) throws {
        let messages = Webhook.Event.allCases.enumerated().map { number, event in
            OutboxMessage(
                id: World.id(.message, UInt64(number)),
                kind: .event,
                destination: World.acquirer,
                target: OutboxMessage.Target(webhook: World.id(.webhook, 1), event: event),
                payment: PaymentID(World.id(.payment, 1)),
                refund: nil,
                state: .completed,
                createdAt: Self.farPast,
                dueAt: Self.farFuture
            )
        }
        try check(
            kind,
            messages,
            key: { .message($0.id) },
            write: { message, transaction in
                if message.target?.event == Webhook.Event.allCases.first {
                    World.pay(World.payment(1), in: &transaction)
                }
                transaction.messages.set(message.id, message)
            },
            read: { if case .message(let id) = $0 { $1.messages[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func webhooks(kind: StoreUnderTest) throws {
        let rich = Webhook(
            id: World.id(.webhook, 2),
            url: "https://イベント.example",
            events: Set(Webhook.Event.allCases),
            merchant: World.merchantID,
            createdAt: Self.farPast,
            secretNumber: 7,
            previousSecretUntil: Self.farFuture,
            lastOutcome: Webhook.Outcome(at: Self.farFuture, status: 599)
        )
        var silent = World.webhook(3, events: [.merchantRefunded])
        silent.lastOutcome = Webhook.Outcome(at: World.now, status: nil)
        let rows = [Webhooks([World.webhook(1), rich, silent])]
        try check(
            kind,
            rows,
            key: { _ in .webhooks(World.acquirer) },
            write: { $1.webhooks.set(World.acquirer, $0) },
            read: { if case .webhooks(let id) = $0 { $1.webhooks[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func exceptionCases(kind: StoreUnderTest) throws {
        let payments = (1...4).map { World.payment($0).id }
        let rows = [
            World.exceptionCase(of: payments[0]), World.exceptionCase(of: payments[1], proposer: "sokha"),
            World.exceptionCase(of: payments[2], proposer: "sokha", approver: "m-tanaka"),
            ExceptionCase(payment: payments[3], cause: .contradicted, openedAt: Self.farPast),
        ]
        try check(
            kind,
            rows,
            key: { .exceptionCase($0.payment) },
            write: {
                World.pay(World.payment($0.payment.value.low), in: &$1)
                $1.exceptionCases.set($0.payment, $0)
            },
            read: { if case .exceptionCase(let id) = $0 { $1.exceptionCases[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func apiKeys(kind: StoreUnderTest) throws {
        try check(
            kind,
            [World.apiKey(0), World.apiKey(255, revokedAt: Self.farFuture), World.operatorKey(7), World.signingKey(8)],
            key: { .apiKey($0.id) },
            write: { $1.apiKeys.set($0.id, $0) },
            read: { if case .apiKey(let id) = $0 { $1.apiKeys[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func people(kind: StoreUnderTest) throws {
        var changed = World.colleague("m-tanaka")
        changed.standing = .suspended
        changed.lastStep = .max
        changed.changedAt = Self.farFuture
        try check(
            kind,
            [World.colleague("sokha"), changed],
            key: { .person($0.id) },
            write: { $1.people.set($0.id, $0) },
            read: { if case .person(let id) = $0 { $1.people[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func holds(kind: StoreUnderTest) throws {
        try check(
            kind,
            [World.line(.hold, amount: 1), World.line(.hold, leg: 2, amount: .max / 8)],
            key: { .hold($0.holdID) },
            write: { $1.append($0) },
            read: { if case .hold(let id) = $0 { $1.holds[id] } else { nil } }
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func parties(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        var rows: [PaymentID: PaymentParties] = [:]
        for (number, text) in Self.texts.enumerated() {
            let payment = World.payment(UInt64(number))
            rows[payment.id] = PaymentParties(
                payerName: text,
                payerAccount: text,
                merchantName: text,
                merchantLocalName: number == 0 ? nil : text,
                merchantCity: text,
                merchantKey: World.merchantKey,
                reference: number == 1 ? nil : text
            )
            try fixture.commit { transaction in
                World.pay(payment, in: &transaction)
                transaction.parties.set(payment.id, rows[payment.id])
            }
        }
        try fixture.reopen()
        for (id, parties) in rows {
            #expect(try fixture.read { reader throws(StoreError) in try reader.parties(of: id) } == parties)
        }
    }
}
