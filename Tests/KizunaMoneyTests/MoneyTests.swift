import KizunaMoney
import Testing

@Suite struct MoneyTests {
    @Test(
        arguments: [
            (2, 3, 5), (0, .max, .max), (0, .min, .min), (-4, 4, 0), (.max, .min, -1), (.max - 1, 1, .max),
            (.min + 1, -1, .min),
        ] as [(Int64, Int64, Int64)]
    )
    func addsExactly(left: Int64, right: Int64, sum: Int64) throws {
        #expect(try yen(left).adding(yen(right)) == yen(sum))
        #expect(try yen(right).adding(yen(left)) == yen(sum))
    }

    @Test(
        arguments: [
            (5, 3, 2), (3, 5, -2), (0, .max, -.max), (.min, .min, 0), (-1, .min, .max), (.max, .max, 0),
        ] as [(Int64, Int64, Int64)]
    )
    func subtractsExactly(left: Int64, right: Int64, difference: Int64) throws {
        #expect(try yen(left).subtracting(yen(right)) == yen(difference))
    }

    @Test func neverWraps() {
        #expect(throws: MoneyError.overflow) { try yen(.max).adding(yen(1)) }
        #expect(throws: MoneyError.overflow) { try yen(.min).adding(yen(-1)) }
        #expect(throws: MoneyError.overflow) { try yen(.min).subtracting(yen(1)) }
        #expect(throws: MoneyError.overflow) { try yen(0).subtracting(yen(.min)) }
    }

    @Test func refusesToMixCurrencies() {
        let riel = Money(minorUnits: 1, currency: .khr)
        #expect(throws: MoneyError.currencyMismatch) { try yen(1).adding(riel) }
        #expect(throws: MoneyError.currencyMismatch) { try yen(1).subtracting(riel) }
        #expect(throws: MoneyError.currencyMismatch) { try yen(1).isLess(than: riel) }
        #expect(yen(1) != riel)
        #expect(yen(0) != .zero(.khr))
    }

    @Test(arguments: seeds) func sumsAreExactOrRefused(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let (left, right) = (random.int64(), random.int64())
            let exactly = { (number: BigInteger) -> Result<Money, MoneyError> in
                number.int64.map { .success(yen($0)) } ?? .failure(.overflow)
            }
            #expect(
                outcome { () throws(MoneyError) in try yen(left).adding(yen(right)) }
                    == exactly(BigInteger(left) + BigInteger(right))
            )
            #expect(
                outcome { () throws(MoneyError) in try yen(left).subtracting(yen(right)) }
                    == exactly(BigInteger(left) - BigInteger(right))
            )
        }
    }

    @Test(
        arguments: [
            (0, .jpy, true, false, true), (1, .jpy, false, true, true), (-1, .jpy, false, false, true),
            (1, .usd, false, true, true), (100, .khr, false, true, true), (50, .khr, false, true, false),
            (-100, .khr, false, false, true), (-1, .khr, false, false, false), (.min, .khr, false, false, false),
        ] as [(Int64, Currency, Bool, Bool, Bool)]
    )
    func saysWhatItIs(minorUnits: Int64, currency: Currency, isZero: Bool, isPositive: Bool, isPayable: Bool) {
        let money = Money(minorUnits: minorUnits, currency: currency)
        #expect(money.isZero == isZero)
        #expect(money.isPositive == isPositive)
        #expect(money.isPayable == isPayable)
    }

    @Test func compares() throws {
        #expect(try yen(-1).isLess(than: yen(0)))
        #expect(try !yen(1).isLess(than: yen(1)))
        #expect(try !yen(.max).isLess(than: yen(.min)))
    }
}

private func yen(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: .jpy) }
