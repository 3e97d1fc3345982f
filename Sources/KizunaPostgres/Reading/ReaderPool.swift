import Dispatch
import KizunaSwitch
import Synchronization

/// Readers that wait to be used again. A server has so many connections and no more, so where all are busy, somebody
/// waits.
final class ReaderPool: Sendable {
    /// The most that read at once.
    private static let mostReaders = 16
    /// How long one is waited for; longer would only hide that there are too few.
    private static let patience = DispatchTimeInterval.seconds(5)

    private let idle = Mutex<[Reader]>([])
    private let places = DispatchSemaphore(value: mostReaders)
    private let make: @Sendable () -> Reader

    init(making make: @escaping @Sendable () -> Reader) { self.make = make }

    /// Closes every reader that waits.
    func close() { idle.withLock { $0 = [] } }

    /// Lends a reader. One that failed is not used again.
    func read<Answer>(_ body: (any StoreReader) throws(StoreError) -> Answer) throws(StoreError) -> Answer {
        guard places.wait(timeout: .now() + ReaderPool.patience) == .success else {
            throw StoreError(.unavailable, "Too many read at once; try again later.")
        }
        defer { places.signal() }
        let reader = idle.withLock { $0.popLast() } ?? make()
        let answer = try reader.read(body)
        idle.withLock { $0.append(reader) }
        return answer
    }
}
