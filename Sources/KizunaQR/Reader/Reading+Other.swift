import KizunaMoney

/// What is asked of codes that are neither ours nor payable here: enough to name them without mistake.
///
/// Their own countries' rules differ: some lack 52, 59 or 60, write amounts of zero, or take another format indicator.
extension Reading {
    mutating func checkOther(_ bytes: Span<UInt8>) {
        checkFormatAndInitiation(bytes, anyFormat: true)
        checkForeignCurrency(bytes)
        checkForeignAmount(bytes)
        require(RootTag.bits(RootTag.payloadFormat, RootTag.currency))
        if index.network == nil || index.network == .unknown { require(RootTag.bits(RootTag.country)) }
    }

    private mutating func checkForeignCurrency(_ bytes: Span<UInt8>) {
        let slot = index.root[RootTag.currency]
        guard slot.isPresent else { return }
        limit(RootTag.currency, to: 3...3)
        guard slot.scalarCount == 3 else { return }
        guard TimestampText.isDigits(slot, in: bytes) else {
            return noteValue(TagPath(tag: RootTag.currency), .digits, slot)
        }
        var numeric = 0
        for index in slot.start..<slot.end { numeric = numeric * 10 + Int(bytes[index] - UInt8(ascii: "0")) }
        index.currency = Currency(numeric: numeric)
    }

    private mutating func checkForeignAmount(_ bytes: Span<UInt8>) {
        let slot = index.root[RootTag.amount]
        guard slot.byteCount > 0 else { return }
        limit(RootTag.amount, to: 1...13)
        let amount = AmountText(slot, in: bytes)
        guard amount.isDecimal else { return noteValue(TagPath(tag: RootTag.amount), .amountDigits, slot) }
        if let currency = index.currency { index.amountMinorUnits = amount.exactMinorUnits(currency.exponent) }
    }
}
