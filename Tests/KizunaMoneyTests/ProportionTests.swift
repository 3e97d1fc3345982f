import KizunaMoney
import Testing

@Suite struct ProportionTests {
    @Test(
        arguments: [
            (5_337_500, .khr, 50, .halfUp, 26_700), (1_332, .usd, 50, .halfUp, 7), (1_980, .jpy, 160, .halfUp, 32),
            (1_980, .jpy, 80, .halfUp, 16), (1_980, .jpy, 10, .halfUp, 2), (4_200_000, .khr, 80, .halfUp, 33_600),
            (1_250, .usd, 80, .halfUp, 10), (10_000, .khr, 80, .halfUp, 100), (1, .jpy, 160, .halfUp, 0),
            (1, .jpy, 5_000, .halfUp, 1), (1, .jpy, 5_000, .halfEven, 0), (3, .jpy, 5_000, .halfEven, 2),
            (100, .jpy, 0, .up, 0),
            (100, .jpy, -50, .up, 0), (100, .jpy, -50, .down, -1), (.max, .jpy, 10_000, .up, .max),
            (.min, .jpy, 10_000, .up, .min),
        ] as [(Int64, Currency, Int64, Rounding, Int64)]
    )
    func takesAShare(minorUnits: Int64, currency: Currency, basisPoints: Int64, rounding: Rounding, share: Int64) throws
    {
        let money = Money(minorUnits: minorUnits, currency: currency)
        #expect(try money.share(basisPoints: basisPoints, rounding: rounding).minorUnits == share)
    }

    @Test func stopsAt64Bits() {
        #expect(throws: MoneyError.overflow) {
            try Money(minorUnits: .max, currency: .jpy).share(basisPoints: 10_001, rounding: .down)
        }
        #expect(throws: MoneyError.overflow) {
            try Money(minorUnits: .max, currency: .khr).share(basisPoints: 10_000, rounding: .up)
        }
        #expect(throws: MoneyError.overflow) {
            try Money(minorUnits: .min, currency: .jpy).proportion(.min, of: 1, rounding: .up)
        }
        #expect(throws: MoneyError.overflow) {
            try Money(minorUnits: .min, currency: .jpy).proportion(-1, of: 1, rounding: .up)
        }
        #expect(throws: Never.self) {
            try Money(minorUnits: .min, currency: .jpy).proportion(.max, of: .max, rounding: .down)
        }
    }

    @Test(arguments: seeds) func agreesWithTheOracle(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let (amount, part, whole, rounding) = (
                random.money(), random.int64(), random.positiveInt64(), random.rounding()
            )
            let product = BigInteger(amount.minorUnits) * BigInteger(part)
            #expect(
                outcome { () throws(MoneyError) in try amount.proportion(part, of: whole, rounding: rounding) }
                    == product.money(dividedBy: BigInteger(whole), in: amount.currency, rounding: rounding)
            )
            #expect(
                outcome { () throws(MoneyError) in try amount.share(basisPoints: part, rounding: rounding) }
                    == product.money(dividedBy: 10_000, in: amount.currency, rounding: rounding)
            )
        }
    }
}
