package import KizunaMoney

extension Timestamp {
    /// The moment as RFC 3339 writes it, in UTC and to the millisecond: `2026-11-23T18:04:20.125Z`.
    package var rfc3339: String {
        let (days, millisecondsOfDay) = milliseconds.flooredDivision(by: Timestamp.millisecondsPerDay)
        let date = CalendarDate(daysSince1970: days)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        append(date.year, digits: 4, to: &text)
        for (mark, part) in [("-", date.month), ("-", date.day)] as [(Unicode.Scalar, Int64)] {
            text.append(UInt8(ascii: mark))
            append(part, digits: 2, to: &text)
        }
        let seconds = millisecondsOfDay / 1_000
        let parts: [(Unicode.Scalar, Int64)] = [("T", seconds / 3_600), (":", seconds / 60 % 60), (":", seconds % 60)]
        for (mark, part) in parts {
            text.append(UInt8(ascii: mark))
            append(part, digits: 2, to: &text)
        }
        text.append(UInt8(ascii: "."))
        append(millisecondsOfDay % 1_000, digits: 3, to: &text)
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    private func append(_ number: Int64, digits: Int, to text: inout [UInt8]) {
        var divisor = (1..<digits).reduce(Int64(1)) { power, _ in power * 10 }
        while divisor > 0 {
            text.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    /// Reads a moment of RFC 3339 in UTC: `2026-11-23T18:04:20Z`, with up to nine decimals of a second, of which
    /// milliseconds count; the offset may be spelt `+00:00`.
    ///
    /// Other offsets, leap seconds and years before 1970 are not moments of a payment.
    package init?(rfc3339 text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4, from: 1_970), reader.pass("-"), let month = reader.number(2, from: 1, to: 12),
            reader.pass("-"), let day = reader.number(2, from: 1, to: CalendarDate.days(in: month, of: year)),
            reader.pass("T"), let hour = reader.number(2, to: 23), reader.pass(":"),
            let minute = reader.number(2, to: 59), reader.pass(":"), let second = reader.number(2, to: 59),
            let fraction = reader.milliseconds(), reader.pass("Z") || reader.pass("+00:00"), reader.isAtEnd
        else { return nil }
        let days = CalendarDate(year: year, month: month, day: day).daysSince1970
        let seconds = (hour * 60 + minute) * 60 + second
        self.init(milliseconds: days * Timestamp.millisecondsPerDay + seconds * 1_000 + fraction)
    }

    private static let millisecondsPerDay: Int64 = 86_400_000
}

/// Takes fixed numbers of digits and marks off the front of a text.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func pass(_ mark: String) -> Bool {
        guard rest.starts(with: mark.utf8) else { return false }
        rest = rest.dropFirst(mark.utf8.count)
        return true
    }

    mutating func number(_ digits: Int, from least: Int64 = 0, to most: Int64 = .max) -> Int64? {
        let front = rest.prefix(digits)
        guard front.count == digits, front.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            return nil
        }
        rest = rest.dropFirst(digits)
        let number = front.reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        return least <= number && number <= most ? number : nil
    }

    /// The decimals of a second; 0 when there are none, `nil` when there are too many or none behind the point.
    mutating func milliseconds() -> Int64? {
        guard pass(".") else { return 0 }
        let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard 1...9 ~= digits.count else { return nil }
        rest = rest.dropFirst(digits.count)
        let padded = Array(digits.prefix(3)) + Array(repeating: UInt8(ascii: "0"), count: max(0, 3 - digits.count))
        return padded.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }
}
