import KizunaMoney
import Testing

@testable import KizunaWeb

@Suite struct TextTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_735_689_599_999, "2024-12-31T23:59:59.999Z"), (1_795_453_460_125, "2026-11-23T17:04:20.125Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)]
    )
    func writesAndReadsMoments(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).rfc3339 == text)
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test func everyDayOfFourCenturiesIsItself() {
        for day in Int64(0)..<146_097 {
            let date = CalendarDate(daysSince1970: day)
            #expect(date.daysSince1970 == day)
            #expect(date.day <= CalendarDate.days(in: date.month, of: date.year))
        }
    }

    @Test(
        arguments: [
            ("2026-11-23T17:04:20Z", 1_795_453_460_000), ("2026-11-23T17:04:20.1Z", 1_795_453_460_100),
            ("2026-11-23T17:04:20.123456789Z", 1_795_453_460_123), ("2026-11-23T17:04:20+00:00", 1_795_453_460_000),
        ] as [(String, Int64)]
    )
    func readsOtherSpellings(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23 17:04:20Z", "2026-11-23T17:04:20", "2026-11-23T17:04Z", "2026-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-11-31T00:00:00Z",
        "2026-11-23T24:00:00Z", "2026-11-23T17:60:00Z", "2026-11-23T17:04:60Z", "2026-11-23T17:04:20.Z",
        "2026-11-23T17:04:20.1234567890Z", "2026-11-23T17:04:20+07:00", "2026-11-23T17:04:20Zx", "1969-12-31T23:59:59Z",
        "２026-11-23T17:04:20Z", "-026-11-23T17:04:20Z",
    ])
    func refusesWhatIsNoMoment(text: String) { #expect(Timestamp(rfc3339: text) == nil) }

    @Test(
        arguments: [
            ("quoteID", "quoteId"), ("qouteId", "quoteId"), ("UETR", "uetr"), ("utr", "uetr"), ("amount", nil),
            ("", nil),
            ("x", nil),
        ] as [(String, String?)]
    )
    func findsWhatWasMeant(name: String, meant: String?) {
        #expect(NearestName.of(name, among: ["quoteId", "uetr", "payer"]) == meant)
    }
}
