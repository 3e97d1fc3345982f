public import KizunaMoney

/// The days on which banks of a country work, for deadlines that count in business days (`flows.md` 7).
///
/// Saturdays and Sundays are free. Public holidays are a matter of each year's announcements in both countries, so they
/// are given from outside and not kept here; a holiday that is not given makes a deadline earlier, never later.
public struct BusinessCalendar: Sendable, Hashable {
    /// Whose calendar it is.
    public let country: Country
    /// Further free days, as days since 1970-01-01 in the country's own zone.
    public let holidays: Set<Int64>

    public init(_ country: Country, holidays: Set<Int64> = []) {
        self.country = country
        self.holidays = holidays
    }

    /// The end, in the country's zone, of the last of a number of business days after a moment's own day.
    ///
    /// - Parameter businessDays: at least one.
    public func end(ofBusinessDay businessDays: Int, after moment: Timestamp) -> Timestamp {
        precondition(businessDays > 0, "A deadline is at least one business day away")
        var day = day(of: moment)
        var left = businessDays
        while left > 0 {
            day += 1
            if isBusinessDay(day) { left -= 1 }
        }
        return Timestamp(milliseconds: start(ofDay: day + 1))
    }

    /// The day, counted from 1970-01-01, on which a moment falls in the country.
    public func day(of moment: Timestamp) -> Int64 {
        let local = Int128(moment.milliseconds) + Int128(country.zoneOffsetMilliseconds)
        // A quotient by more than one fits where the dividend's 64 bits did.
        return Int64(clamping: Rounding.down.quotient(local, by: Int128(BusinessCalendar.millisecondsPerDay)))
    }

    private func start(ofDay day: Int64) -> Int64 {
        Int64(clamping: Int128(day) * Int128(BusinessCalendar.millisecondsPerDay)) - country.zoneOffsetMilliseconds
    }

    /// Whether banks work on a day, counted from 1970-01-01, which was a Thursday.
    public func isBusinessDay(_ daysSince1970: Int64) -> Bool {
        let daysFromSunday = ((daysSince1970 + 4) % 7 + 7) % 7
        return 1...5 ~= daysFromSunday && !holidays.contains(daysSince1970)
    }

    private static let millisecondsPerDay: Int64 = 24 * 60 * 60 * 1_000
}

extension Country {
    /// How far the country's clocks are ahead of UTC; neither country changes them in summer.
    fileprivate var zoneOffsetMilliseconds: Int64 {
        switch self {
        case .cambodia: 7 * 60 * 60 * 1_000
        case .japan: 9 * 60 * 60 * 1_000
        }
    }
}
