import KizunaMoney
import Testing

@Suite struct AllocationTests {
    @Test(
        arguments: [
            (100, .jpy, [1, 1, 1], [34, 33, 33]), (-100, .jpy, [1, 1, 1], [-34, -33, -33]),
            (32, .jpy, [14, 16, 2], [14, 16, 2]),
            (5, .jpy, [0, 1, 0, 1], [0, 3, 0, 2]), (1, .jpy, [1, 2], [0, 1]), (1, .jpy, [1, 1], [1, 0]),
            (0, .usd, [1, 2, 3], [0, 0, 0]), (7, .usd, [1], [7]), (100, .usd, [50, 30, 20], [50, 30, 20]),
            // Whole riel; what is below one stays with the first part that has a weight.
            (1_000, .khr, [1, 1, 1], [400, 300, 300]), (1_050, .khr, [0, 1, 1], [0, 550, 500]),
            (50, .khr, [1, 1], [50, 0]),
            (-1_050, .khr, [1, 1], [-550, -500]), (.max, .jpy, [1], [.max]), (.min, .jpy, [1], [.min]),
            (.min, .jpy, [0, .max], [0, .min]), (.min, .khr, [1], [.min]),
            (.min, .jpy, [1, 1], [-4_611_686_018_427_387_904, -4_611_686_018_427_387_904]),
            (.max, .jpy, [.max - 1, 1], [.max - 1, 1]),
        ] as [(Int64, Currency, [Int64], [Int64])]
    )
    func splits(minorUnits: Int64, currency: Currency, weights: [Int64], parts: [Int64]) throws {
        let split = try Money(minorUnits: minorUnits, currency: currency).allocated(byWeights: weights)
        #expect(split.map(\.minorUnits) == parts)
        #expect(split.allSatisfy { $0.currency == currency })
    }

    @Test(
        arguments: [
            ([], .notPositive), ([0], .notPositive), ([0, 0], .notPositive), ([1, -1], .notPositive),
            ([2, -1], .notPositive),
            ([-1], .notPositive),
            ([.max, 1], .overflow), ([.max, .max], .overflow),
        ] as [([Int64], MoneyError)]
    )
    func refuses(weights: [Int64], error: MoneyError) {
        #expect(throws: error) { try Money(minorUnits: 100, currency: .jpy).allocated(byWeights: weights) }
    }

    @Test(arguments: seeds) func partsAreFairAndAddUp(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let money = random.money()
            let unit = money.currency.customerUnitMinorUnits
            let weights = randomWeights(using: &random)
            let total = sum(of: weights)
            var parts = try money.allocated(byWeights: weights).map(\.minorUnits)

            #expect(sum(of: parts) == BigInteger(money.minorUnits))

            let first = try #require(weights.firstIndex { $0 > 0 })
            parts[first] -= money.minorUnits % unit
            let units = parts.map { BigInteger($0 / unit).magnitude }
            let whole = BigInteger(money.minorUnits / unit).magnitude
            for (index, part) in units.enumerated() {
                #expect(parts[index] % unit == 0)
                // Less than a unit away from the exact share, whole × weight ÷ total.
                #expect((part * total - whole * BigInteger(weights[index])).magnitude < total)
                #expect(weights[index] > 0 || part.isZero)
            }
            for left in weights.indices {
                for right in weights.indices
                where weights[left] > weights[right] || weights[left] == weights[right] && left < right {
                    #expect(units[left] >= units[right], "the heavier, or the earlier of equals, gets no less")
                }
            }
        }
    }

    private func sum(of numbers: [Int64]) -> BigInteger {
        numbers.map { BigInteger($0) }.reduce(0, +)
    }

    private func randomWeights(using random: inout SeededGenerator) -> [Int64] {
        let count = Int.random(in: 1...6, using: &random)
        let limits: [Int64] = [3, 1_000, .max / 6]
        let limit = limits[Int.random(in: 0..<3, using: &random)]
        var weights = (0..<count).map { _ in Int64.random(in: 0...limit, using: &random) }
        if weights.allSatisfy({ $0 == 0 }) { weights[count - 1] = 1 }
        return weights
    }
}
