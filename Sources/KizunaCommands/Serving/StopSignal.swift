import Dispatch
import Glibc
import Synchronization

/// SIGTERM or SIGINT, from the moment it is made: make it before the first word that says "ready".
///
/// Unchecked: the sources are made and started in the initialiser and only kept alive after it.
final class StopSignal: @unchecked Sendable {
    private let state = Mutex(State())
    private let sources: [any DispatchSourceSignal]

    private struct State {
        var hasCome = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    init() {
        let queue = DispatchQueue(label: "kizuna.signals")
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)  // The dispatch source sees it; the default would end the process first.
            return DispatchSource.makeSignalSource(signal: number, queue: queue)
        }
        for source in sources {
            source.setEventHandler { [weak self] in self?.come() }
            source.resume()
        }
    }

    /// Returns once one of the signals has come.
    func wait() async {
        await withCheckedContinuation { continuation in
            let hasCome = state.withLock { state in
                if !state.hasCome { state.waiting = continuation }
                return state.hasCome
            }
            if hasCome { continuation.resume() }
        }
    }

    private func come() {
        let waiting = state.withLock { state in
            state.hasCome = true
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }
}
