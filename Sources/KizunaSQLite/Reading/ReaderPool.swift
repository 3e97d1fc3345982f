import KizunaSwitch
import Synchronization

/// Readers that wait to be used again. Nobody waits for one: where all are busy, another is opened.
final class ReaderPool: Sendable {
    /// The most that are kept open while nobody reads.
    private static let mostIdle = 8

    private let idle = Mutex<[Reader]>([])
    private let open: @Sendable () throws(StoreError) -> Reader

    init(opening open: @escaping @Sendable () throws(StoreError) -> Reader) { self.open = open }

    /// Closes every reader that waits.
    func close() { idle.withLock { $0 = [] } }

    /// Lends a reader. One that failed is not used again.
    func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        let waiting = idle.withLock { $0.popLast() }
        let reader: Reader
        if let waiting { reader = waiting } else { reader = try open() }
        let answer = try reader.read(body)
        idle.withLock { idle in
            if idle.count < ReaderPool.mostIdle { idle.append(reader) }
        }
        return answer
    }
}
