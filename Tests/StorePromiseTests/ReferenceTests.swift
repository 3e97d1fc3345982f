import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// A record that names another is refused where that other does not exist.
@Suite struct ReferenceTests {
    struct Orphan: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let write: @Sendable (inout Transaction) -> Void

        init(_ description: String, _ write: @escaping @Sendable (inout Transaction) -> Void) {
            testDescription = description
            self.write = write
        }
    }

    private static let nobody = World.participant("nobody")
    private static let noPayment = PaymentID(World.id(.payment, 404))

    static let orphans: [Orphan] = [
        Orphan("a shop of nobody's") {
            let key = MerchantKey.khqr(account: "a", merchantID: nil)
            $0.merchants.set(key, World.merchant(2, key: key, acquirer: nobody))
        },
        Orphan("a resolution of an unknown shop") {
            let known = World.resolution(1)
            let resolution = Resolution(
                id: known.id,
                issuer: known.issuer,
                payerCountry: known.payerCountry,
                scheme: known.scheme,
                merchantKey: known.merchantKey,
                merchantID: MerchantID(World.id(.merchant, 404)),
                acquirer: known.acquirer,
                currency: known.currency,
                fixedAmount: nil,
                code: known.code,
                isSingleUse: false,
                reference: nil,
                createdAt: World.now,
                expiresAt: World.now
            )
            $0.resolutions.set(resolution.id, resolution)
        },
        Orphan("a payment without a quote") { $0.payments.set(World.payment(1).id, World.payment(1)) },
        Orphan("a quote used by no payment") { $0.quotes.set(World.quote(1).id, World.quote(1, usedBy: noPayment)) },
        Orphan("parties of no payment") { $0.parties.set(noPayment, World.parties) },
        Orphan("a refund of no payment") { $0.refunds.set(World.refund(1, of: 404).id, World.refund(1, of: 404)) },
        Orphan("a recall of no payment") { $0.recalls.set(World.recall(1, of: 404).id, World.recall(1, of: 404)) },
        Orphan("a dispute of no payment") { $0.disputes.set(World.dispute(1, of: 404).id, World.dispute(1, of: 404)) },
        Orphan("an entry in no case") { $0.disputeEvents.set(World.event(1, of: 404).key, World.event(1, of: 404)) },
        Orphan("a file of no case") { World.add(World.file(1, of: 404), in: &$0) },
        Orphan("a claim of no payment") { $0.codeClaims.set(CodeDigest(World.id(.code, 1)), noPayment) },
        Orphan("a message about no payment") { $0.messages.set(World.id(.message, 1), World.message(1, payment: 404)) },
        Orphan("a timer of no payment") {
            $0.timers.set(TimerKey(kind: .unresolved, payment: noPayment), World.now)
        },
        Orphan("a case of no payment") { $0.exceptionCases.set(noPayment, World.exceptionCase(of: noPayment)) },
        Orphan("a decision of one person alone") {
            World.pay(World.payment(1), in: &$0)
            let id = World.payment(1).id
            $0.exceptionCases.set(id, World.exceptionCase(of: id, proposer: "sokha", approver: "sokha"))
        },
        Orphan("a key of nobody's") {
            let key = APIKey(
                id: World.id(.apiKey, 1),
                owner: .participant(nobody),
                digest: [UInt8](repeating: 1, count: 32),
                grants: [.read],
                createdAt: World.now
            )
            $0.apiKeys.set(key.id, key)
        },
        Orphan("a rate of nobody's") {
            let rate = ProviderRate(
                provider: nobody,
                mid: World.price.midRate,
                spreadBasisPoints: 1,
                publishedAt: World.now
            )
            $0.rateBoards.set(World.pair, RateBoard(pair: World.pair, rates: [rate]))
        },
        Orphan("an improvement for nobody") {
            let rate = ProviderRate(
                provider: World.provider,
                mid: World.price.midRate,
                spreadBasisPoints: 1,
                improvements: [.init(issuer: nobody, basisPoints: 1)],
                publishedAt: World.now
            )
            $0.rateBoards.set(World.pair, RateBoard(pair: World.pair, rates: [rate]))
        },
        Orphan("a fee of nobody's") {
            $0.feeTables.set(Corridor.cambodiaToJapan.id, World.feeTable(1, participant: nobody))
        },
        Orphan("a rest of nobody's") {
            let key = RoundingKey(provider: nobody, currency: .jpy)
            $0.roundingRests.set(key, RoundingRest(key: key))
        },
        Orphan("a quote over a bridge of nobody's") {
            $0.quotes.set(World.quote(1).id, World.quote(1, price: .bridged(by: nobody)))
        },
        Orphan("a quote over a bridge in its own currency") {
            $0.quotes.set(World.quote(1).id, World.quote(1, price: .bridged(by: World.acquirer, in: .khr)))
        },
        Orphan("a line between unknown accounts") {
            $0.append(World.line(.direct, credit: AccountID(owner: nobody, role: .settlement, currency: .khr)))
        },
        Orphan("a key's digest that is too short") {
            let key = APIKey(
                id: World.id(.apiKey, 1),
                owner: .participant(World.issuer),
                digest: [1],
                grants: [.read],
                createdAt: World.now
            )
            $0.apiKeys.set(key.id, key)
        },
        Orphan("a negative balance") {
            let id = AccountID(owner: World.issuer, role: .feesPayable, currency: .khr)
            $0.accounts.set(id, Account(id: id, debitsPosted: -1))
        },
    ]

    @Test(arguments: StoreUnderTest.allCases, orphans)
    func orphansAreRefused(kind: StoreUnderTest, orphan: Orphan) throws {
        let fixture = try kind.makeWorld()
        try expectRefusal { try fixture.commit(orphan.write) }
        #expect(try fixture.audit().violations == [])
    }

    /// A quote that was not used may be cleared away, with its bridge.
    @Test(arguments: StoreUnderTest.allCases)
    func aQuoteGoesWithItsBridge(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let quote = World.quote(1, price: World.bridgedPrice)
        for _ in 0..<2 {
            try fixture.change(.quote(quote.id)) { $0.quotes.set(quote.id, quote) }
            #expect(try fixture.look(at: .quote(quote.id)).quotes[quote.id] == quote)
            try fixture.change(.quote(quote.id)) { $0.quotes.set(quote.id, nil) }
            #expect(try fixture.look(at: .quote(quote.id)).quotes[quote.id] == nil)
        }
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aParticipantAndItsRecordsMayComeTogether(kind: StoreUnderTest) throws {
        let fixture = try kind.make()
        try fixture.commit { transaction in
            World.foundation(&transaction)
            World.pay(World.payment(1), in: &transaction)
            transaction.append(World.line(.direct))
        }
        #expect(try fixture.read { reader throws(StoreError) in try reader.payment(World.payment(1).id) } != nil)
    }
}

extension Price {
    fileprivate static func bridged(by provider: ParticipantID, in currency: Currency = .usd) -> Price {
        let price = World.bridgedPrice
        return Price(
            merchantAmount: price.merchantAmount,
            interbankAmount: price.interbankAmount,
            issuerFee: price.issuerFee,
            rate: price.rate,
            midRate: price.midRate,
            route: .bridged(World.bridge(by: provider, in: currency)),
            merchantDiscount: price.merchantDiscount,
            interchange: price.interchange,
            switchFee: price.switchFee
        )
    }
}
