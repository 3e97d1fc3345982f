/// SplitMix64: the seed says everything, on every machine.
package struct SeededDice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return SeededDice.mixed(state)
    }

    /// Spreads a number over all 64 bits.
    static func mixed(_ word: UInt64) -> UInt64 {
        var mixed = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Dice of their own for one purpose, so that throwing them does not shift anybody else's.
    mutating func fork() -> SeededDice { SeededDice(seed: next()) }

    /// A whole number within bounds.
    mutating func number(_ bounds: ClosedRange<Int64>) -> Int64 { Int64.random(in: bounds, using: &self) }

    mutating func number(_ bounds: ClosedRange<Int>) -> Int { Int.random(in: bounds, using: &self) }

    /// Yes, so many times in a hundred.
    mutating func chance(inHundred percent: Int) -> Bool { number(1...100) <= percent }

    /// One of several; there must be one.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[number(0...choices.count - 1)] }

    /// One of several, each as often as its weight says; there must be one with a weight.
    mutating func pick<Choice>(weighted choices: [(weight: Int, choice: Choice)]) -> Choice {
        var left = number(1...choices.reduce(0) { $0 + $1.weight })
        for (weight, choice) in choices {
            left -= weight
            if left <= 0 { return choice }
        }
        preconditionFailure("The weights do not add up")
    }
}
