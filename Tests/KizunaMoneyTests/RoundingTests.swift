import KizunaMoney
import Testing

@Suite struct RoundingTests {
    @Test(
        arguments: [
            // dividend, divisor: down, up, halfUp, halfEven
            (0, 3, 0, 0, 0, 0), (6, 3, 2, 2, 2, 2), (-6, 3, -2, -2, -2, -2), (1, 3, 0, 1, 0, 0), (2, 3, 0, 1, 1, 1),
            (-1, 3, -1, 0, 0, 0), (-2, 3, -1, 0, -1, -1), (1, 2, 0, 1, 1, 0), (3, 2, 1, 2, 2, 2), (5, 2, 2, 3, 3, 2),
            (-1, 2, -1, 0, -1, 0), (-3, 2, -2, -1, -2, -2), (-5, 2, -3, -2, -3, -2), (21, 10, 2, 3, 2, 2),
            (5, 1, 5, 5, 5, 5), (-5, 1, -5, -5, -5, -5), (24, 5, 4, 5, 5, 5), (22, 5, 4, 5, 4, 4),
        ] as [(Int128, Int128, Int128, Int128, Int128, Int128)]
    )
    func rounds(dividend: Int128, divisor: Int128, down: Int128, up: Int128, halfUp: Int128, halfEven: Int128) {
        #expect(Rounding.down.quotient(dividend, by: divisor) == down)
        #expect(Rounding.up.quotient(dividend, by: divisor) == up)
        #expect(Rounding.halfUp.quotient(dividend, by: divisor) == halfUp)
        #expect(Rounding.halfEven.quotient(dividend, by: divisor) == halfEven)
    }

    /// The ends of 128 bits: no step of the division may overflow.
    @Test(arguments: Rounding.allCases) func dividesTheLargest(rounding: Rounding) throws {
        for dividend in [Int128.max, .max - 1, .min, .min + 1] {
            for divisor in [Int128(1), 2, 3, 10, .max - 1, .max] {
                let exact = try #require(BigInteger("\(dividend)"))
                    .divided(by: try #require(BigInteger("\(divisor)")), rounding: rounding)
                #expect("\(rounding.quotient(dividend, by: divisor))" == exact.description)
            }
        }
    }

    @Test(arguments: seeds) func agreesWithTheOracle(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let dividend = Int128(random.int64()) * Int128(random.int64())
            // Small divisors make halves likely.
            let small = Bool.random(using: &random)
            let divisor = small ? Int128(Int.random(in: 1...8, using: &random)) : Int128(random.positiveInt64())
            let exact = try #require(BigInteger("\(dividend)"))
            for rounding in Rounding.allCases {
                #expect(
                    "\(rounding.quotient(dividend, by: divisor))"
                        == exact.divided(by: try #require(BigInteger("\(divisor)")), rounding: rounding).description
                )
            }
        }
    }
}
