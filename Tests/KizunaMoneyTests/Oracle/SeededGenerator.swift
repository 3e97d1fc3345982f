import KizunaMoney

/// SplitMix64: the same numbers for the same seed, on every machine and in every release.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Draws that look for trouble: every size is as likely as the next, and the edges come up often.
extension SeededGenerator {
    mutating func int64() -> Int64 {
        if Int.random(in: 0..<8, using: &self) == 0 {
            let edges: [Int64] = [.max, .min, .max - 1, .min + 1, 0, 1, -1, 50, 99, 100, 101, 10_000, -100]
            return edges[Int.random(in: edges.indices, using: &self)]
        }
        let shift = UInt64.random(in: 0..<64, using: &self)
        return Int64(bitPattern: next()) >> Int64(shift)
    }

    mutating func positiveInt64() -> Int64 {
        Int64(clamping: max(1, int64().magnitude))
    }

    /// The currencies of the corridors half of the time.
    mutating func currency() -> Currency {
        let common: [Currency] = [.jpy, .khr, .usd]
        let choice = Bool.random(using: &self) ? common : Currency.all
        return choice[Int.random(in: choice.indices, using: &self)]
    }

    mutating func money() -> Money { Money(minorUnits: int64(), currency: currency()) }

    mutating func rounding() -> Rounding {
        Rounding.allCases[Int.random(in: Rounding.allCases.indices, using: &self)]
    }

    /// Digits and decimals of a rate, 1 to `maximumDigits` of them, closing zeros among them.
    mutating func rateParts(maximumDigits: Int = 18) -> (digits: Int64, decimals: Int) {
        let length = Int.random(in: 1...maximumDigits, using: &self)
        let figures = (0..<length).map { place in
            // An early digit that is not zero, so that the number is positive.
            String(Int.random(in: (place == 0 ? 1 : 0)...9, using: &self))
        }
        return (Int64(figures.joined()) ?? 1, Int.random(in: 0...10, using: &self))
    }
}

/// How many different runs each property gets; the seed is the test's argument, so a failure names its replay.
let seeds = 0..<UInt64(40)
