import KizunaLedger
import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

/// What changes about rates, tariffs and rests, and what must not.
@Suite struct PriceChangeTests {
    private static let corridor = Corridor.cambodiaToJapan.id

    /// One provider's new rate leaves the others as they were; its old tiers and improvements go with its old rate.
    @Test(arguments: StoreUnderTest.allCases)
    func aNewRateTakesThePlaceOfItsOwnLastOne(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let rate = { (provider: ParticipantID, spread: Int64, tiers: Int64) in
            ProviderRate(
                provider: provider,
                mid: World.price.midRate,
                spreadBasisPoints: spread,
                tiers: (0..<tiers).map { .init(fromMinorUnits: 1 + $0, spreadBasisPoints: spread) },
                improvements: tiers == 0 ? [] : [.init(issuer: World.issuer, basisPoints: 1)],
                publishedAt: World.now
            )
        }
        var board = RateBoard(
            pair: World.pair,
            rates: [rate(World.provider, 50, 3), rate(World.acquirer, 40, 2)]
        )
        try fixture.change(.rateBoard(World.pair)) { $0.rateBoards.set(World.pair, board) }
        for next in [rate(World.provider, 60, 1), rate(World.acquirer, 30, 0), rate(World.provider, 60, 1)] {
            board.publish(next)
            try fixture.change(.rateBoard(World.pair)) { $0.rateBoards.set(World.pair, board) }
            #expect(try fixture.look(at: .rateBoard(World.pair)).rateBoards[World.pair] == board)
            #expect(try fixture.read { reader throws(StoreError) in try reader.rateBoards() } == [board])
        }
        try fixture.reopen()
        #expect(try fixture.look(at: .rateBoard(World.pair)).rateBoards[World.pair] == board)
        // A board that nobody read is written whole all the same.
        let alone = RateBoard(pair: World.pair, rates: [rate(World.acquirer, 20, 1)])
        try fixture.commit { $0.rateBoards.set(World.pair, alone) }
        #expect(try fixture.look(at: .rateBoard(World.pair)).rateBoards[World.pair] == alone)
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aTariffGrowsAndNeverChanges(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        let grown = World.feeTable(100, 90, 80)
        try fixture.change(.feeTable(Self.corridor)) { $0.feeTables.set(Self.corridor, World.feeTable(100)) }
        try fixture.change(.feeTable(Self.corridor)) { $0.feeTables.set(Self.corridor, grown) }
        for forbidden in [World.feeTable(100, 91, 80), World.feeTable(100, 90), World.feeTable()] {
            try expectRefusal {
                try fixture.change(.feeTable(Self.corridor)) { $0.feeTables.set(Self.corridor, forbidden) }
            }
        }
        try expectRefusal { try fixture.change(.feeTable(Self.corridor)) { $0.feeTables.set(Self.corridor, nil) } }
        try fixture.reopen()
        #expect(try fixture.look(at: .feeTable(Self.corridor)).feeTables[Self.corridor] == grown)
        #expect(try fixture.read { reader throws(StoreError) in try reader.feeTables() } == [grown])
    }

    @Test(arguments: StoreUnderTest.allCases)
    func aRestIsCarried(kind: StoreUnderTest) throws {
        let fixture = try kind.makeWorld()
        var rest = World.rest
        for _ in 0..<3 {
            _ = rest.add(1)
            try fixture.change(.roundingRest(rest.key)) { $0.roundingRests.set(rest.key, rest) }
        }
        let dollars = RoundingRest(key: RoundingKey(provider: World.provider, currency: .usd), parts: -1)
        try fixture.change(.roundingRest(dollars.key)) { $0.roundingRests.set(dollars.key, dollars) }
        try fixture.reopen()
        let rests = try fixture.read { reader throws(StoreError) in try reader.roundingRests(of: World.provider) }
        #expect(rests == [rest, dollars])
        #expect(rest.parts == World.rest.parts + 3)
        #expect(try fixture.read { reader throws(StoreError) in try reader.roundingRests(of: World.issuer) } == [])
        try expectRefusal { try fixture.change(.roundingRest(rest.key)) { $0.roundingRests.set(rest.key, nil) } }
    }
}
