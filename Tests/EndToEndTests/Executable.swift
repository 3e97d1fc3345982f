import Foundation
import KizunaWeb
import Testing

/// The command `kizuna` as it was built beside the tests, or the one that `KIZUNA_EXECUTABLE` names.
enum Executable {
    static let url: URL = {
        if let path = ProcessInfo.processInfo.environment["KIZUNA_EXECUTABLE"] { return URL(filePath: path) }
        let build =
            Bundle.allBundles.map(\.bundleURL) + [
                Bundle.main.bundleURL, URL(fileURLWithPath: CommandLine.arguments[0]),
            ]
        let folders = build.flatMap { [$0, $0.deletingLastPathComponent()] }
        let candidates = folders.map { $0.appendingPathComponent("kizuna") }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath }
            ?? URL(fileURLWithPath: ".build/debug/kizuna")
    }()

    /// The command of the release before, where somebody names one: then switches of both serve on one database.
    static let previous = ProcessInfo.processInfo.environment["KIZUNA_PREVIOUS_EXECUTABLE"].map { URL(filePath: $0) }

    /// Runs a command to its end.
    static func run(_ arguments: [String]) throws -> (status: Int32, output: String, complaint: String) {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        let (output, complaint) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = complaint
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let words = String(decoding: complaint.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text, words)
    }

    /// Runs a command whose answer is one JSON object.
    static func json(_ arguments: String...) throws -> JSON {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return try JSON.parse(bytes)
    }
}

extension Process {
    /// `kill -9`, unless it has ended or was never started.
    func killIfRunning() {
        guard isRunning else { return }
        kill(processIdentifier, SIGKILL)
        waitUntilExit()
    }
}

/// A `kizuna serve` in a process of its own, which can be killed.
final class ServeProcess {
    private let process = Process()
    private let output = Pipe()
    /// The address from the line that it prints when it is ready.
    let baseURL: String

    /// - Parameters:
    ///   - database: what follows `--database`.
    ///   - listen: `HOST:PORT`.
    ///   - config: the path of a configuration.
    ///   - flags: what else is said.
    ///   - executable: the command; the one that is tested unless told.
    init(
        database: String,
        listen: String,
        config: String? = nil,
        flags: [String] = [],
        executable: URL = Executable.url
    ) throws {
        process.executableURL = executable
        process.arguments =
            [
                "serve", "--database", database, "--listen", listen, "--allow-addresses", "127.0.0.0/8",
                "--allow-http",
            ] + (config.map { ["--config", $0] } ?? []) + flags
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            line.append(byte)
        }
        let text = String(decoding: line, as: UTF8.self)
        guard text.hasPrefix("listening on ") else { throw NotReady(line: text) }
        baseURL = String(text.dropFirst("listening on ".count))
    }

    /// A test that fails in between leaves no switch behind.
    deinit { process.killIfRunning() }

    var processIdentifier: Int32 { process.processIdentifier }

    struct NotReady: Error {
        let line: String
    }

    /// `kill -9`: no chance to say good-bye.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// SIGTERM: finishes what was accepted.
    ///
    /// - Returns: the exit status.
    func terminate() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
