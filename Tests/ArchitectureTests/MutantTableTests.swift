import Foundation
import Testing

/// The table of planted bugs still fits the sources, and nothing of it is in them.
@Suite struct MutantTableTests {
    private struct Mutant {
        let heading: String
        var file = ""
        var original = ""
        var replacement = ""
    }

    private static let table: [Mutant] = {
        let url = SourceTree.package.appending(path: "Mutants/table.txt")
        let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").reduce(into: []) { mutants, line in
            if line.hasPrefix("# ") {
                mutants.append(Mutant(heading: String(line.dropFirst(2))))
            } else if !mutants.isEmpty {
                if line.hasPrefix("Sources/") { mutants[mutants.count - 1].file = String(line) }
                if line.hasPrefix("- ") || line.hasPrefix("< ") {
                    mutants[mutants.count - 1].original = String(line.dropFirst(2))
                }
                if line.hasPrefix("+ ") || line.hasPrefix("> ") {
                    mutants[mutants.count - 1].replacement = String(line.dropFirst(2))
                }
            }
        }
    }()

    @Test func hasAHundredBugsInTheOrderOfTheirNumbers() {
        let numbers = Self.table.map { Int($0.heading.prefix { $0 != " " }) }
        #expect(numbers.count >= 100)
        #expect(numbers == Array(1...max(1, numbers.count)))
    }

    @Test func findsEverySnippetOnce() throws {
        let texts = try Self.sources()
        for mutant in Self.table {
            let found = texts[mutant.file].map { $0.components(separatedBy: mutant.original).count - 1 } ?? 0
            #expect(found == 1, "Mutants/table.txt, \(mutant.heading): \(found) such snippets in \(mutant.file)")
            #expect(mutant.replacement != mutant.original && !mutant.original.isEmpty)
        }
    }

    @Test func leavesNoTraceInTheSources() throws {
        for (path, text) in try Self.sources() {
            #expect(!text.contains("KIZUNA_MUTANT") && !text.contains("mutant("), "\(path)")
        }
    }

    /// The texts of the Swift sources, by path.
    private static func sources() throws -> [String: String] {
        let folder = SourceTree.package.appending(path: "Sources")
        var texts: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where path.hasSuffix(".swift") {
            texts["Sources/" + path] = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        }
        return texts
    }
}
