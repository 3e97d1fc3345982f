import KizunaMoney
import KizunaPayments
import KizunaSwitch
import Testing

@testable import KizunaCommands

@Suite struct FeeFileTests {
    static let header = FeeFile.columns.joined(separator: ",")
    static let lines = [
        "issuer-fee,KH,JP,mekong-bank,USD,,,,25,0.02,2027-01-01T00:00:00.000Z",
        "merchant-discount,KH,JP,,,5811-5814,10000,JPY,120,,2027-01-01T00:00:00.000Z",
        "interchange,JP,KH,,,5812,,,none,,2027-01-01T00:00:00.000Z",
        "switch-fee,JP,KH,,KHR,,1000,KHR,0,100,2027-01-01T00:00:00.000Z",
    ]

    static func read(_ lines: [String]) throws -> [RecordFee] {
        try FeeFile.read(Array(lines.joined(separator: "\n").utf8))
    }

    static func refusal(_ lines: [String]) -> String? {
        do { _ = try read(lines) } catch let refusal as Refusal { return refusal.detail } catch { return "\(error)" }
        return nil
    }

    @Test func comesBackAsItWasWritten() throws {
        let fees = try Self.read([Self.header] + Self.lines)
        #expect(fees.map(\.line) == [2, 3, 4, 5])
        var tables = Corridor.all.map { FeeTable(corridor: $0.id) }
        for fee in fees {
            let rule = FeeRule(
                scope: fee.scope,
                terms: fee.terms,
                effectiveFrom: try #require(fee.effectiveFrom),
                recordedAt: Timestamp(milliseconds: 0)
            )
            for index in tables.indices where tables[index].corridor == fee.corridor {
                #expect(try tables[index].record(rule))
            }
        }
        let written = FeeFile.write(tables)
        #expect(written == ([Self.header] + Self.lines).map { $0 + "\n" }.joined())
        #expect(try FeeFile.read(Array(written.utf8)) == fees)
    }

    @Test func readsWhatSpreadsheetsWrite() throws {
        let text = "\u{FEFF}" + ([Self.header] + Self.lines + [""]).joined(separator: "\r\n")
        #expect(try FeeFile.read(Array(text.utf8)) == Self.read([Self.header] + Self.lines))
        let now = try Self.read([Self.header, "", "switch-fee,KH,JP,,,,,,10,,"])
        #expect(now.first?.effectiveFrom == nil)
        #expect(now.first?.line == 3)
    }

    static let refused: [(String, String)] = [
        ("switch-fee,KH,JP", "line 2: there are 3 fields where 11 belong"),
        (
            "fee,KH,JP,,,,,,1,,",
            "line 2, column 1: kind must be one of issuer-fee, merchant-discount, interchange, switch-fee"
        ),
        ("switch-fee,TH,JP,,,,,,1,,", "line 2, column 2: payer_country must be KH or JP"),
        ("switch-fee,KH,jp,,,,,,1,,", "line 2, column 3: merchant_country must be KH or JP"),
        ("switch-fee,KH,KH,,,,,,1,,", "line 2, column 3: merchant_country must be the other country"),
        ("switch-fee,KH,JP,Bank,,,,,1,,", "line 2, column 4: participant must be a participant's id or empty"),
        ("switch-fee,KH,JP,,YEN,,,,1,,", "line 2, column 5: currency must be a currency such as JPY, or empty"),
        (
            "switch-fee,KH,JP,,,5814-5811,,,1,,",
            "line 2, column 6: categories must be a category such as 5812, a range such as 5811-5814, or empty"
        ),
        (
            "switch-fee,KH,JP,,,58-12-1,,,1,,",
            "line 2, column 6: categories must be a category such as 5812, a range such as 5811-5814, or empty"
        ),
        (
            "switch-fee,KH,JP,,,812,,,1,,",
            "line 2, column 6: categories must be a category such as 5812, a range such as 5811-5814, or empty"
        ),
        ("switch-fee,KH,JP,,,,100,,1,,", "line 2, column 8: from_currency must name the currency of from"),
        ("switch-fee,KH,JP,,,,1.5,JPY,1,,", "line 2, column 7: from must be an amount of JPY above zero, or empty"),
        ("switch-fee,KH,JP,,,,0,JPY,1,,", "line 2, column 7: from must be an amount of JPY above zero, or empty"),
        ("switch-fee,KH,JP,,,,,,,,", "line 2, column 9: basis_points must be 0 to 1000, or none"),
        ("switch-fee,KH,JP,,,,,,1001,,", "line 2, column 9: basis_points must be 0 to 1000, or none"),
        ("switch-fee,KH,JP,,,,,,-1,,", "line 2, column 9: basis_points must be 0 to 1000, or none"),
        ("switch-fee,KH,JP,,JPY,,,,none,5,", "line 2, column 10: flat must be empty where basis_points is none"),
        ("switch-fee,KH,JP,,,,,,1,5,", "line 2, column 5: currency must name the currency of flat"),
        ("switch-fee,KH,JP,,KHR,,,,1,0.5,", "line 2, column 10: flat must be an amount of KHR above zero, or empty"),
        (
            "switch-fee,KH,JP,,,,,,1,,tomorrow",
            "line 2, column 11: effective_from must be a time in UTC such as 2027-01-01T00:00:00Z, or empty for now"
        ),
    ]

    @Test(arguments: refused) func saysWhereAndWhat(line: String, detail: String) {
        #expect(Self.refusal([Self.header, line]) == detail)
    }

    @Test func refusesAnotherHeaderAndTooMuch() {
        #expect(Self.refusal([]) == "line 1: the header must be \(Self.header)")
        #expect(Self.refusal(["kind"]) == "line 1: the header must be \(Self.header)")
        #expect(throws: Refusal.self) { try FeeFile.read([0xFF]) }
        let whole = Array(Self.header.utf8) + [UInt8](repeating: UInt8(ascii: "\n"), count: FeeFile.largestBytes)
        #expect(throws: Never.self) { try FeeFile.read(Array(whole.prefix(FeeFile.largestBytes))) }
        #expect(throws: Refusal(.limitExceeded, "the file has more than 1048576 bytes")) {
            try FeeFile.read(Array(whole.prefix(FeeFile.largestBytes + 1)))
        }
    }
}
