import Dispatch
import KizunaWeb
import Synchronization
import Testing

@testable import KizunaCommands

/// The log of a running switch.
@Suite struct LogWriterTests {
    private final class Sink: Sendable {
        private let bytes = Mutex<[UInt8]>([])
        func take(_ more: [UInt8]) { bytes.withLock { $0 += more } }
        var lines: [JSON] {
            get throws {
                try bytes.withLock { $0 }.split(separator: UInt8(ascii: "\n")).map { try JSON.parse(Array($0)) }
            }
        }
    }

    @Test func writesWhatIsOfItsLevelInOrder() throws {
        let sink = Sink()
        let writer = LogWriter(atLeast: .warning, write: sink.take)
        for (number, level) in [LogLine.Level.info, .notice, .warning, .error, .warning].enumerated() {
            writer.note(LogLine(level, "event-\(number)", saying: "line\nfeed"))
        }
        writer.flush()
        let lines = try sink.lines
        #expect(lines.map { $0.text(at: "event") } == ["event-2", "event-3", "event-4"])
        #expect(lines.map { $0.text(at: "level") } == ["warning", "error", "warning"])
        #expect(lines[0].text(at: "message") == "line\nfeed" && lines[0].text(at: "time")?.hasSuffix("Z") == true)
    }

    @Test func aReaderThatStallsHoldsUpNobodyAndHearsHowMuchItMissed() throws {
        let sink = Sink()
        let gate = Mutex<Void>(())
        let writer = LogWriter(atLeast: .info) { bytes in
            gate.withLock { _ in }
            sink.take(bytes)
        }
        let text = String(repeating: "x", count: 100_000)
        gate.withLock { _ in
            for _ in 0..<100 { writer.note(LogLine(.info, "long", saying: text)) }
        }
        writer.flush()
        writer.note(LogLine(.info, "last", []))
        writer.flush()
        let lines = try sink.lines
        let dropped = lines.first { $0.text(at: "event") == "log-dropped" }?["count"]
        guard case .number(let count)? = dropped else { throw CancellationError() }
        #expect(lines.count { $0.text(at: "event") == "long" } + (try #require(Int(count))) == 100)
        #expect(lines.last?.text(at: "event") == "last")
    }

    @Test func aReaderThatNeverReadsKeepsNobodyFromEnding() {
        let gate = DispatchSemaphore(value: 0)
        let isWritten = Mutex(false)
        let writer = LogWriter(atLeast: .info) { _ in
            gate.wait()
            isWritten.withLock { $0 = true }
        }
        writer.note(LogLine(.info, "last", []))
        writer.flush(atMost: .milliseconds(20))
        #expect(isWritten.withLock { !$0 }, "It has waited for the reader")
        gate.signal()
        writer.flush()
        #expect(isWritten.withLock { $0 })
    }
}
