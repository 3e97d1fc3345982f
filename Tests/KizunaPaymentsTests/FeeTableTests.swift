import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@Suite struct FeeTableTests {
    static let corridor = Corridor.cambodiaToJapan
    static let standard = corridor.standardFees(issuerFeeBasisPoints: 50)

    static func rule(
        kind: FeeRule.Kind = .merchantDiscount,
        participant: ParticipantID? = nil,
        currency: Currency? = nil,
        categories: ClosedRange<Int>? = nil,
        from: Int64? = nil,
        _ basisPoints: Int64?,
        flat: Money? = nil,
        after: Duration = .zero,
        recorded: Duration = .zero
    ) -> FeeRule {
        FeeRule(
            scope: FeeRule.Scope(
                kind,
                participant: participant,
                currency: currency,
                categories: categories,
                from: from.map { Money(minorUnits: $0, currency: .jpy) }
            ),
            terms: basisPoints.map { FeeTerms(basisPoints: $0, flat: flat) },
            effectiveFrom: World.now.adding(after),
            recordedAt: World.now.adding(recorded)
        )
    }

    static func table(_ rules: FeeRule...) throws -> FeeTable {
        var table = FeeTable(corridor: corridor.id)
        for rule in rules { _ = try table.record(rule) }
        return table
    }

    static func fees(
        _ table: FeeTable,
        issuer: ParticipantID = World.issuer,
        category: Int? = 5_812,
        payer: Currency = .khr,
        _ yen: Int64 = 1_980,
        after: Duration = .zero
    ) -> Fees {
        let occasion = FeeTable.Occasion(
            issuer: issuer,
            acquirer: World.acquirer,
            category: category,
            payerCurrency: payer,
            merchantAmount: Money(minorUnits: yen, currency: .jpy)
        )
        return table.fees(for: occasion, at: World.now.adding(after), standard: standard)
    }

    /// The values of `flows.md` 6.3 hold where nothing was recorded.
    @Test func standsOnTheStandard() throws {
        let fees = Self.fees(try Self.table())
        #expect(fees == Self.standard)
        let basisPoints = [fees.issuerFee, fees.merchantDiscount, fees.interchange, fees.switchFee].map(\.basisPoints)
        #expect(basisPoints == [50, 160, 80, 10])
    }

    @Test func changesFromItsMomentOn() throws {
        let table = try Self.table(Self.rule(120, after: .seconds(60)), Self.rule(nil, after: .seconds(120)))
        let discount = { Self.fees(table, after: .milliseconds($0)).merchantDiscount.basisPoints }
        #expect([59_999, 60_000, 119_999, 120_000].map(discount) == [160, 120, 120, 160])
    }

    @Test func takesTheMostParticularLine() throws {
        let table = try Self.table(
            Self.rule(150),
            Self.rule(categories: 5_000...5_999, 140),
            Self.rule(categories: 5_812...5_812, 130),
            Self.rule(categories: 5_812...5_812, from: 10_000, 120),
            Self.rule(currency: .jpy, categories: 1...2, 1),
            Self.rule(from: 100_000, 110),
            Self.rule(participant: World.acquirer, from: 200_000, 100),
            Self.rule(participant: World.provider, 99)
        )
        let discount = { (category: Int?, yen: Int64) in
            Self.fees(table, category: category, yen).merchantDiscount.basisPoints
        }
        #expect(discount(4_999, 1) == 150)
        #expect(discount(nil, 1) == 150)
        #expect(discount(5_999, 1) == 140)
        #expect(discount(5_812, 9_999) == 130)
        #expect(discount(5_812, 10_000) == 120)
        #expect(discount(2, 99_999) == 1)
        #expect(discount(4_999, 99_999) == 150)
        #expect(discount(4_999, 100_000) == 110)
        #expect(discount(5_812, 200_000) == 100)
    }

    @Test func keepsFourFeesApart() throws {
        let table = try Self.table(
            Self.rule(
                kind: .issuerFee,
                participant: World.issuer,
                currency: .usd,
                25,
                flat: Money(minorUnits: 2, currency: .usd)
            ),
            Self.rule(kind: .interchange, 70),
            Self.rule(kind: .switchFee, 0)
        )
        let riel = Self.fees(table)
        #expect(
            [riel.issuerFee, riel.merchantDiscount, riel.interchange, riel.switchFee].map(\.basisPoints) == [
                50, 160, 70, 0,
            ]
        )
        let dollars = Self.fees(table, payer: .usd).issuerFee
        #expect(dollars == FeeTerms(basisPoints: 25, flat: Money(minorUnits: 2, currency: .usd)))
        // 13.32 dollars: 0.0333 rounds to 0.03, and two cents on top.
        #expect(try dollars.fee(on: Money(minorUnits: 13_32, currency: .usd)).majorUnits == "0.05")
        #expect(Self.fees(table, issuer: World.provider, payer: .usd).issuerFee.basisPoints == 50)
    }

    /// Of two lines from the same moment on, the later one corrects the other; the very same again is no line.
    @Test func correctsAndRepeats() throws {
        var table = try Self.table(Self.rule(120, after: .seconds(60)))
        #expect(try table.record(Self.rule(125, after: .seconds(60), recorded: .seconds(1))))
        #expect(try !table.record(Self.rule(125, after: .seconds(60), recorded: .seconds(3_600))))
        #expect(table.rules.count == 2)
        #expect(Self.fees(table, after: .seconds(60)).merchantDiscount.basisPoints == 125)
    }

    static let refused: [(FeeRule, RefusalCode)] = [
        (rule(-1), .amountInvalid), (rule(1_001), .amountInvalid),
        (rule(1, flat: Money(minorUnits: 1, currency: .jpy)), .amountInvalid),
        (rule(currency: .usd, 1, flat: Money(minorUnits: 1, currency: .jpy)), .amountInvalid),
        (rule(currency: .jpy, 1, flat: .zero(.jpy)), .amountInvalid),
        (rule(currency: .khr, 1, flat: Money(minorUnits: 50, currency: .khr)), .amountInvalid),
        (rule(from: 0, 1), .amountInvalid), (rule(categories: -1...5, 1), .amountInvalid),
        (rule(categories: 5...10_000, 1), .amountInvalid),
        (rule(1, after: .milliseconds(-1)), .tooLate),
    ]

    @Test(arguments: refused) func refuses(rule: FeeRule, code: RefusalCode) throws {
        var table = try Self.table()
        let refusal = #expect(throws: Refusal.self) { try table.record(rule) }
        #expect(refusal?.code == code)
        #expect(table.rules.isEmpty)
    }

    @Test func takesSoManyLinesAndNoMore() throws {
        var table = try Self.table()
        for number in 1...FeeTable.mostRules { _ = try table.record(Self.rule(from: Int64(number), 1_000)) }
        let refusal = #expect(throws: Refusal.self) { try table.record(Self.rule(from: 9_999, 1)) }
        #expect(refusal?.code == .limitExceeded)
        var inside = FeeTable(corridor: CorridorID(payer: .japan, merchant: .japan))
        #expect(throws: Refusal.self) { try inside.record(Self.rule(1)) }
    }

    @Test func pricesAPayment() throws {
        let offer = try World.bridgedMarket().bestOffer(
            for: Money(minorUnits: 1_980, currency: .jpy),
            to: World.issuer,
            at: World.now
        ) { Account(id: $0) }
        let table = try Self.table(
            Self.rule(kind: .issuerFee, currency: .khr, 0, flat: Money(minorUnits: 500_00, currency: .khr)),
            Self.rule(categories: 5_812...5_812, from: 1_000, 120)
        )
        let price = try Price(of: Money(minorUnits: 1_980, currency: .jpy), at: offer, fees: Self.fees(table))
        #expect((price.issuerFee.majorUnits, price.payerDebit.majorUnits) == ("500", "53807"))
        #expect(
            (price.merchantDiscount.majorUnits, price.interchange.majorUnits, price.switchFee.majorUnits) == (
                "24", "16", "2"
            )
        )
    }
}
