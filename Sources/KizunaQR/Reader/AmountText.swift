import KizunaMoney

/// The text of tag 54: digits with at most one point behind the first digit (EMVCo MPM 4.7.4).
struct AmountText {
    /// All digits as one number; nil past 64 bits.
    private var digits: Int64? = 0
    /// Digits behind the point.
    private var decimals = 0
    private var fractionIsZero = true
    private var isPlain = true

    init(_ slot: Slot, in bytes: Span<UInt8>) {
        var point: Int?
        for index in slot.start..<slot.end {
            let byte = bytes[index]
            if isDigit(byte) {
                let digit = Int64(byte - UInt8(ascii: "0"))
                take(digit)
                if point != nil {
                    decimals += 1
                    if digit != 0 { fractionIsZero = false }
                }
            } else if byte == UInt8(ascii: "."), point == nil, index > slot.start {
                point = index
            } else {
                isPlain = false
            }
        }
        if slot.byteCount == 0 { isPlain = false }
    }

    /// The amount in minor units, or the rule that the text breaks.
    ///
    /// - Parameter currency: one whose customers pay whole customer units: whole riel, whole yen, cents.
    func minorUnits(of currency: Currency) -> Result<Int64, Broken> {
        guard isPlain else { return .failure(Broken(.amountDigits)) }
        let allowed = currency.customerUnitMinorUnits == 1 ? currency.exponent : 0
        guard fractionIsZero || decimals <= allowed else { return .failure(Broken(.amountDecimals(allowed: allowed))) }
        guard let units = exactMinorUnits(currency.exponent) else { return .failure(Broken(.amountTooLarge)) }
        return units > 0 ? .success(units) : .failure(Broken(.amountNotZero))
    }

    /// Whether the text is plain digits with at most one inner point, whatever it amounts to.
    var isDecimal: Bool { isPlain }

    /// The amount in minor units of a currency with so many decimals; nil when it is no whole number of them.
    func exactMinorUnits(_ exponent: Int) -> Int64? {
        guard isPlain, var units = digits else { return nil }
        var places = decimals
        while places > exponent {
            guard units % 10 == 0 else { return nil }
            units /= 10
            places -= 1
        }
        for _ in places..<exponent {
            let (product, overflow) = units.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            units = product
        }
        return units
    }

    struct Broken: Error {
        let rule: QRFinding.ValueRule
        init(_ rule: QRFinding.ValueRule) { self.rule = rule }
    }

    private mutating func take(_ digit: Int64) {
        guard let before = digits, before < Int64.max / 10 else { return digits = nil }
        digits = before * 10 + digit
    }
}
