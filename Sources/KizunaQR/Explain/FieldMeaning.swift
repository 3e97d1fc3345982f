import KizunaMoney

/// Says in words what a coded value stands for.
enum FieldMeaning {
    static func of(_ value: String, at path: TagPath, _ index: QRIndex) -> String? {
        switch (path.root, path.sub) {
        case (01, nil): return initiation(value)
        case (53, nil): return index.currency?.code
        case (54, nil): return amount(index)
        case (55, nil): return tip(value)
        case (99, 0), (99, 1): return index.hasTimestamps ? moment(value) : nil
        case (62, .some(1...8)) where value == "***": return "the wallet asks the payer"
        default: return nil
        }
    }

    private static func amount(_ index: QRIndex) -> String? {
        guard let currency = index.currency, let units = index.amountMinorUnits else { return nil }
        return Money(minorUnits: units, currency: currency).description
    }

    private static func initiation(_ value: String) -> String? {
        switch value {
        case "11": "static: reusable"
        case "12": "dynamic: one payment"
        default: nil
        }
    }

    private static func tip(_ value: String) -> String? {
        switch value {
        case "01": "the wallet asks for a tip"
        case "02": "a fixed fee is added"
        case "03": "a fee in percent is added"
        default: nil
        }
    }

    /// The moment in UTC, to the second.
    private static func moment(_ value: String) -> String? {
        guard let milliseconds = Int64(value) else { return nil }
        return UTCText.text(of: Timestamp(milliseconds: milliseconds))
    }
}

/// Dates in UTC without a library: days since 1970 in the proleptic Gregorian calendar.
enum UTCText {
    /// A moment such as `2025-10-09 08:53:20 UTC`.
    static func text(of moment: Timestamp) -> String {
        let seconds = moment.milliseconds.flooredQuotient(by: 1_000)
        let days = seconds.flooredQuotient(by: 86_400)
        let second = seconds - days * 86_400
        let (year, month, day) = date(daysSince1970: days)
        let time = [second / 3_600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
        return "\(year)-\(twoDigits(month))-\(twoDigits(day)) \(time) UTC"
    }

    /// Counts in eras of 400 years that begin on 1 March, so that the leap day comes last.
    private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func twoDigits(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
}

extension Int64 {
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
