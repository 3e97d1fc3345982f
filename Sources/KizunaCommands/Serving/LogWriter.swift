import Dispatch
import Foundation
import KizunaSwitch
import KizunaWeb
import Synchronization

/// Writes the log as lines of JSON to standard error, behind the back of those who note: a reader that stalls holds up
/// nobody. What does not fit into memory meanwhile is counted, and the count is told when there is room again.
final class LogWriter: EventLog {
    private struct Waiting {
        var bytes: [UInt8] = []
        var dropped = 0
        var isBeingWritten = false
    }

    /// Some ten thousand lines.
    private static let mostBytes = 2 * 1024 * 1024

    private let least: LogLine.Level
    private let clock: any KizunaSwitch.Clock
    private let write: @Sendable ([UInt8]) -> Void
    private let queue = DispatchQueue(label: "kizuna.log")
    private let waiting = Mutex(Waiting())

    /// - Parameters:
    ///   - least: what is of no lower level is written.
    ///   - write: takes whole lines, one call after the other.
    init(
        atLeast least: LogLine.Level,
        clock: any KizunaSwitch.Clock = SystemClock(),
        write: @escaping @Sendable ([UInt8]) -> Void = LogWriter.toStandardError
    ) {
        self.least = least
        self.clock = clock
        self.write = write
    }

    func note(_ line: LogLine) {
        guard line.level >= least else { return }
        let bytes = line.json(at: clock.now()).encoded + [UInt8(ascii: "\n")]
        let isIdle = waiting.withLock { waiting in
            guard waiting.bytes.count + bytes.count <= LogWriter.mostBytes else {
                waiting.dropped += 1
                return false
            }
            waiting.bytes += bytes
            defer { waiting.isBeingWritten = true }
            return !waiting.isBeingWritten
        }
        if isIdle { queue.async { self.writeAll() } }
    }

    /// Returns when everything noted so far is written, or when that has taken so long: a reader that stalls does not
    /// keep the switch from ending either.
    func flush(atMost limit: DispatchTimeInterval = .seconds(5)) {
        let written = DispatchSemaphore(value: 0)
        queue.async {
            self.writeAll()
            written.signal()
        }
        _ = written.wait(timeout: .now() + limit)
    }

    private func writeAll() {
        while let bytes = next() { write(bytes) }
    }

    private func next() -> [UInt8]? {
        let now = clock.now()
        return waiting.withLock { waiting in
            if waiting.dropped > 0 {
                let count = JSON.Member(name: "count", value: JSON(waiting.dropped))
                waiting.bytes += LogLine(.warning, "log-dropped", [count]).json(at: now).encoded + [UInt8(ascii: "\n")]
                waiting.dropped = 0
            }
            guard !waiting.bytes.isEmpty else {
                waiting.isBeingWritten = false
                return nil
            }
            defer { waiting.bytes = [] }
            return waiting.bytes
        }
    }

    static let toStandardError: @Sendable ([UInt8]) -> Void = { bytes in
        // Whoever has closed the log does not want it.
        try? FileHandle.standardError.write(contentsOf: Data(bytes))
    }
}

/// `--log LEVEL`.
enum LogFlag {
    static let flag = Flag("--log", "LEVEL", help: "error, warning, notice (standard), or info with every request")

    static func writer(_ arguments: Arguments) throws(UsageError) -> LogWriter {
        guard let text = arguments[flag] else { return LogWriter(atLeast: .notice) }
        guard let level = LogLine.Level(rawValue: text) else {
            throw arguments.error("--log takes error, warning, notice or info, not \(text)")
        }
        return LogWriter(atLeast: level)
    }
}
