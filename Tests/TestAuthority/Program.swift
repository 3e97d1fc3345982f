import Foundation
import Glibc

/// A program that is run to its end, with files for what it reads and writes.
///
/// Not Foundation's `Process`: looking for what it has to close, it copies directory entries as if each were as long as
/// the longest, and so reads past their end; where a thousand connections are open, that may be the end of the memory.
package enum Program {
    package struct Outcome: Sendable {
        /// What it exited with; -1 where a signal ended it.
        package let status: Int32
        package let output: String
        package let complaint: String
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package static func run(_ name: String, _ arguments: [String], input: String = "") throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kizuna-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["input", "output", "complaint"].map { folder.appendingPathComponent($0) }
        try Data(input.utf8).write(to: files[0])
        let process = try start([name] + arguments, files.map(\.path))
        let status = try end(of: process)
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Outcome(status: status, output: texts[1], complaint: texts[2])
    }

    private static func start(_ words: [String], _ files: [String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, files[0], O_RDONLY, 0)
        for descriptor in [1, 2] {
            posix_spawn_file_actions_addopen(
                &actions,
                Int32(descriptor),
                files[descriptor],
                O_WRONLY | O_CREAT | O_TRUNC,
                0o600
            )
        }
        let arguments = (["env"] + words).map { strdup($0) } + [nil]
        let environment = [strdup("PATH=/usr/local/bin:/usr/bin:/bin"), nil]
        defer { for text in arguments + environment { free(text) } }
        var process = pid_t()
        let code = posix_spawn(&process, "/usr/bin/env", &actions, nil, arguments, environment)
        guard code == 0 else { throw Failure(description: "\(words[0]): \(String(cString: strerror(code)))") }
        return process
    }

    private static func end(of process: pid_t) throws -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw Failure(description: "waitpid: \(String(cString: strerror(errno)))") }
        }
        return status & 0x7f == 0 ? (status >> 8) & 0xff : -1
    }
}
