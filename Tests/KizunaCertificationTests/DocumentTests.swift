import Foundation
import KizunaCertification
import KizunaPayments
import Testing

/// `docs/certify.md` lists the checks that there are, and every check names a place of the contract that there is.
///
/// `KIZUNA_WRITE_DOCS=1 swift test --filter KizunaCertificationTests.DocumentTests` writes the table anew.
@Suite struct DocumentTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../..").standardizedFileURL
    private static let page = root.appending(path: "docs/certify.md")

    @Test func theTableIsThatOfTheCode() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let begin = "<!-- checks: written by DocumentTests of KizunaCertificationTests -->\n"
        let start = try #require(text.range(of: begin)?.upperBound)
        let end = try #require(text[start...].range(of: "<!-- end -->")?.lowerBound)
        let table = Self.table
        if ProcessInfo.processInfo.environment["KIZUNA_WRITE_DOCS"] == "1" {
            try (text[..<start] + table + text[end...]).write(to: Self.page, atomically: true, encoding: .utf8)
        } else {
            #expect(text[start..<end] == table, "Write it anew as the suite's comment says")
        }
    }

    /// The counts that the page names.
    @Test func theCountsAreThoseOfTheCode() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        #expect(text.contains("\(Check.all.count) checks"))
    }

    @Test(arguments: Check.Section.allCases) func everyPlaceOfTheContractIsThere(section: Check.Section) throws {
        let parts = section.rawValue.split(separator: "#")
        let text = try String(contentsOf: Self.root.appending(path: String(parts[0])), encoding: .utf8)
        let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map(Self.anchor)
        #expect(headings.contains(String(parts[1])))
        #expect(Check.all.contains { $0.section == section })
    }

    /// A heading as GitHub links to it.
    private static func anchor(_ heading: Substring) -> String {
        heading.drop { $0 == "#" || $0 == " " }.lowercased().filter { $0.isLetter || $0.isNumber || " -".contains($0) }
            .replacing(" ", with: "-")
    }

    private static var table: Substring {
        var lines: [String] = []
        for group in Check.Group.allCases {
            lines += ["### \(group.title)", "", "| Check | What is right | For |", "|---|---|---|"]
            lines += Check.all.filter { $0.group == group }.map { check in
                let advice = check.weight == .advice ? " (advice)" : ""
                return "| `\(check.id)` | \(check.title)\(advice) | \(audience(of: check)) |"
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")[...]
    }

    private static func audience(of check: Check) -> String {
        let sides = Target.Side.allCases.filter(check.sides.contains).map(\.rawValue).joined(separator: ", ")
        return switch check.link {
        case nil: sides
        case .twoPhase: "two-phase \(sides)"
        case .singlePhase: "single-phase \(sides)"
        }
    }
}
