import Foundation
import KizunaPayments
import Testing

/// The pictures in `docs/claims.md` are those of the code's own tables.
///
/// `KIZUNA_WRITE_DOCS=1 swift test --filter ClaimDocumentTests` draws them anew.
@Suite struct ClaimDocumentTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs/claims.md").standardizedFileURL

    @Test func drawsRecallsAsTheyAre() throws {
        let edges = RecallMachine.edges.map { Arrow($0.from.name, $0.to.name, words("\($0.trigger)")) }
        try check("recalls", StatePicture(beginning: Recall.State.requested.name, edges))
    }

    @Test func drawsDisputesAsTheyAre() throws {
        let edges = DisputeMachine.edges.map { edge in
            let roles = DisputeMachine.Role.allCases.filter(edge.roles.contains).map { "\($0)" }
            return Arrow(
                edge.from.name,
                edge.to.name,
                "\(words("\(edge.action)")) (\(roles.joined(separator: ", ")))"
            )
        }
        try check("disputes", StatePicture(beginning: Dispute.State.opened.name, edges))
    }

    private func check(_ name: String, _ picture: StatePicture) throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let begin = "<!-- \(name): written by ClaimDocumentTests -->\n"
        let start = try #require(text.range(of: begin)?.upperBound)
        let end = try #require(text[start...].range(of: "<!-- end -->")?.lowerBound)
        if ProcessInfo.processInfo.environment["KIZUNA_WRITE_DOCS"] == "1" {
            let drawn = text[..<start] + picture.markdown + text[end...]
            try drawn.write(to: Self.page, atomically: true, encoding: .utf8)
        } else {
            #expect(text[start..<end] == picture.markdown, "Draw it anew as the suite's comment says")
        }
    }

    /// `evidenceAsked` as `evidence asked`.
    private func words(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
    }
}

/// A way from one state to another.
private struct Arrow {
    let from: String
    let to: String
    let label: String

    init(_ from: String, _ to: String, _ label: String) {
        (self.from, self.to, self.label) = (from, to, label)
    }
}

/// States and the ways between them, drawn as Mermaid does.
private struct StatePicture {
    let beginning: String
    let arrows: [Arrow]

    init(beginning: String, _ arrows: [Arrow]) {
        (self.beginning, self.arrows) = (beginning, arrows)
    }

    var markdown: Substring {
        var lines = ["```mermaid", "stateDiagram-v2", "    [*] --> \(beginning)"]
        lines += arrows.map { "    \($0.from) --> \($0.to): \($0.label)" }
        let ends = Set(arrows.map(\.to)).filter { state in !arrows.contains { $0.from == state && $0.to != state } }
        lines += ends.sorted().map { "    \($0) --> [*]" }
        return (lines + ["```", ""]).joined(separator: "\n")[...]
    }
}
