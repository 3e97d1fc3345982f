/// Plain decimal text: ASCII digits with at most one point that has digits on both sides.
enum DecimalText {
    /// Reads the text as `digits / 10^decimals`. Zeros behind the last decimal that counts are dropped, so that
    /// `5000.00` and `5000` read alike.
    ///
    /// - Throws: the first of these that holds: ``MoneyError/notANumber`` for anything but digits and one inner point
    ///   (no sign, blank or exponent); ``MoneyError/tooManyDecimals`` for more that count than `maximumDecimals`;
    ///   ``MoneyError/overflow`` when the digits do not fit 64 bits.
    static func read(
        _ text: some StringProtocol,
        maximumDecimals: Int
    ) throws(MoneyError) -> (digits: Int64, decimals: Int) {
        var number = (digits: Int64(0), overflow: false)
        var decimals = 0
        var pendingZeros = 0
        var seenPoint = false
        var lastWasDigit = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0") where seenPoint:
                pendingZeros += 1
                lastWasDigit = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                for _ in 0..<pendingZeros { append(0, to: &number) }
                append(Int64(byte - UInt8(ascii: "0")), to: &number)
                decimals += seenPoint ? pendingZeros + 1 : 0
                pendingZeros = 0
                lastWasDigit = true
            case UInt8(ascii: ".") where !seenPoint && lastWasDigit:
                seenPoint = true
                lastWasDigit = false
            default:
                throw .notANumber
            }
        }
        guard lastWasDigit else { throw .notANumber }
        guard decimals <= maximumDecimals else { throw .tooManyDecimals }
        guard !number.overflow else { throw .overflow }
        return (number.digits, decimals)
    }

    /// Writes `digits / 10^decimals` with exactly that many decimals.
    static func write(digits: Int64, decimals: Int) -> String {
        let magnitude = digits.magnitude
        let figures = max(figureCount(magnitude), decimals + 1)
        let width = figures + (decimals > 0 ? 1 : 0) + (digits < 0 ? 1 : 0)
        return String(unsafeUninitializedCapacity: width) { bytes in
            var rest = magnitude
            var position = width
            for place in 0..<figures {
                if place == decimals, place > 0 {
                    position -= 1
                    bytes[position] = UInt8(ascii: ".")
                }
                position -= 1
                bytes[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            if digits < 0 { bytes[0] = UInt8(ascii: "-") }
            return width
        }
    }

    /// How many figures a number has without leading zeros; one for zero.
    private static func figureCount(_ number: UInt64) -> Int {
        var count = 1
        while count < powersOfTen.count, number >= powersOfTen[count].magnitude { count += 1 }
        return count
    }

    private static func append(_ digit: Int64, to number: inout (digits: Int64, overflow: Bool)) {
        let (tens, tooLarge) = number.digits.multipliedReportingOverflow(by: 10)
        let (sum, overflow) = tens.addingReportingOverflow(digit)
        number = (sum, number.overflow || tooLarge || overflow)
    }
}

/// Ten to a power from 0 to 18, all that 64 bits hold.
func powerOfTen(_ exponent: Int) -> Int64 { powersOfTen[exponent] }

private let powersOfTen: [Int64] = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
    100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
]
