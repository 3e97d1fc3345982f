/// Plain decimal text: ASCII digits with at most one point that has digits on both sides.
enum DecimalText {
    /// Reads the text as `digits / 10^decimals`. Zeros behind the last decimal that counts are dropped, so that
    /// `5000.00` and `5000` read alike.
    ///
    /// - Throws: ``MoneyError/notANumber`` for anything but digits and one inner point (no sign, blank or exponent);
    ///   ``MoneyError/overflow`` past 18 significant digits.
    static func read(_ text: some StringProtocol) throws(MoneyError) -> (digits: Int64, decimals: Int) {
        var digits: Int64 = 0
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
                for _ in 0..<pendingZeros { digits = try shifted(digits, adding: 0) }
                digits = try shifted(digits, adding: Int64(byte - UInt8(ascii: "0")))
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
        return (digits, decimals)
    }

    /// Writes `digits / 10^decimals` with exactly that many decimals.
    static func write(digits: Int64, decimals: Int) -> String {
        let text = String(digits.magnitude)
        let sign = digits < 0 ? "-" : ""
        guard decimals > 0 else { return sign + text }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - text.utf8.count)) + text
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    private static let limit = powerOfTen(18)

    private static func shifted(_ digits: Int64, adding digit: Int64) throws(MoneyError) -> Int64 {
        guard digits < limit / 10 else { throw .overflow }
        return digits * 10 + digit
    }
}

/// Ten to a power from 0 to 18.
func powerOfTen(_ exponent: Int) -> Int64 {
    precondition(0...18 ~= exponent, "Int64 holds powers of ten up to 18")
    var power: Int64 = 1
    for _ in 0..<exponent { power *= 10 }
    return power
}
