import Testing

/// Who checks the checker: known answers and the laws of arithmetic.
@Suite struct BigIntegerTests {
    @Test(
        arguments: [
            ("0", "0", "0", "0"),
            ("-1", "1", "0", "-1"),
            ("4294967295", "1", "4294967296", "4294967295"),
            ("18446744073709551615", "-18446744073709551616", "-1", "-340282366920938463444927863358058659840"),
            (
                "99999999999999999999", "99999999999999999999", "199999999999999999998",
                "9999999999999999999800000000000000000001"
            ),
            (
                "-123456789012345678901234567890", "987654321", "-123456789012345678900246913569",
                "-121932631124828532112482853211126352690"
            ),
        ] as [(String, String, String, String)]
    )
    func knowsSumsAndProducts(left: String, right: String, sum: String, product: String) throws {
        let (left, right) = (try #require(BigInteger(left)), try #require(BigInteger(right)))
        #expect((left + right).description == sum)
        #expect((right + left).description == sum)
        #expect((left * right).description == product)
        #expect((left + right - right) == left)
    }

    @Test(
        arguments: [
            ("7", "2", "3", "1"), ("-7", "2", "-4", "1"), ("6", "2", "3", "0"), ("-6", "2", "-3", "0"),
            ("1", "3", "0", "1"),
            ("-1", "3", "-1", "2"),
            (
                "340282366920938463463374607431768211455", "18446744073709551616", "18446744073709551615",
                "18446744073709551615"
            ),
        ] as [(String, String, String, String)]
    )
    func dividesToTheFloor(dividend: String, divisor: String, quotient: String, remainder: String) throws {
        let answer = try #require(BigInteger(dividend)).flooredDivision(by: try #require(BigInteger(divisor)))
        #expect(answer.quotient.description == quotient)
        #expect(answer.remainder.description == remainder)
    }

    @Test(arguments: seeds) func obeysTheLaws(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let (a, b, c) = (BigInteger(random.int64()), BigInteger(random.int64()), BigInteger(random.positiveInt64()))
            #expect((a + b) * c == a * c + b * c)
            #expect(BigInteger((a * b).description) == a * b)
            let (quotient, remainder) = (a * b).flooredDivision(by: c)
            #expect(quotient * c + remainder == a * b)
            #expect(remainder >= 0 && remainder < c)
            #expect(a.int64.map { BigInteger($0) } == a)
        }
    }

    @Test func knowsTheEndsOf64Bits() throws {
        #expect(BigInteger(.max).int64 == .max)
        #expect(BigInteger(.min).int64 == .min)
        #expect((BigInteger(.max) + 1).int64 == nil)
        #expect((BigInteger(.min) - 1).int64 == nil)
    }

    @Test(arguments: ["", "-", "1.0", "+1", " 1", "1-"]) func refuses(text: String) {
        #expect(BigInteger(text) == nil)
    }
}
