extension Money {
    /// Splits the amount by weights so that the parts add up to it exactly.
    ///
    /// Each part is a whole number of customer units except that a remainder smaller than one unit stays with the
    /// first part that has a weight. What rounding down leaves over goes, a unit each, to the largest remainders; ties
    /// go to the earlier part.
    ///
    /// - Parameter weights: at least one above zero, none below.
    /// - Throws: ``MoneyError/notPositive`` when the weights have no positive sum or one is negative,
    ///   ``MoneyError/overflow`` when their sum does not fit.
    public func allocated(byWeights weights: [Int64]) throws(MoneyError) -> [Money] {
        var total: Int64 = 0
        for weight in weights {
            guard weight >= 0 else { throw .notPositive }
            let (sum, overflow) = total.addingReportingOverflow(weight)
            guard !overflow else { throw .overflow }
            total = sum
        }
        guard total > 0 else { throw .notPositive }

        // In 128 bits to the end: the magnitude of the smallest Int64 has no place among the Int64.
        let unit = Int128(currency.customerUnitMinorUnits)
        let sign: Int128 = minorUnits < 0 ? -1 : 1
        let (wholeUnits, belowOneUnit) = Int128(minorUnits).quotientAndRemainder(dividingBy: unit)
        let units = wholeUnits * sign
        let shares = weights.map { (units * Int128($0)).quotientAndRemainder(dividingBy: Int128(total)) }
        var parts = shares.map(\.quotient)
        let leftOver = Int(units - shares.reduce(0) { $0 + $1.quotient })
        let byRemainder = shares.indices.sorted { (shares[$0].remainder, $1) > (shares[$1].remainder, $0) }
        for index in byRemainder.prefix(leftOver) { parts[index] += 1 }

        var amounts = parts.map { $0 * unit * sign }
        if let first = weights.firstIndex(where: { $0 > 0 }) { amounts[first] += belowOneUnit }
        return amounts.map { Money(minorUnits: Int64($0), currency: currency) }
    }
}
