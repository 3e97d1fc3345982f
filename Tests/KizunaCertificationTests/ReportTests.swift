import Foundation
import KizunaCertification
import KizunaCrypto
import KizunaWeb
import Testing

@testable import KizunaCommands

/// The report for people and the report for programs.
@Suite struct ReportTests {
    private static let hostile = "<script>alert('\u{202E}')</script>\"&"

    /// A bank that answers a name with markup, and refuses one message.
    private static func report() async throws -> Report {
        let checks = Check.all.filter { ["reach.answers", "http.get", "name.html", "credit.zero"].contains($0.id) }
        return try await certify(.acquirer, checks: checks) { request, bank in
            guard request.method == "POST" else { return HTTPResponse(status: 200, body: Array(hostile.utf8)) }
            return await bank.signed.respond(to: request)
        }
    }

    @Test func thePageNeedsNothingAndRunsNothing() async throws {
        let report = try await Self.report()
        let html = ReportPage(report, digester: OpenSSLDigester()).html
        #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("\u{202E}"))
        #expect(html.contains("&lt;script&gt;alert(&#39;U+202e&#39;)&lt;/script&gt;&quot;&amp;"))
        #expect(!html.contains("<link") && !html.contains("url(") && !html.contains("@import"))
        let style = try #require(html.split(separator: "<style>").last?.split(separator: "</style>").first)
        let hash = Data(OpenSSLDigester().sha256(Array(style.utf8))).base64EncodedString()
        #expect(html.contains("content=\"default-src 'none'; style-src 'sha256-\(hash)'; "))
        #expect(!html.contains(" style=") && !html.contains(" onclick"))
    }

    @Test func thePageSaysWhatToMendFirst() async throws {
        let html = ReportPage(try await Self.report(), digester: OpenSSLDigester()).html
        #expect(html.contains("Not certified yet"))
        let mend = try #require(html.range(of: "What to mend"))
        let first = try #require(html.range(of: "<a href=\"#acquirer-http.get\">GET is refused with 4xx, or 501</a>"))
        #expect(mend.upperBound < first.lowerBound)
        #expect(html.contains("<details id=\"acquirer-http.get\" class=\"failed\" open>"))
        #expect(html.contains("<details id=\"acquirer-name.html\" class=\"passed\">"))
        #expect(html.contains("webhook-signature: v1,"))
    }

    @Test func programsFindEverything() async throws {
        let report = try await Self.report()
        let json = try JSON.parse(report.json.encoded)
        #expect(json["certified"] == false && json["counts"]?["failed"] == 1 && json["counts"]?["passed"] == 3)
        guard case .array(let checks)? = json["checks"] else { throw Missing() }
        #expect(checks.map { $0.text(at: "id") } == ["reach.answers", "http.get", "credit.zero", "name.html"])
        let failed = try #require(checks.first { $0.text(at: "outcome") == "failed" })
        #expect(failed.text(at: "found")?.hasPrefix("It answered 200 <script>") == true)
        #expect(failed.text(at: "contract") == Check.Section.server.rawValue)
        guard case .array(let exchanges)? = failed["exchanges"] else { throw Missing() }
        #expect(exchanges.first?.text(at: "request") == "GET /credit-requests")
        #expect(exchanges.first?["answer"]?["status"] == 200)
    }

    /// A server that answers with more than a report can hold is quoted, not copied.
    @Test func longBodiesAreCutShort() async throws {
        let checks = Check.all.filter { $0.id == "reach.small-answers" }
        let report = try await certify(.issuer, checks: checks) { _, _ in
            HTTPResponse(status: 200, body: [UInt8](repeating: UInt8(ascii: "x"), count: 100_000))
        }
        let exchange = try #require(report.results.first?.exchanges.first)
        #expect(exchange.came.hasSuffix("… (100000 bytes)") && exchange.came.utf8.count < 2_100)
    }

    private struct Missing: Error {}
}
