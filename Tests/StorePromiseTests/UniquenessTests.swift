import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// Whatever may be there once is refused the second time, in one commit as in two.
@Suite struct UniquenessTests {
    struct Pair: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let first: @Sendable (inout Transaction) -> Void
        let second: @Sendable (inout Transaction) -> Void
    }

    static let pairs: [Pair] = [
        Pair(testDescription: "payment") {
            World.pay(World.payment(1), in: &$0)
        } second: {
            World.pay(World.payment(1, quote: 2, uetr: 2), in: &$0)
        },
        Pair(testDescription: "UETR of two payments") {
            World.pay(World.payment(1), in: &$0)
        } second: {
            World.pay(World.payment(2, uetr: 1), in: &$0)
        },
        Pair(testDescription: "UETR of a payment and a refund") {
            World.pay(World.payment(1), in: &$0)
        } second: {
            $0.refunds.set(World.refund(1, of: 1).id, World.refund(1, of: 1, uetr: 1))
        },
        Pair(testDescription: "UETR of two refunds") {
            World.pay(World.payment(1), in: &$0)
            $0.refunds.set(World.refund(1, of: 1).id, World.refund(1, of: 1))
        } second: {
            $0.refunds.set(World.refund(2, of: 1).id, World.refund(2, of: 1, part: 2, uetr: 1_001))
        },
        Pair(testDescription: "part of a refund") {
            World.pay(World.payment(1), in: &$0)
            $0.refunds.set(World.refund(1, of: 1).id, World.refund(1, of: 1))
        } second: {
            $0.refunds.set(World.refund(2, of: 1).id, World.refund(2, of: 1))
        },
        Pair(testDescription: "parties") {
            World.pay(World.payment(1), in: &$0)
            $0.parties.set(World.payment(1).id, World.parties)
        } second: {
            $0.parties.set(World.payment(1).id, World.parties)
        },
        Pair(testDescription: "quote") {
            $0.quotes.set(World.quote(1).id, World.quote(1))
        } second: {
            $0.quotes.set(World.quote(1).id, World.quote(1))
        },
        Pair(testDescription: "resolution") {
            $0.resolutions.set(World.resolution(1).id, World.resolution(1))
        } second: {
            $0.resolutions.set(World.resolution(1).id, World.resolution(1))
        },
        Pair(testDescription: "code claim") {
            World.pay(World.payment(1), in: &$0)
            $0.codeClaims.set(World.payment(1).code, World.payment(1).id)
        } second: {
            World.pay(World.payment(2), in: &$0)
            $0.codeClaims.set(World.payment(1).code, World.payment(2).id)
        },
        Pair(testDescription: "idempotency key") {
            $0.idempotency.set(World.key("a"), World.record(.ratesPublished(count: 1)))
        } second: {
            $0.idempotency.set(World.key("a"), World.record(.ratesPublished(count: 1)))
        },
        Pair(testDescription: "message") {
            World.pay(World.payment(1), in: &$0)
            $0.messages.set(World.id(.message, 1), World.message(1, payment: 1))
        } second: {
            $0.messages.set(World.id(.message, 1), World.message(1, payment: 1))
        },
        Pair(testDescription: "API key") {
            $0.apiKeys.set(World.apiKey(1).id, World.apiKey(1))
        } second: {
            $0.apiKeys.set(World.apiKey(2).id, World.apiKey(2, digest: 1))
        },
        Pair(testDescription: "merchant's key") {
            $0.merchants.set(
                .khqr(account: "a", merchantID: nil),
                World.merchant(2, key: .khqr(account: "a", merchantID: nil))
            )
        } second: {
            $0.merchants.set(
                .khqr(account: "a", merchantID: nil),
                World.merchant(3, key: .khqr(account: "a", merchantID: nil))
            )
        },
        Pair(testDescription: "merchant's id") {
            $0.merchants.set(
                .khqr(account: "a", merchantID: nil),
                World.merchant(2, key: .khqr(account: "a", merchantID: nil))
            )
        } second: {
            $0.merchants.set(
                .khqr(account: "b", merchantID: nil),
                World.merchant(2, key: .khqr(account: "b", merchantID: nil))
            )
        },
        Pair(testDescription: "account") { _ in
        } second: {
            $0.accounts.set(World.issuerAccount, Account(id: World.issuerAccount))
        },
        Pair(testDescription: "participant") { _ in
        } second: {
            let again = Participant(id: World.issuer, name: "Again", country: .japan, roles: .issuer)
            $0.participants.set(again.id, again)
        },
    ]

    @Test(arguments: StoreUnderTest.allCases, pairs)
    func theSecondCommitIsRefused(kind: StoreUnderTest, pair: Pair) throws {
        let fixture = try kind.makeWorld()
        try fixture.commit(pair.first)
        try expectRefusal { try fixture.commit(pair.second) }
        try fixture.reopen()
        try expectRefusal { try fixture.commit(pair.second) }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aQuotePaysOnce(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try fixture.commit { World.pay(World.payment(1), in: &$0) }
        let again = World.payment(2, quote: 1)
        // With the quote as it is, with a quote that changes hands, and without the quote.
        for quote in [World.quote(1, usedBy: World.payment(1).id), World.quote(1, usedBy: again.id), nil] {
            try expectRefusal("\(String(describing: quote?.usedBy))") {
                try fixture.change(.quote(World.quote(1).id)) { transaction in
                    if let quote { transaction.quotes.set(quote.id, quote) }
                    transaction.payments.set(again.id, again)
                }
            }
        }
        #expect(
            try fixture.look(at: .quote(World.quote(1).id)).quotes[World.quote(1).id]?.usedBy == World.payment(1).id
        )
    }

    @Test(arguments: StoreUnderTest.allCases)
    func twoPaymentsOnOneQuoteInOneCommitAreRefused(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try expectRefusal {
            try fixture.commit { transaction in
                World.pay(World.payment(1), in: &transaction)
                World.pay(World.payment(2, quote: 1), in: &transaction)
            }
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func oneUETRTwiceInOneCommitIsRefused(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        try expectRefusal {
            try fixture.commit { transaction in
                World.pay(World.payment(1), in: &transaction)
                World.pay(World.payment(2, uetr: 1), in: &transaction)
            }
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aPaymentCostsWhatItsQuoteSays(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let price = World.price
        let dearer = Price(
            merchantAmount: price.merchantAmount,
            interbankAmount: World.riel(53_376),
            issuerFee: price.issuerFee,
            rate: price.rate,
            midRate: price.midRate,
            merchantDiscount: price.merchantDiscount,
            interchange: price.interchange,
            switchFee: price.switchFee
        )
        let payment = World.payment(1, price: dearer)
        try expectRefusal {
            try fixture.commit { transaction in
                transaction.quotes.set(World.quote(1).id, World.quote(1, usedBy: payment.id))
                transaction.payments.set(payment.id, payment)
            }
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func theSameKeyForAnotherOperationIsAnother(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        for operation in IdempotencyKey.Operation.allCases {
            let answer = StoredAnswer.ratesPublished(count: operation.rawValue)
            try fixture.commit { $0.idempotency.set(World.key("a", operation), World.record(answer)) }
        }
        for operation in IdempotencyKey.Operation.allCases {
            let key = World.key("a", operation)
            let record = try fixture.look(at: .idempotency(key)).idempotency[key]
            #expect(record?.answer == .ratesPublished(count: operation.rawValue))
        }
    }
}

extension World {
    static let parties = PaymentParties(
        payerName: "Sokha",
        payerAccount: "001",
        merchantName: "KIZUNA",
        merchantLocalName: "きずな",
        merchantCity: "TOKYO",
        merchantKey: merchantKey,
        reference: nil
    )
}
