import Foundation

/// The repository's own Python, with what the tests take from PyPI.
enum Python {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    struct NotThere: Error, CustomStringConvertible {
        let description = "There is no .build/python: run scripts/python-tools, as make test does"
    }

    /// A process of a script in `Tests/Python`, not started yet.
    static func process(_ script: String, _ arguments: String...) throws -> Process {
        let python = repository.appendingPathComponent(".build/python/bin/python3")
        guard FileManager.default.isExecutableFile(atPath: python.path) else { throw NotThere() }
        let process = Process()
        process.executableURL = python
        process.arguments = [repository.appendingPathComponent("Tests/Python/\(script)").path] + arguments
        return process
    }
}
