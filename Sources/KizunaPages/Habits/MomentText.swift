package import KizunaMoney
package import KizunaPayments
import KizunaWeb

/// A moment as people of a country read it off their own clocks and calendars.
package struct MomentText: Sendable {
    private let date: CalendarDate
    private let secondsOfDay: Int64
    private let moment: Timestamp
    private let country: Country

    private static let millisecondsPerDay: Int64 = 86_400_000

    package init(_ moment: Timestamp, in country: Country) {
        self.moment = moment
        self.country = country
        let local = moment.adding(country.clockAhead).milliseconds
        let day = country.day(at: moment)
        date = CalendarDate(daysSince1970: Int64(day))
        secondsOfDay = (local - Int64(day) * MomentText.millisecondsPerDay) / 1_000
    }

    /// `17:25`.
    package var time: String { "\(two(secondsOfDay / 3_600)):\(two(secondsOfDay / 60 % 60))" }

    /// `17:25:08`.
    package var timeWithSeconds: String { "\(time):\(two(secondsOfDay % 60))" }

    /// `2026-11-29`, for files and forms.
    package var isoDate: String { "\(date.year)-\(two(date.month))-\(two(date.day))" }

    /// `29 November 2026`, `2026年11月29日`, `ថ្ងៃទី 29 ខែវិច្ឆិកា ឆ្នាំ 2026`.
    package func date(_ words: Words) -> String {
        switch words.language {
        case .english: "\(date.day) \(month(words)) \(date.year)"
        case .japanese: "\(date.year)年\(date.month)月\(date.day)日"
        case .khmer: "ថ្ងៃទី \(date.day) ខែ\(month(words)) ឆ្នាំ \(date.year)"
        }
    }

    /// Date, time and whose clock it is.
    package func full(_ words: Words) -> String { "\(date(words)) \(time) (\(zone(words)))" }

    /// The moment on a page, which programs can read too. A line may end between the date and the time only.
    package func markup(_ words: Words) -> Markup {
        """
        <time datetime="\(moment.rfc3339)"><span class="whole">\(date(words))</span> \
        <span class="whole">\(time) (\(zone(words)))</span></time>
        """
    }

    /// The time of day alone.
    package var timeMarkup: Markup { "<time datetime=\"\(moment.rfc3339)\">\(time)</time>" }

    private func zone(_ words: Words) -> String {
        switch country {
        case .cambodia: words.frame.phnomPenhTime
        case .japan: words.frame.tokyoTime
        }
    }

    private func month(_ words: Words) -> String { words.frame.months[Int(date.month) - 1] }

    private func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
