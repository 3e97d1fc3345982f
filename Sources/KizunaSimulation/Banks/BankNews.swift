import KizunaWeb
import Synchronization

/// Who wants to hear what the switch tells a simulated bank, such as the pages that show it.
final class BankNews: Sendable {
    typealias Listener = @Sendable (_ path: String, _ body: JSON) -> Void

    private let listeners = Mutex<[Listener]>([])

    func add(_ listener: @escaping Listener) { listeners.withLock { $0.append(listener) } }

    func tell(_ path: String, _ body: JSON) {
        for listener in listeners.withLock({ $0 }) { listener(path, body) }
    }
}
