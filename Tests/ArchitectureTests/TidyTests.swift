import Foundation
import Testing

/// The rules, held against the package as it is.
@Suite struct TidyTests {
    private static let tree = Result { try SourceTree(root: SourceTree.package) }

    @Test(arguments: Rule.all) func holds(rule: Rule) throws {
        for finding in rule.check(try TidyTests.tree.get()) {
            let place = SourceLocation(
                fileID: "kizuna/\(finding.path)",
                filePath: SourceTree.package.appending(path: finding.path).path,
                line: finding.line,
                column: 1
            )
            Issue.record("\(finding)", sourceLocation: place)
        }
    }

    /// What is let pass is still there to be let pass.
    @Test func everyComparisonThatMayBeSeenIsMade() throws {
        let files = try TidyTests.tree.get().sources
        #expect(files.contains { $0.path == Rule.constantTime })
        for (path, names) in Rule.publicComparisons {
            let file = try #require(files.first { $0.path == path }, "\(path)")
            #expect(Set(Rule.comparedSecrets(in: file).map(\.name)) == names, "\(path)")
        }
    }

    /// A rule that looks at nothing finds nothing: the tree must be the real one.
    @Test func readsThePackage() throws {
        let tree = try TidyTests.tree.get()
        #expect(tree.modules.contains("KizunaMoney"))
        #expect(tree.modules.contains("kizuna"))
        #expect(tree.foreignModules.contains("CSQLite"))
        #expect(tree.manifest?.tokens.isEmpty == false)
        #expect(tree.sources.contains { $0.path == "Sources/KizunaMoney/Rate.swift" && $0.lineCount > 50 })
        #expect(tree.swiftFiles.contains { $0.path.hasSuffix("TidyTests.swift") })
    }
}
