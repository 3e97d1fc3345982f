import Dispatch
import Glibc

/// Waits for SIGTERM or SIGINT, once.
enum StopSignal {
    static func wait() async {
        let queue = DispatchQueue(label: "kizuna.signals")
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)  // The dispatch source sees it; the default would end the process first.
            return DispatchSource.makeSignalSource(signal: number, queue: queue)
        }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            nonisolated(unsafe) var waiting: CheckedContinuation<Void, Never>? = continuation
            for source in sources {
                source.setEventHandler {
                    waiting?.resume()
                    waiting = nil
                }
                source.resume()
            }
        }
        for source in sources { source.cancel() }
    }
}
