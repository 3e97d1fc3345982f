import Foundation
import Testing

@testable import KizunaGuides

/// The documents in the program, and how Markdown becomes HTML.
@Suite struct GuideTests {
    private static let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../docs").standardizedFileURL

    private func html(_ markdown: String) -> String {
        GuideText("a/b.md", for: .joining, Array(markdown.utf8)).html { "/to/\($0)" }.html
    }

    @Test func everyGuideIsTheFileAsItIs() throws {
        #expect(Guides.all.count(where: { $0.audience == .joining }) > 8)
        #expect(Guides.all.contains { $0.path == "integrate/issuer.md" })
        for (path, bytes) in Guides.files {
            #expect(try Data(contentsOf: Self.docs.appending(path: path)) == Data(bytes), "\(path)")
        }
        for guide in Guides.all {
            let text = try String(contentsOf: Self.docs.appending(path: guide.path), encoding: .utf8)
            let page = guide.html { $0 }
            #expect(text.hasPrefix("# \(page.title)\n"), "\(guide.path)")
            #expect(page.sections.count == text.matches(of: #/(?m)^## /#).count, "\(guide.path)")
        }
    }

    /// Whoever joins finds on the pages themselves all that they lead to.
    @Test func noPageForThoseWhoJoinLeadsNowhere() {
        let known = Set(Guides.all.map(\.path) + Guides.files.map(\.path))
        for guide in Guides.all where guide.path.hasPrefix("integrate/") {
            _ = guide.html { path in
                #expect(known.contains(path) || path == "integrate/client", "\(guide.path) leads to \(path)")
                return path
            }
        }
    }

    @Test(arguments: [
        ("# One `two` *three*", "<h1 id=\"one-two-three\">One <code>two</code> <em>three</em></h1>\n"),
        ("## A, b & c!", "<h2 id=\"a-b--c\">A, b &amp; c!</h2>\n"),
        ("## X\n\n## X", "<h2 id=\"x\">X</h2>\n<h2 id=\"x-1\">X</h2>\n"),
        ("a **b**\nc", "<p>a <strong>b</strong>\nc</p>\n"), ("- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n4. b", "<ol start=\"3\"><li>a</li>\n<li>b</li>\n</ol>\n"),
        ("> a", "<blockquote><p>a</p>\n</blockquote>\n"),
        ("```sh\na <b> \"c\"\n```", "<pre tabindex=\"0\"><code>a &lt;b&gt; &quot;c&quot;\n</code></pre>\n"),
        ("a <script>alert(1)</script>", "<p>a &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<div onclick=\"x\">", "<p>&lt;div onclick=&quot;x&quot;&gt;</p>\n"),
        (
            "![the \"way\"](../w.svg)",
            "<p><a href=\"/to/w.svg\"><img src=\"/to/w.svg\" alt=\"the &quot;way&quot;\"></a></p>\n"
        ),
        ("[x](c.md#d)", "<p><a href=\"/to/a/c.md#d\">x</a></p>\n"), ("[x](#d)", "<p><a href=\"#d\">x</a></p>\n"),
        ("[x](../../y.md)", "<p>x</p>\n"), ("&amp; &#x17db;", "<p>&amp; &#x17db;</p>\n"),
        ("[x](https://a.example)", "<p><a href=\"https://a.example\" rel=\"noreferrer\">x</a></p>\n"),
        ("[x](javascript:alert\\(1\\))", "<p><a href=\"/to/a/javascript:alert(1)\">x</a></p>\n"),
    ])
    func markdownBecomesHTML(markdown: String, html: String) { #expect(self.html(markdown) == html) }

    @Test func tablesScrollByThemselves() {
        let table = html("## Rates\n\n| a | b |\n|---|--:|\n| 1 | 2 |")
        #expect(table.contains("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Rates\"><table>"))
        #expect(table.contains("<th scope=\"col\">a</th><th scope=\"col\" class=\"number\">b</th>"))
        #expect(table.contains("<td>1</td>\n") == false && table.contains("<td>1</td><td class=\"number\">2</td>"))
    }

    @Test func whatIsNowhereIsPlainText() {
        let page = GuideText("a.md", for: .running, Array("[x](b.md) ![y](c.svg)".utf8)).html { _ in nil }
        #expect(page.html == "<p>x y</p>\n")
    }
}
