import KizunaLedger
import KizunaMoney
import KizunaPayments
import Testing

@Suite struct RoundingTests {
    /// `S − M × R` of the worked examples, by exchange.
    @Test(
        arguments: zip(
            Example.all + [.bridged],
            [
                ["0.42474776"], ["0.009631962"], ["0.043143812"], ["0.335411"], ["0.90625"], ["0.25317955"],
                ["0.9472", "0.009364424"],
            ]
        )
    )
    func gainsAreExact(example: Example, gains: [String]) throws {
        let price = try World.price(example)
        let found = try price.roundingGains(by: World.provider)
        #expect(found.map { RoundingRest(key: $0.key, parts: $0.parts).majorUnits } == gains)
        #expect(found.map(\.key.provider) == [World.provider, World.secondProvider].prefix(found.count).map { $0 })
        for gain in found {
            let unit =
                RoundingGain.partsPerMajorUnit / gain.key.currency.minorUnitsPerMajor
                * gain.key.currency.customerUnitMinorUnits
            #expect(0..<unit ~= gain.parts)
        }
    }

    /// Whatever goes back takes its share of the gain with it; of a payment that was refunded in full none is left.
    @Test(arguments: Example.all + [.bridged], 1...20) func shrinksWithRefunds(example: Example, seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let price = try World.price(example)
        let whole = price.merchantAmount.minorUnits
        let unit = price.merchantAmount.currency.customerUnitMinorUnits
        for _ in 0..<20 {
            let part = Int64.random(in: 0...whole / unit, using: &dice) * unit
            let gains = try price.roundingGains(by: World.provider, refundedMinorUnits: part)
            #expect(gains.allSatisfy { $0.parts >= 0 })
        }
        let gains = try price.roundingGains(by: World.provider, refundedMinorUnits: whole)
        #expect(gains.allSatisfy { $0.parts == 0 })
    }

    @Test(arguments: [Currency.jpy, .khr, .usd], 1...20) func losesNothingOnTheWayToTheAccount(
        currency: Currency,
        seed: UInt64
    ) throws {
        var dice = Dice(seed: seed)
        let key = RoundingKey(provider: World.provider, currency: currency)
        let unit = RoundingGain.partsPerMajorUnit / currency.minorUnitsPerMajor * currency.customerUnitMinorUnits
        var rest = RoundingRest(key: key)
        var books = Ledger(accounts: [Account(id: key.account), Account(id: key.contra)])
        var (sum, lines): (Int64, Int) = (0, 0)
        for number in 1...1_000 {
            let change = Int64.random(in: Bool.random(using: &dice) ? 0...unit - 1 : -min(sum, unit)...0, using: &dice)
            sum += change
            let units = rest.add(change)
            try books.postRounding(
                units,
                of: key,
                transaction: UniqueID(high: 1, low: UInt64(number)),
                at: World.now
            )
            lines += units.isZero ? 0 : 1
            let shown = try #require(books.account(key.account)?.positionMinorUnits)
            #expect(shown >= 0 && shown % currency.customerUnitMinorUnits == 0)
            #expect(rest.parts.magnitude < (RoundingRest.lot * unit).magnitude)
            #expect(shown / currency.customerUnitMinorUnits * unit + rest.parts == sum)
        }
        #expect(lines <= 1_000 / Int(RoundingRest.lot))
        #expect(
            books.account(key.contra)?.positionMinorUnits == books.account(key.account).map { -$0.positionMinorUnits }
        )
    }

    @Test(arguments: [
        (Int64(999_999_999_999_999), Int64(0), "99.9999999999999"), (1_000_000_000_000_000, 100, "0"),
        (-999_999_999_999_999, 0, "-99.9999999999999"), (-1_000_000_000_000_000, -100, "0"),
        (1_234_567_890_123_456, 123, "0.4567890123456"),
    ])
    func movesWholeLots(parts: Int64, units: Int64, left: String) {
        var rest = RoundingRest(key: RoundingKey(provider: World.provider, currency: .jpy))
        #expect(rest.add(parts).minorUnits == units)
        #expect(rest.majorUnits == left)
    }
}
