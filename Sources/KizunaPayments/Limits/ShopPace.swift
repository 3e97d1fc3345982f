/// How often a shop is paid, so that an operator hears of it when that is far more often than usual (`flows.md` 11).
///
/// It raises an alert and blocks nothing.
public struct ShopPace: Sendable, Hashable {
    /// So many times as often as usual is unusual.
    public static let alarmFactor: Int64 = 10
    /// A shop that is new, or seldom paid, is taken for one with so many payments a day: its first busy day is none to
    /// worry about.
    public static let leastUsual: Int64 = 10

    /// What one payment more has changed.
    public enum Change: Sendable, Hashable {
        case nothing
        /// Today's payments have just become unusually many.
        case alarming
        /// The unusual day is over.
        case calmed
    }

    public let merchant: MerchantID
    /// The last day on which the shop was paid, in its country.
    public private(set) var day: Int
    /// Payments on that day.
    public private(set) var today: Int64
    /// Payments on a usual day, in sixteenths.
    public private(set) var usualSixteenths: Int64

    public init(merchant: MerchantID, day: Int, today: Int64 = 0, usualSixteenths: Int64 = 0) {
        self.merchant = merchant
        self.day = day
        self.today = today
        self.usualSixteenths = usualSixteenths
    }

    /// Counts one more payment.
    ///
    /// - Parameter today: the day in the shop's country.
    public mutating func count(on today: Int) -> Change {
        let wasAlarming = isAlarming
        if today > day { begin(today) }
        self.today += 1
        if isAlarming { return wasAlarming ? .nothing : .alarming }
        return wasAlarming ? .calmed : .nothing
    }

    /// Whether the day's payments are more than a usual day's by the factor.
    public var isAlarming: Bool { today > ShopPace.alarmFactor * max(ShopPace.leastUsual, usualSixteenths / 16) }

    /// A day counts for an eighth, so about a week is remembered; days without a payment count as such.
    private mutating func begin(_ next: Int) {
        var counted = today * 16
        // After so many quiet days nothing usual is left.
        for _ in 0..<min(next - day, 60) {
            usualSixteenths += (counted - usualSixteenths) / 8
            counted = 0
        }
        (day, today) = (next, 0)
    }
}
