import Foundation
import Testing

/// `kizuna demo` with its pages.
final class DemoProcess {
    let baseURL: String
    /// The passwords of its operators, as a JSON object.
    let passwords: String
    private let process = Process()

    /// - Parameter database: what follows `--database`; one that goes with the demo unless told.
    init(database: String? = nil) throws {
        let output = Pipe()
        process.executableURL = Executable.url
        process.arguments = ["demo", "--listen", "127.0.0.1:0"] + (database.map { ["--database", $0] } ?? [])
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
