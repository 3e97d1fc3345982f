/// A whole number of any size, the slow and obvious way: what the fast arithmetic of the module is measured by.
///
/// Sign and magnitude, 32 bits a limb, the lowest limb first. Every operation is the one learnt at school; nothing here
/// uses the code under test or a wide integer of the standard library.
struct BigInteger: Hashable {
    /// Without zeros at the high end; empty for zero.
    private(set) var limbs: [UInt32]
    /// Never set for zero.
    private(set) var isNegative: Bool

    private init(limbs: [UInt32], isNegative: Bool) {
        var limbs = limbs
        while limbs.last == 0 { limbs.removeLast() }
        self.limbs = limbs
        self.isNegative = isNegative && !limbs.isEmpty
    }

    init(_ number: Int64) {
        let magnitude = number.magnitude
        self.init(
            limbs: [UInt32(truncatingIfNeeded: magnitude), UInt32(truncatingIfNeeded: magnitude >> 32)],
            isNegative: number < 0
        )
    }

    /// Reads decimal digits behind an optional minus sign.
    init?(_ text: some StringProtocol) {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty else { return nil }
        var value = BigInteger(0)
        for byte in digits.utf8 {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            value = value * 10 + BigInteger(Int64(byte - UInt8(ascii: "0")))
        }
        self = text.hasPrefix("-") ? -value : value
    }

    static func powerOfTen(_ exponent: Int) -> BigInteger {
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }

    /// The number as an `Int64`, or nil when it has no place there.
    var int64: Int64? { Int64(description) }

    var isZero: Bool { limbs.isEmpty }
    var isEven: Bool { limbs.first.map { $0 % 2 == 0 } ?? true }
    var magnitude: BigInteger { BigInteger(limbs: limbs, isNegative: false) }
}

extension BigInteger: ExpressibleByIntegerLiteral {
    init(integerLiteral value: Int64) { self.init(value) }
}

extension BigInteger: Comparable {
    static func < (left: BigInteger, right: BigInteger) -> Bool {
        switch (left.isNegative, right.isNegative) {
        case (true, false): true
        case (false, true): false
        case (false, false): isLess(left.limbs, right.limbs)
        case (true, true): isLess(right.limbs, left.limbs)
        }
    }

    private static func isLess(_ left: [UInt32], _ right: [UInt32]) -> Bool {
        guard left.count == right.count else { return left.count < right.count }
        for index in left.indices.reversed() where left[index] != right[index] { return left[index] < right[index] }
        return false
    }
}

extension BigInteger {
    static prefix func - (number: BigInteger) -> BigInteger {
        BigInteger(limbs: number.limbs, isNegative: !number.isNegative)
    }

    static func + (left: BigInteger, right: BigInteger) -> BigInteger {
        if left.isNegative == right.isNegative {
            return BigInteger(limbs: sum(left.limbs, right.limbs), isNegative: left.isNegative)
        }
        return isLess(left.limbs, right.limbs)
            ? BigInteger(limbs: difference(right.limbs, left.limbs), isNegative: right.isNegative)
            : BigInteger(limbs: difference(left.limbs, right.limbs), isNegative: left.isNegative)
    }

    static func - (left: BigInteger, right: BigInteger) -> BigInteger { left + -right }

    static func * (left: BigInteger, right: BigInteger) -> BigInteger {
        var product = [UInt32](repeating: 0, count: left.limbs.count + right.limbs.count)
        for (row, factor) in left.limbs.enumerated() {
            var carry: UInt64 = 0
            for (column, other) in right.limbs.enumerated() {
                let total = UInt64(factor) * UInt64(other) + UInt64(product[row + column]) + carry
                product[row + column] = UInt32(truncatingIfNeeded: total)
                carry = total >> 32
            }
            product[row + right.limbs.count] = UInt32(carry)
        }
        return BigInteger(limbs: product, isNegative: left.isNegative != right.isNegative)
    }

    /// Long division, bit by bit: `self = quotient × divisor + remainder`, the remainder from zero to below the divisor.
    ///
    /// - Parameter divisor: positive.
    func flooredDivision(by divisor: BigInteger) -> (quotient: BigInteger, remainder: BigInteger) {
        precondition(divisor > 0, "The oracle divides by positive numbers only")
        var quotient = [UInt32](repeating: 0, count: limbs.count)
        // One limb more than the divisor, for the bit that moves in before the divisor is taken away.
        var rest = [UInt32](repeating: 0, count: divisor.limbs.count + 1)
        let step = divisor.limbs + [0]
        for index in limbs.indices.reversed() {
            for bit in (0..<32).reversed() {
                var carry = limbs[index] >> UInt32(bit) & 1
                for place in rest.indices {
                    let high = rest[place] >> 31
                    rest[place] = rest[place] << 1 | carry
                    carry = high
                }
                guard !BigInteger.isLess(rest, step) else { continue }
                rest = BigInteger.difference(rest, step)
                quotient[index] |= 1 << UInt32(bit)
            }
        }
        let remainder = BigInteger(limbs: rest, isNegative: false)
        let toZero = BigInteger(limbs: quotient, isNegative: isNegative)
        return isNegative && !remainder.isZero ? (toZero - 1, divisor - remainder) : (toZero, remainder)
    }

    private static func sum(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var sum: [UInt32] = []
        var carry: UInt64 = 0
        for index in 0..<max(left.count, right.count) {
            let total = UInt64(limb(left, index)) + UInt64(limb(right, index)) + carry
            sum.append(UInt32(truncatingIfNeeded: total))
            carry = total >> 32
        }
        return sum + [UInt32(carry)]
    }

    /// The larger magnitude first.
    private static func difference(_ larger: [UInt32], _ smaller: [UInt32]) -> [UInt32] {
        var borrow: Int64 = 0
        return larger.indices.map { index in
            var rest = Int64(larger[index]) - Int64(limb(smaller, index)) - borrow
            borrow = rest < 0 ? 1 : 0
            rest += borrow << 32
            return UInt32(rest)
        }
    }

    private static func limb(_ limbs: [UInt32], _ index: Int) -> UInt32 { index < limbs.count ? limbs[index] : 0 }
}

extension BigInteger: CustomStringConvertible {
    var description: String {
        guard !isZero else { return "0" }
        var digits: [UInt8] = []
        var rest = limbs
        while !rest.isEmpty {
            // Nine digits at a time: ten to the ninth fits a limb.
            var remainder: UInt64 = 0
            for index in rest.indices.reversed() {
                let part = remainder << 32 | UInt64(rest[index])
                rest[index] = UInt32(part / 1_000_000_000)
                remainder = part % 1_000_000_000
            }
            while rest.last == 0 { rest.removeLast() }
            for _ in 0..<9 {
                digits.append(UInt8(ascii: "0") + UInt8(remainder % 10))
                remainder /= 10
            }
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (isNegative ? "-" : "") + String(decoding: digits.reversed(), as: UTF8.self)
    }
}
