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

/// `kizuna demo` with its pages.
private final class DemoProcess {
    let baseURL: String
    /// The passwords of its operators, as a JSON object.
    let passwords: String
    private let process = Process()

    init() throws {
        let output = Pipe()
        process.executableURL = Executable.url
        process.arguments = ["demo", "--listen", "127.0.0.1:0"]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var text = ""
        while !text.contains("Ctrl-C stops."), let part = try output.fileHandleForReading.read(upToCount: 1) {
            text += String(decoding: part, as: UTF8.self)
        }
        let console = try #require(text.firstMatch(of: /Console +(http:\/\/[0-9.:]+)\/console/))
        baseURL = String(console.1)
        let people = text.matches(of: #/    ([a-z]+) +([a-z0-9-]{24}) /#)
        passwords = "{" + people.map { "\"\($0.1)\": \"\($0.2)\"" }.joined(separator: ", ") + "}"
    }

    deinit { process.killIfRunning() }

    func terminate() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
