import Foundation
import KizunaWeb
import Synchronization

/// The process that the demo's switch is in. When it is killed it is started again, on the same address.
final class DemoSwitchProcess: Sendable {
    private struct State {
        var setting: DemoSetting
        var processIdentifier: Int32?
        /// Who waits for its end.
        var waiting: CheckedContinuation<Void, Never>?
        /// Where it listens, while it does.
        var url: String?
        var isStopping = false
        var starts = 0
    }

    private let state: Mutex<State>
    private let clock: DemoClock

    /// How long callers wait for a switch that is being started again.
    private static let patience = Duration.seconds(20)

    init(_ setting: DemoSetting, clock: DemoClock) {
        state = Mutex(State(setting: setting))
        self.clock = clock
    }

    /// How often the switch has been started.
    var starts: Int { state.withLock { $0.starts } }

    /// Starts the switch and returns once it listens.
    ///
    /// - Throws: ``InputError`` where it ends before.
    func start() async throws {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [DemoSwitch.verb]
        process.standardInput = input
        process.standardOutput = output
        process.terminationHandler = { [self] process in hasEnded(process.terminationReason) }
        let setting = state.withLock { state in
            state.setting.clockAhead = clock.ahead
            return state.setting
        }
        try process.run()
        input.fileHandleForWriting.write(Data(setting.json.encoded + [UInt8(ascii: "\n")]))
        guard let url = await DemoSwitchProcess.firstLine(of: output)?.split(separator: " ").last.map(String.init),
            let listen = ListenAddress(String(url.dropFirst("http://".count)))
        else { throw InputError(description: "the switch did not start") }
        state.withLock { state in
            state.processIdentifier = process.processIdentifier
            state.url = url
            state.starts += 1
            state.setting = state.setting.again(at: listen)
        }
    }

    /// Where the switch listens; waits while it is being started again, and returns `nil` when that takes too long.
    func url() async -> String? {
        let end = ContinuousClock.now + DemoSwitchProcess.patience
        while ContinuousClock.now < end {
            let (url, isStopping) = state.withLock { ($0.url, $0.isStopping) }
            if let url { return url }
            if isStopping { return nil }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }

    /// Ends the process at once, as a power failure would.
    func kill() {
        let identifier = state.withLock { state in
            state.url = nil
            return state.processIdentifier
        }
        if let identifier { Foundation.kill(identifier, SIGKILL) }
    }

    /// Asks the switch to finish what it has taken, and waits until it has.
    func stop() async {
        await withCheckedContinuation { continuation in
            let identifier = state.withLock { state in
                state.isStopping = true
                if state.processIdentifier != nil { state.waiting = continuation }
                return state.processIdentifier
            }
            if let identifier {
                Foundation.kill(identifier, SIGTERM)
            } else {
                continuation.resume()
            }
        }
    }

    /// Starts the switch again where it was killed.
    private func hasEnded(_ reason: Process.TerminationReason) {
        let (waiting, mayStart) = state.withLock { state in
            defer { state.waiting = nil }
            (state.url, state.processIdentifier) = (nil, nil)
            return (state.waiting, reason == .uncaughtSignal && !state.isStopping)
        }
        waiting?.resume()
        if mayStart { Task { try await start() } }
    }

    private static func firstLine(of output: Pipe) async -> String? {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var line: [UInt8] = []
                while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n")
                {
                    line.append(byte)
                }
                continuation.resume(returning: line.isEmpty ? nil : String(decoding: line, as: UTF8.self))
            }
        }
    }
}

extension DemoSetting {
    /// The same for a switch that has been there before.
    fileprivate func again(at listen: ListenAddress) -> DemoSetting {
        DemoSetting(database: database, listen: listen, master: master, people: people, desk: desk)
    }
}
