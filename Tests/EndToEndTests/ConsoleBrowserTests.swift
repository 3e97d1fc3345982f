import Foundation
import KizunaWeb
import Testing

/// The operators' console of a real demo in a real browser, in three languages.
@Suite struct ConsoleBrowserTests {
    /// Where pictures of all pages go, where somebody wants them.
    private static let pictures = ProcessInfo.processInfo.environment["KIZUNA_PAGE_PICTURES"]

    @Test func twoOperatorsFindExplainAndResolveExceptions() throws {
        let demo = try DemoProcess()
        let seen = try PythonScript.run("console_pages", [demo.baseURL, demo.passwords, Self.pictures ?? "-"])
        #expect(demo.terminate() == 0)
        #expect(seen["complaints"] == .array([]), "\(seen)")
        #expect(seen["findings"] == .array([]), "\(seen)")
        #expect(seen["pages"] != nil, "\(seen)")
    }
}
