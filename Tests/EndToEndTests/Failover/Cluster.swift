import Foundation

/// Two database servers under Patroni, with HAProxy before them and before two switches: `scripts/cluster`, which ends when
/// this process does, however it ends.
final class Cluster {
    /// What follows `--database`.
    let database: String
    /// Where banks reach whichever switch is ready.
    let front: String
    /// Where the two switches are to listen.
    let switches: [String]
    private let process = Process()
    private let input = Pipe()
    private let lines: Lines

    struct NotThere: Error {
        let line: String
    }

    init() throws {
        let output = Pipe()
        process.executableURL = URL(filePath: "scripts/cluster")
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        lines = Lines(of: output.fileHandleForReading)
        let words = try lines.next().split(separator: " ").map(String.init)
        guard words.count == 5, words[0] == "ready" else { throw NotThere(line: words.joined(separator: " ")) }
        (database, front, switches) = (words[1], words[2], Array(words[3...]))
    }

    /// Ends every server, and waits until they have.
    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    var isInSync: Bool { get throws { try ask("in-sync") == "yes" } }
    var hasPrimary: Bool { get throws { try ask("primary") != "none" } }

    /// - Returns: which server it was.
    func killPrimary() throws -> String { try ask("kill primary") }

    func start(_ server: String) throws { _ = try ask("start \(server)") }

    private func ask(_ order: String) throws -> String {
        try input.fileHandleForWriting.write(contentsOf: Data("\(order)\n".utf8))
        return try lines.next()
    }

    /// The lines that the script prints.
    private final class Lines {
        private let handle: FileHandle
        private var rest = Data()

        init(of handle: FileHandle) { self.handle = handle }

        func next() throws -> String {
            while true {
                if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    defer { rest = Data(rest[rest.index(after: end)...]) }
                    return String(decoding: rest[..<end], as: UTF8.self)
                }
                let more = handle.availableData
                guard !more.isEmpty else { throw NotThere(line: "scripts/cluster has ended") }
                rest.append(more)
            }
        }
    }
}
